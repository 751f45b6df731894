/** What stands under a contact for one channel. */
import { z } from 'zod';
import type { Channel } from '../../channels/contract.ts';
import { notificationKinds } from '../../core/notification.ts';
import { priorities } from '../../core/rules.ts';
import { either, oneOrMore } from '../scalars/scalar.ts';

/** Options that every channel takes, beside its own; under a contact itself they hold for the channels without. */
export const filterShape = {
  only: oneOrMore(z.enum(priorities), 'a priority such as P1').optional().describe('Priorities told this way; default all.'),
  events: oneOrMore(z.enum(notificationKinds), 'an event such as opened')
    .optional()
    .describe('Events told this way; default all.'),
};
const filterSchema = z.object(filterShape);
type Filter = z.output<typeof filterSchema>;

/** One way to reach a contact. */
export interface Reach extends Filter {
  readonly channel: Channel;
  /** Counts the ways of one channel, from 1. */
  readonly number: number;
  readonly options: unknown;
}

/** One channel's ways as they are written: its short form, a list of those where there may be several, else a map. */
export function reachesSchema(channel: Channel): z.ZodType<readonly Reach[]> {
  const { schema, short } = channel;
  if (short === undefined) return mapSchema(channel);
  const value = schema.shape[short.option] as z.ZodType;
  const ways = (values: readonly unknown[]) =>
    [...new Set(values)].map((one, index): Reach => ({ channel, number: index + 1, options: { [short.option]: one } }));
  if (short.several) return oneOrMore(value, short.words).transform(ways);
  return either(`${short.words}, or a map with ${short.option}`, [value.transform((one) => ways([one])), mapSchema(channel)]);
}

function mapSchema(channel: Channel) {
  return channel.schema.extend(filterShape).transform((written): readonly Reach[] => {
    const { only, events, ...options } = written as Filter & Readonly<Record<string, unknown>>;
    return [{ channel, number: 1, options, only, events }];
  });
}
