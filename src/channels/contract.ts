import type { ZodType } from 'zod';
import type { Incident, Notification } from '../core/record.ts';
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

/**
 * How one try ended. `retry` and `refused` are sure that nothing was delivered; `uncertain` means the
 * message was handed over and the answer was lost (RFC 1047).
 */
export type DeliveryOutcome = {
  readonly state: 'sent' | 'retry' | 'refused' | 'uncertain';
  /** What the other side said, cut and cleaned. */
  readonly response: string;
};

export interface DeliveryContext {
  /** Deadline, and stop of the daemon. */
  readonly signal: AbortSignal;
}

/** One way to tell: its options under a contact, and one try at delivery. It never throws for what the other side does. */
export interface Channel<Options, Settings> {
  readonly kind: string;
  readonly summary: string;
  readonly schema: ZodType<Options>;
  deliver(message: Message, options: Options, settings: Settings, context: DeliveryContext): Promise<DeliveryOutcome>;
}
