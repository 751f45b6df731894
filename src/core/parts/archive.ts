import type { Part } from '../context.ts';
import { groupsOfNotification } from '../draft.ts';
import { groupOf } from '../grouping.ts';
import type { Incident } from '../incident.ts';
import type { Notification } from '../notification.ts';
import type { LiveRecord } from '../record.ts';
import { isFinal } from './collect.ts';
import { isUnderWay, wasMended } from './remedy-runs.ts';
import { isDigested } from './timing.ts';

/** A closed incident without cause or fix stays this long where people can still add them. */
const documentWithinMs = 7 * 24 * 3_600_000;

/** Closed incidents whose record is complete: every notification has ended, and what they were merged into is gone. */
export function archivable(record: LiveRecord, at: number): Incident[] {
  return [...record.incidents.values()].filter((incident) => {
    if (incident.status !== 'closed' || archiveDue(incident) > at) return false;
    if (incident.remedies.some(isUnderWay)) return false;
    if (incident.mergedInto !== null && record.incidents.has(incident.mergedInto)) return false;
    return notificationsOf(record, incident.id).every(isFinal);
  });
}

/** When a closed incident may go to the history, as far as time goes. */
export function archiveDue(incident: Incident): number {
  const closedAt = incident.closedAt ?? 0;
  return isUndocumented(incident) ? closedAt + documentWithinMs : closedAt;
}

/** True when the owner is asked for a cause or a fix that nobody has recorded; a remedy that has helped is the record of itself. */
export function isUndocumented(incident: Incident): boolean {
  const { resolution, priority, mergedInto, timeline } = incident;
  if (wasMended(incident)) return false;
  if (mergedInto !== null || isDigested(priority) || (resolution?.cause !== undefined && resolution.fix !== undefined))
    return false;
  return !timeline.some(({ type, facts }) => type === 'no-longer-watched' || (type === 'resolved' && facts?.why === 'no-answer'));
}

/** All notifications that tell about an incident, in the order in which they were decided. */
export function notificationsOf(record: Pick<LiveRecord, 'outbox'>, id: string): Notification[] {
  return groupOf(record.outbox, groupsOfNotification, id);
}

/**
 * The history has it: it leaves the live record, with the notifications that tell about nothing else that is left.
 * One that a person has added to meanwhile stays, to be handed over again.
 */
export const forgetArchived: Part<'archived'> = (draft, { incident }) => {
  const { id } = incident;
  if (draft.incidents.get(id) !== incident) return;
  const entries = draft.outbox.group(id);
  draft.incidents.delete(id);
  for (const entry of entries) {
    if (entry.incidents.every((one) => !draft.incidents.has(one))) draft.outbox.delete(entry.key);
  }
};
