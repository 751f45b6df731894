import { nextWithin } from '../calendar/hours.ts';
import type { Context } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Incident } from '../incident.ts';
import type { Notification, NotificationKind } from '../notification.ts';
import { recipientOf } from '../people.ts';
import type { Priority } from '../rules.ts';

const hourMs = 3_600_000;
/** Mails per recipient and hour of the capped classes: reminders and everything on P3–P5. */
const hourlyCap = 12;

/** When an entry may leave, and what it waits for. */
export type Timing = Pick<Notification, 'notBefore' | 'collect'>;

/** What is about to be told, to one recipient (`contact/channel`). */
export interface Planned {
  readonly recipient: string;
  readonly kind: NotificationKind;
  readonly incident: Incident;
  /** One person waits for it: it shares no mail with others. */
  readonly personal: boolean;
}

/** Kinds by which a person may hear of an incident for the first time. */
const firstHeard: ReadonlySet<NotificationKind> = new Set(['opened', 'escalated', 'reported']);

/** Decides when a notification leaves: digests in office hours for P4 and P5, openings of a storm, the hourly cap. */
export function plan(draft: Draft, context: Context, planned: Planned): Timing {
  const { recipient, kind, incident, personal } = planned;
  if (isDigested(incident.priority) && !personal) return { notBefore: digestAt(context), collect: 'digest' };
  if (!personal && isOpening(draft, planned)) {
    const opening = planOpening(draft, context, recipient, incident.priority);
    if (opening.collect !== null || isUrgent(incident.priority)) return opening;
  }
  const capped = kind === 'reminder' || !isUrgent(incident.priority);
  return capped ? pace(draft, context.at, recipient) : { notBefore: context.at, collect: null };
}

/** P4 and P5 travel as a digest in office hours. */
export function isDigested(priority: Priority | null): boolean {
  return priority === 'P4' || priority === 'P5';
}

export function isUrgent(priority: Priority | null): boolean {
  return priority === 'P1' || priority === 'P2';
}

/** The next instant in office hours, and at least one `group_wait` ahead so that neighbours share the digest. */
export function digestAt({ at, rules }: Context): number {
  const office = rules.hours.office;
  const earliest = at + rules.groupWaitMs;
  return office === undefined ? earliest : (nextWithin(office, earliest, rules.timezone) ?? earliest);
}

/** Counts a mail of the capped classes, or holds it until the oldest of the last hour's is an hour old. */
export function pace(draft: Draft, at: number, recipient: string): Timing {
  const lastHour = (draft.paced.get(recipient) ?? []).filter((time) => time > at - hourMs);
  const oldest = lastHour[0];
  if (lastHour.length >= hourlyCap && oldest !== undefined) return { notBefore: oldest + hourMs, collect: 'capped' };
  draft.paced.set(recipient, [...lastHour, at]);
  return { notBefore: at, collect: null };
}

function isOpening(draft: Draft, { kind, recipient, incident }: Planned): boolean {
  if (kind === 'reopened') return true;
  return firstHeard.has(kind) && !draft.outbox.group(incident.id).some((entry) => recipientOf(entry) === recipient);
}

/** The first opening leaves at once; those in the following `group_wait` are collected; a P1 flushes them. */
function planOpening(draft: Draft, { at, rules }: Context, recipient: string, priority: Priority): Timing {
  const until = draft.collectUntil.get(recipient) ?? 0;
  if (at < until) return { notBefore: priority === 'P1' ? at : until, collect: 'opening' };
  draft.collectUntil.set(recipient, at + rules.groupWaitMs);
  return { notBefore: at, collect: null };
}
