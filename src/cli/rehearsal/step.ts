import type { NotificationKind } from '../../core/notification.ts';

/** A message to one person, by all ways that it takes. */
export interface Told {
  readonly kind: NotificationKind;
  readonly level: number | null;
  readonly to: string;
  /** `email anna@office.example`: kind of channel and address as shown. */
  readonly ways: readonly string[];
}

/** Something that happens in a rehearsal, at an instant (epoch ms). */
export interface Moment {
  readonly at: number;
  readonly type: 'failed' | 'diagnosis' | 'opened' | 'affected' | 'remedy' | 'escalation' | 'message';
  readonly text: string;
  /** Where it is a message. */
  readonly told?: Told;
}

/** One line of the timetable: with the time since the failure, ms. */
export interface Step extends Moment {
  readonly afterMs: number;
}
