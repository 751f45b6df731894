import type { ZodObject, ZodType } from 'zod';
import type { Need } from '../lib/need.ts';
import type { Message } from '../texts/message.ts';
import type { MailSettings } from './mail/settings.ts';

export type { Message };

/**
 * How one try ended. `retry` and `refused` are sure that nothing was delivered; `uncertain` means the
 * message was handed over and the answer was lost (RFC 1047). After `refused` the recipient is not tried again for a day,
 * the next person is told, and the admin.
 */
export interface DeliveryOutcome {
  readonly state: 'sent' | 'retry' | 'refused' | 'uncertain';
  /** What the other side said, as one clean line; cut when the secrets of the configuration have been taken out of it. */
  readonly response: string;
  /** What was said to and fro, line by line and without secrets, where somebody who tries it learns from it. */
  readonly transcript?: readonly string[];
}

export interface DeliveryContext {
  /** Deadline, and stop of the daemon. */
  readonly signal: AbortSignal;
  /** How mails leave this house: for channels that send mails, and no others. */
  readonly mail: MailSettings;
}

/**
 * One way to tell. One file, one `defineChannel` call, one line in the registry. `deliver` is one try: it settles at the
 * latest when `signal` aborts, leaves nothing behind, and never throws for what the other side does.
 */
export interface Channel<Options = unknown> {
  /** The YAML word under a contact, the file's name, and the way's id within its contact. */
  readonly kind: string;
  readonly summary: string;
  /** Its options as a map under a contact; `only` and `events` come by themselves. */
  readonly schema: ZodObject & ZodType<Options>;
  /** The form without a map, where one option is enough. */
  readonly short?: ShortForm;
  /** It does not need the office's line, as far as we know: what it starts has a way of its own. */
  readonly ownLine?: true;
  /** Where it leads, for everybody to see; never a secret, so of a URL that may hold one no more than the origin. */
  describe(options: Options): string;
  /** What it cannot tell without, beside the mail servers; absent where that is nothing. */
  needs?(options: Options): Need;
  deliver(message: Message, options: Options, context: DeliveryContext): Promise<DeliveryOutcome>;
  /** An example for the reference, as YAML under a contact. */
  readonly example: string;
}

export interface ShortForm {
  /** The option that a value stands for; no other has to be written. */
  readonly option: string;
  /** In words, completing "expected …". */
  readonly words: string;
  /** A contact may have several: a list of values instead of a map, each told and tracked on its own. */
  readonly several?: true;
}

/** Declares a channel; exists for its types. */
export function defineChannel<Options>(channel: Channel<Options>): Channel<Options> {
  return channel;
}
