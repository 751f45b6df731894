/** What is told to whom: one message to one recipient. All times are wall clock, epoch milliseconds UTC. */
import type { Priority } from './rules.ts';

export const notificationKinds = [
  'opened',
  'escalated',
  'reminder',
  'taken',
  'released',
  'assigned',
  'acknowledgement-ending',
  'acknowledgement-ended',
  'raised',
  'reopened',
  'merged',
  'recovered',
  'flapping-started',
  'flapping-ended',
  'still-failing',
  'reported',
  'report-joined',
  'report-unanswered',
  'cause-missing',
  'no-longer-watched',
  'escalation-exhausted',
  'group',
  'digest',
  'configuration-rejected',
  'services-removed',
  'recipient-refused',
  'self-trouble',
  'test',
  'drill',
] as const;
export type NotificationKind = (typeof notificationKinds)[number];

export type NotificationState = 'queued' | 'sending' | 'sent' | 'uncertain' | 'folded' | 'failed';

/**
 * One message to one recipient over one channel: what must be sent, written before it is tried.
 * `key` comes from the decision, such as `INC-2026-0042/e2/level-1/r3/anna/email`; an entry is added only
 * where its key is absent, and the Message-ID is made from it.
 */
export interface Notification {
  readonly key: string;
  /** Incidents that it tells about; none: it is about incidentd itself. */
  readonly incidents: readonly string[];
  readonly kind: NotificationKind;
  /** Why, as in log and timeline: `level-1`, `reminder-due`, `recovered-and-quiet`. */
  readonly reason: string;
  /** Contact id and channel id within it; `address` is the destination as shown. */
  readonly to: string;
  readonly channel: string;
  readonly address: string;
  /** The highest priority of its incidents when it was decided. */
  readonly priority: Priority | null;
  /** Facts that its text needs beside the incidents themselves. */
  readonly facts: Readonly<Record<string, string | number | readonly string[]>>;
  /** When it was decided, may first be tried, and is given up. */
  readonly at: number;
  readonly notBefore: number;
  readonly expiresAt: number;
  /** Why it waits to be collected with others: an opening in a storm, a digest, the hourly cap. */
  readonly collect: 'opening' | 'digest' | 'capped' | null;
  readonly state: NotificationState;
  readonly attempts: number;
  /** Copies whose answer was lost; at most 3 in all are sent. */
  readonly doubtful: number;
  readonly foldedInto: string | null;
  readonly sentAt: number | null;
  /** What the server said last: shown with the incident. */
  readonly response: string | null;
}
