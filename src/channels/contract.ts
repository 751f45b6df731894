import type { ZodType } from 'zod';
import type { Message } from '../texts/message.ts';

export type { Message };

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
