import { type Context, logDecision } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Incident } from '../incident.ts';
import type { Notification, NotificationKind } from '../notification.ts';
import { contactFor, contactWith, openChannels, recipientKey, recipientOf, takes } from '../people.ts';
import type { ChannelRule } from '../rules.ts';
import { isDigested, plan, type Timing } from './timing.ts';

/** A mail is tried until it is accepted or this old. */
export const expiryMs = 3 * 24 * 3_600_000;

/** How the reason of a reporter's receipt begins. */
export const receiptPrefix = 'reported-by-';

export interface Tell {
  readonly kind: NotificationKind;
  /** Part of the key: what was decided, such as `level-1`; the same decision never adds a second entry. */
  readonly reason: string;
  /** Part of the key: which repetition of the reason. */
  readonly repetition?: number;
  readonly facts?: Notification['facts'];
  /** Incidents that it tells about besides. */
  readonly also?: readonly string[];
  /** One person waits for it: it travels at once and alone. */
  readonly personal?: true;
}

/** Adds one outbox entry for each channel of each contact; gives the contacts that have one. */
export function tell(draft: Draft, context: Context, incident: Incident, contacts: readonly string[], what: Tell): string[] {
  const prefix = `${incident.id}/e${incident.episode}/${what.reason}/r${what.repetition ?? 0}`;
  return contacts.filter((id) => addFor(draft, context, id, prefix, incident, what));
}

/** Tells about incidentd itself, where no incident is concerned. `key` makes the decision recognizable. */
export function tellAboutSelf(draft: Draft, context: Context, contacts: readonly string[], key: string, what: Tell): string[] {
  return contacts.filter((id) => addFor(draft, context, id, `incidentd/${key}`, null, what));
}

/**
 * Everybody who has been told of an incident, or of one merged into it, so far and in order; not those who only reported
 * it, for they get the number and the end. Whoever is no longer configured under the old name is found by the address.
 */
export function toldSoFar(draft: Draft, context: Context, id: string): string[] {
  const ids = [id, ...(draft.incidents.get(id)?.mergedFrom ?? [])];
  const entries = ids.flatMap((one) => draft.outbox.group(one)).filter((entry) => !isReceipt(entry));
  return [...new Set(entries.map((entry) => personTold(entry, context)))];
}

/** The answer to a reporter, with the number. */
function isReceipt({ kind, reason }: Notification): boolean {
  return kind === 'report-joined' || (kind === 'reported' && reason.startsWith(receiptPrefix));
}

function personTold({ to, address }: Notification, { rules }: Context): string {
  return contactFor(to, rules) === undefined ? (contactWith(address, rules) ?? to) : to;
}

function addFor(draft: Draft, context: Context, id: string, prefix: string, incident: Incident | null, what: Tell): boolean {
  const contact = contactFor(id, context.rules);
  if (contact === undefined) return false;
  const open = openChannels(contact, draft.refused.current, context.at);
  const channels = open.filter((channel) => takes(channel, incident?.priority ?? null, what.kind));
  for (const channel of channels) add(draft, context, id, channel, prefix, incident, what);
  return channels.length > 0;
}

function add(
  draft: Draft,
  context: Context,
  to: string,
  channel: ChannelRule,
  prefix: string,
  incident: Incident | null,
  what: Tell,
): void {
  const key = `${prefix}/${to}/${channel.id}`;
  if (draft.outbox.has(key)) return;
  const earlier = incident === null ? undefined : toldInStep(draft, context, incident, to, channel, prefix, what);
  if (earlier !== undefined) {
    if (!isReceipt(earlier) || isDigested(incident?.priority ?? null)) return;
    draft.outbox.set(earlier.key, { ...earlier, state: 'folded', foldedInto: key, collect: null });
  }
  const timing = timingOf(draft, context, recipientKey(to, channel.id), incident, what);
  draft.outbox.set(key, {
    key,
    incidents: incident === null ? [] : [incident.id, ...(what.also ?? [])],
    kind: what.kind,
    reason: what.reason,
    to,
    channel: channel.id,
    address: channel.address,
    priority: incident?.priority ?? null,
    facts: { ...what.facts, ...(timing.notBefore > context.at ? { due: timing.notBefore } : {}) },
    at: context.at,
    expiresAt: timing.notBefore + expiryMs,
    ...timing,
    state: 'queued',
    attempts: 0,
    doubtful: 0,
    foldedInto: null,
    sentAt: null,
    response: null,
  });
  logDecision(context, 'notification queued', { key, kind: what.kind, reason: what.reason, collect: timing.collect });
}

function timingOf(draft: Draft, context: Context, recipient: string, incident: Incident | null, what: Tell): Timing {
  if (incident === null) return { notBefore: context.at, collect: null };
  return plan(draft, context, { recipient, kind: what.kind, incident, personal: what.personal === true });
}

/** Kinds of which one is enough in one step: each says how it stands and asks for somebody. */
const calling: ReadonlySet<NotificationKind> = new Set([
  'opened',
  'reported',
  'escalated',
  'reminder',
  'raised',
  'reopened',
  'released',
  'acknowledgement-ended',
]);

/** What told the same person on the same channel, or the same address, the same in this very step, or called it about the incident. */
function toldInStep(
  draft: Draft,
  { at }: Context,
  incident: Incident,
  to: string,
  { id, kind, address }: ChannelRule,
  prefix: string,
  what: Tell,
): Notification | undefined {
  const recipient = recipientKey(to, id);
  const wanted = address.toLowerCase();
  return draft.outbox.group(incident.id).find((entry) => {
    const isSame = recipientOf(entry) === recipient || (kind === 'email' && entry.address.toLowerCase() === wanted);
    if (entry.at !== at || !isSame || entry.state !== 'queued') return false;
    return entry.key.startsWith(`${prefix}/`) || (calling.has(entry.kind) && calling.has(what.kind));
  });
}
