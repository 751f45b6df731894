import type { Notification } from '../../core/notification.ts';
import { contactFor } from '../../core/people.ts';
import type { LiveRecord } from '../../core/record.ts';
import type { Rules } from '../../core/rules.ts';
import type { Message } from '../contract.ts';

/**
 * Everything that the text of a notification may use, read off the record; null when its contact is no longer
 * configured. Incidents that were merged into those told about count as theirs.
 */
export function messageOf(notification: Notification, record: LiveRecord, rules: Rules, now: number): Message | null {
  const contact = contactFor(notification.to, rules);
  if (contact === undefined) return null;
  const incidents = notification.incidents.map((id) => record.incidents.get(id)).filter((incident) => incident !== undefined);
  const told = [...record.outbox.values()].filter((entry) => entry.incidents.some((id) => notification.incidents.includes(id)));
  const earlier = told.slice(
    0,
    told.findIndex(({ key }) => key === notification.key),
  );
  const thread = earlier.filter((entry) => entry.to === notification.to && entry.channel === notification.channel);
  return { notification, incidents, thread, told, contact, rules, now };
}
