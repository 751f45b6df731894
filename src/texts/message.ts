import type { Incident } from '../core/incident.ts';
import type { Notification } from '../core/notification.ts';
import type { ContactRule, Rules } from '../core/rules.ts';

/** Everything that a text about a notification may use. */
export interface Message {
  readonly notification: Notification;
  readonly incidents: readonly Incident[];
  /** Earlier notifications of the same incidents to the same address, oldest first: the thread. */
  readonly thread: readonly Notification[];
  /** All notifications of these incidents: who was told and when. */
  readonly told: readonly Notification[];
  readonly contact: ContactRule;
  readonly rules: Rules;
  readonly now: number;
}
