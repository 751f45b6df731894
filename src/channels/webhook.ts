import { z } from 'zod';
import { signature } from '../net/hook.ts';
import { type Channel, type DeliveryContext, type DeliveryOutcome, defineChannel, type Message } from './contract.ts';
import { call } from './support/call.ts';
import { deliveryId } from './support/delivery-id.ts';
import { eventOf } from './support/event.ts';
import { hidden, shownOrigin, webAddress } from './support/options.ts';
import { bodyFor, presets } from './support/presets.ts';

const words = 'a web address such as https://hooks.example/incidents';

const schema = z.strictObject({
  url: webAddress(words).describe('Called with the event as JSON, by POST. It may hold a token and is shown by its origin only.'),
  secret: hidden('a text, better behind !file or !env', (text) => text !== '')
    .optional()
    .describe('Key of the signature in X-Incidentd-Signature: sha256=<hex HMAC-SHA256 of the body>.'),
  preset: z
    .enum(presets)
    .optional()
    .describe(
      'Shapes the body for a service: `slack` for incoming webhooks of Slack and its likes, `teams` for Teams workflows, `matrix` for the generic webhooks of matrix-hookshot (without that, the channel `matrix` writes into a room by itself).',
    ),
});
export type WebhookOptions = z.output<typeof schema>;

/** Tells a program by a POST of JSON; a copy has the same `X-Incidentd-Id`. */
export const webhook: Channel<WebhookOptions> = defineChannel<WebhookOptions>({
  kind: 'webhook',
  summary:
    'Calls a web address with the event as JSON: `{event, reason, subject, text, incident}`. `subject` and `text` read as a mail would, in the language of the contact; `incident` is as in the API, null where incidentd itself is concerned, and the first where several are told of at once, which then stand in `incidents`, at most 100. A contact that is `outside` gets it without timeline, notifications and resolution. X-Incidentd-Id is the same for a copy. Any 2xx means sent; 408, 425, 429, 5xx and no connection mean tried again; any other status, a redirect too, means refused for good: the next person is told. It has 30s to answer',
  schema,
  short: { option: 'url', words },
  describe: ({ url }) => shownOrigin(url),
  needs: ({ url }) => ({ address: url }),
  deliver,
  example: `firm:
  webhook: { url: https://hooks.firm.example/incidents, secret: !env HOOK_SECRET }
team:
  webhook: { url: !file slack.url, preset: slack, only: [P1, P2] }`,
});

function deliver(message: Message, options: WebhookOptions, { signal }: DeliveryContext): Promise<DeliveryOutcome> {
  const body = JSON.stringify(bodyFor(options.preset, eventOf(message)));
  return call({
    url: options.url,
    method: 'POST',
    headers: { 'X-Incidentd-Id': deliveryId(message.notification), ...signature(body, options.secret) },
    body,
    signal,
  });
}
