import type { Part } from '../context.ts';
import type { Incident, LiveRecord, Notification } from '../record.ts';
import { isFinal } from './collect.ts';

/** Closed incidents whose record is complete: every notification has ended, and what they were merged into is closed too. */
export function archivable(record: LiveRecord): Incident[] {
  const closed = [...record.incidents.values()].filter(({ status }) => status === 'closed');
  if (closed.length === 0) return [];
  const busy = new Set([...record.outbox.values()].filter((entry) => !isFinal(entry)).flatMap((entry) => entry.incidents));
  return closed.filter(({ id, mergedInto }) => {
    const target = mergedInto === null ? undefined : record.incidents.get(mergedInto);
    return !busy.has(id) && (target === undefined || target.status === 'closed');
  });
}

/** All notifications that tell about an incident. */
export function notificationsOf(record: LiveRecord, id: string): Notification[] {
  return [...record.outbox.values()].filter((entry) => entry.incidents.includes(id));
}

/** The history has it: it leaves the live record, with the notifications that tell about nothing else that is left. */
export const forgetArchived: Part<'archived'> = (draft, { id }) => {
  draft.incidents.delete(id);
  for (const entry of draft.outbox.values()) {
    const about = entry.incidents.includes(id);
    if (about && entry.incidents.every((one) => !draft.incidents.has(one))) draft.outbox.delete(entry.key);
  }
};
