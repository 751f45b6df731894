/** From what is written under a contact to ways that can tell. */
import type { Channel, DeliveryContext, DeliveryOutcome, Message } from '../channels/contract.ts';
import type { Need } from '../lib/need.ts';
import type { Secret } from '../lib/secret.ts';
import { redact } from './redact.ts';

/** One way to reach one contact, with everything that it needs to tell. */
export interface Way {
  /** What it cannot tell without; null where that is nothing but the mail servers. */
  readonly needs: Need | null;
  /** One try at delivery; no secret of the configuration is in what it says. */
  deliver(message: Message, context: DeliveryContext): Promise<DeliveryOutcome>;
}

const responseLimit = 300;

/** How people are reached. */
export interface Ways {
  /** By contact, then by channel id. */
  readonly byContact: ReadonlyMap<string, ReadonlyMap<string, Way>>;
  /** What no other side may make us say: of the whole configuration, as two contacts may be reached through one server. */
  readonly secrets: readonly Secret[];
}

/** `secrets`, as `allRepeatable` gives them, are taken out of whatever the other side says. */
export function bindChannel(channel: Channel, options: unknown, secrets: readonly Secret[]): Way {
  return {
    needs: channel.needs?.(options) ?? null,
    deliver: async (message, context) => {
      const { state, response, transcript } = await channel.deliver(message, options, context);
      return {
        state,
        response: cut(redact(response, secrets)),
        ...(transcript === undefined ? {} : { transcript: transcript.map((line) => redact(line, secrets)) }),
      };
    },
  };
}

/** Cut after the secrets have been taken out, so that no half of one is left at the end. */
function cut(text: string): string {
  return text.length <= responseLimit ? text : `${text.slice(0, responseLimit - 1).toWellFormed()}…`;
}

/**
 * The way that a message takes; undefined where it is no longer configured. Somebody who acted under a mail address and is
 * no contact is configured nowhere: the address alone is the way.
 */
export function wayOf(
  { notification: { to, channel: id }, contact }: Pick<Message, 'notification' | 'contact'>,
  { byContact, secrets }: Ways,
  channels: readonly Channel[],
): Way | undefined {
  const configured = byContact.get(to);
  if (configured !== undefined) return configured.get(id);
  const rule = contact.channels.find((one) => one.id === id);
  const channel = channels.find(({ kind }) => kind === rule?.kind);
  return rule && channel?.short && bindChannel(channel, { [channel.short.option]: rule.address }, secrets);
}
