import type { Channel, DeliveryContext, DeliveryOutcome, Message } from '../../../src/channels/contract.ts';
import { channels } from '../../../src/channels/registry.ts';
import { allRepeatable, secretsIn } from '../../../src/config/redact.ts';
import { reachesSchema } from '../../../src/config/sections/reach.ts';
import { bindChannel } from '../../../src/config/ways.ts';
import { message } from '../../texts/sample.ts';
import { calm, settings } from '../office.ts';

/** The channel of a kind. */
export function channelOf(kind: string): Channel {
  const channel = channels.find((one) => one.kind === kind);
  if (channel === undefined) throw new Error(`no channel ${kind}`);
  return channel;
}

/** One try, with what stands under a contact in the configuration. */
export function deliver(
  channel: Channel,
  written: unknown,
  about: Message = message(),
  context: Partial<DeliveryContext> = {},
): Promise<DeliveryOutcome> {
  const [reach] = reachesSchema(channel).parse(written);
  const secrets = allRepeatable(secretsIn(reach?.options));
  return bindChannel(channel, reach?.options, secrets).deliver(about, { ...calm, mail: settings([]), ...context });
}
