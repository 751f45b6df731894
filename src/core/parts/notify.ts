import { nextWithin } from '../calendar/hours.ts';
import { type Context, logDecision } from '../context.ts';
import type { Draft } from '../draft.ts';
import { openChannels, recipientKey } from '../people.ts';
import type { Incident, Notification, NotificationKind } from '../record.ts';
import type { ChannelRule, ContactRule, Priority } from '../rules.ts';

/** A mail is tried until it is accepted or this old. */
export const expiryMs = 3 * 24 * 3_600_000;

const hourMs = 3_600_000;
/** Mails per recipient and hour of the capped classes: reminders and everything on P3–P5. */
const hourlyCap = 12;

export interface Tell {
  readonly kind: NotificationKind;
  /** Part of the key: what was decided, such as `level-1`; the same decision never adds a second entry. */
  readonly reason: string;
  /** Part of the key: which repetition of the reason. */
  readonly repetition?: number;
  readonly facts?: Notification['facts'];
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

/** Everybody who has been told of an incident, or of one merged into it, so far and in order. */
export function toldSoFar(draft: Draft, id: string): string[] {
  const ids = [id, ...(draft.incidents.get(id)?.mergedFrom ?? [])];
  const entries = draft.outbox.values().filter((entry) => entry.incidents.some((one) => ids.includes(one)));
  return [...new Set(entries.map((entry) => entry.to))];
}

function addFor(draft: Draft, context: Context, id: string, prefix: string, incident: Incident | null, what: Tell): boolean {
  const contact = context.rules.contacts[id];
  if (contact === undefined) return false;
  const channels = openChannels(contact, draft.refused.current, context.at);
  for (const channel of channels) add(draft, context, contact, channel, prefix, incident, what);
  return channels.length > 0;
}

function add(
  draft: Draft,
  context: Context,
  contact: ContactRule,
  channel: ChannelRule,
  prefix: string,
  incident: Incident | null,
  what: Tell,
): void {
  const key = `${prefix}/${contact.id}/${channel.id}`;
  if (draft.outbox.has(key)) return;
  const timing = plan(draft, context, recipientKey(contact.id, channel.id), incident, what);
  draft.outbox.set(key, {
    key,
    incidents: incident === null ? [] : [incident.id],
    kind: what.kind,
    reason: what.reason,
    to: contact.id,
    channel: channel.id,
    address: channel.address,
    priority: incident?.priority ?? null,
    facts: what.facts ?? {},
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

type Timing = Pick<Notification, 'notBefore' | 'collect'>;

/** When an entry may leave, and what it waits for (CONTRACT 7, storms; 3.4, digests). */
function plan(draft: Draft, context: Context, recipient: string, incident: Incident | null, what: Tell): Timing {
  const { at } = context;
  const now: Timing = { notBefore: at, collect: null };
  if (incident === null) return now;
  const first = firstHeard.has(what.kind) && !hasHeard(draft, recipient, incident.id);
  if (isDigested(incident.priority) && firstHeard.has(what.kind)) return { notBefore: digestAt(context), collect: 'digest' };
  if (first) {
    const opening = planOpening(draft, context, recipient, incident.priority);
    if (opening.collect !== null || isUrgent(incident.priority)) return opening;
  }
  return isCapped(what.kind, incident.priority) ? pace(draft, at, recipient) : now;
}

const firstHeard: ReadonlySet<NotificationKind> = new Set(['opened', 'escalated', 'reported']);

/** P4 and P5 travel as a digest in office hours. */
function isDigested(priority: Priority): boolean {
  return priority === 'P4' || priority === 'P5';
}

function isUrgent(priority: Priority): boolean {
  return priority === 'P1' || priority === 'P2';
}

function isCapped(kind: NotificationKind, priority: Priority): boolean {
  return kind === 'reminder' || !isUrgent(priority);
}

function hasHeard(draft: Draft, recipient: string, id: string): boolean {
  return draft.outbox
    .values()
    .some((entry) => recipientKey(entry.to, entry.channel) === recipient && entry.incidents.includes(id));
}

/** The next instant in office hours, and at least one `group_wait` ahead so that neighbours share the digest. */
function digestAt({ at, rules }: Context): number {
  const office = rules.hours.office;
  const earliest = at + rules.groupWaitMs;
  return office === undefined ? earliest : (nextWithin(office, earliest, rules.timezone) ?? earliest);
}

/** The first opening leaves at once; those in the following `group_wait` are collected; a P1 flushes them. */
function planOpening(draft: Draft, context: Context, recipient: string, priority: Priority): Timing {
  const { at, rules } = context;
  const until = draft.collectUntil.get(recipient) ?? 0;
  if (at >= until) {
    draft.collectUntil.set(recipient, at + rules.groupWaitMs);
    return { notBefore: at, collect: null };
  }
  if (priority !== 'P1') return { notBefore: until, collect: 'opening' };
  for (const [key, entry] of draft.outbox.entries()) {
    if (entry.collect === 'opening' && recipientKey(entry.to, entry.channel) === recipient) {
      draft.outbox.set(key, { ...entry, notBefore: at });
    }
  }
  return { notBefore: at, collect: 'opening' };
}

/** Counts a mail of the capped classes, or holds it until the oldest of the last hour's is an hour old. */
export function pace(draft: Draft, at: number, recipient: string): Timing {
  const lastHour = (draft.paced.get(recipient) ?? []).filter((time) => time > at - hourMs);
  const oldest = lastHour[0];
  if (lastHour.length >= hourlyCap && oldest !== undefined) return { notBefore: oldest + hourMs, collect: 'capped' };
  draft.paced.set(recipient, [...lastHour, at]);
  return { notBefore: at, collect: null };
}
