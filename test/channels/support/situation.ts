/** How a channel meets another side, for the contract that all channels keep. */
import type { DeliveryContext } from '../../../src/channels/contract.ts';

export interface Situation {
  /** Under the contact, as in the configuration. */
  readonly written: unknown;
  readonly mail?: DeliveryContext['mail'];
  /** How often the other side has been handed the message. */
  readonly taken: () => number;
  /** Ends what was set up. */
  readonly end?: () => Promise<void> | void;
}

/** Sets a situation up; a text says why there is none such. */
export type Setup = (() => Promise<Situation> | Situation) | string;

/** What each must come to. A hanging other side is met with a deadline. */
export const outcomes = {
  /** Takes it. */
  accepting: ['sent'],
  /** Cannot be reached. */
  absent: ['retry', 'refused'],
  /** Says that another try may do. */
  busy: ['retry'],
  /** Wants no message from us, for good. */
  refusing: ['refused'],
  /** Takes the message and says nothing. */
  hanging: ['uncertain'],
  /** Takes the message and is gone. */
  vanishing: ['uncertain', 'retry'],
} as const;

export type SituationName = keyof typeof outcomes;
export const situationNames = Object.keys(outcomes) as readonly SituationName[];

/** What each file in `test/channels/situations/` exports as `situations`, by a name for its variant: `webhook`, `webhook for slack`. */
export type Situations = Readonly<Record<string, Readonly<Record<SituationName, Setup>>>>;
