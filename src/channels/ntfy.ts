import { z } from 'zod';
import type { NotificationKind } from '../core/notification.ts';
import type { Priority } from '../core/rules.ts';
import { renderMail } from '../texts/render.ts';
import { type Channel, type DeliveryContext, type DeliveryOutcome, defineChannel, type Message } from './contract.ts';
import { call, shortened } from './support/call.ts';
import { deliveryId } from './support/delivery-id.ts';
import { shownOrigin, token, webAddress } from './support/options.ts';

const words = 'the address of a topic such as https://ntfy.sh/mytopic';
const topic = /\/([-_A-Za-z0-9]{1,64})\/?$/;

const schema = z.strictObject({
  url: webAddress(words, ({ pathname, search, hash }) => topic.test(pathname) && search === '' && hash === '').describe(
    'Server and topic. Whoever knows the topic can read along: it is shown by its origin only.',
  ),
  token: token().optional().describe('Access token, where the topic wants one.'),
});
export type NtfyOptions = z.output<typeof schema>;

/** Tells phones through ntfy, by its publishing as JSON. A copy replaces the first one (ntfy 2.16 and newer). */
export const ntfy: Channel<NtfyOptions> = defineChannel<NtfyOptions>({
  kind: 'ntfy',
  summary:
    'Publishes to a topic of ntfy, to which phones subscribe. What calls somebody has a priority from 5 (P1) to 1 (P5); what only informs has 3 at most. Answers are understood as those of a webhook',
  schema,
  short: { option: 'url', words },
  describe: ({ url }) => shownOrigin(url),
  needs: ({ url }) => ({ address: url }),
  deliver,
  example: `anna:
  email: anna@kanzlei.example
  ntfy: { url: https://ntfy.sh/kanzlei-x7f3k2, token: !env NTFY_TOKEN, only: [P1, P2] }`,
});

/** A message longer than 4,096 bytes would become a file. */
const messageBytes = 4000;

function deliver(message: Message, options: NtfyOptions, { signal }: DeliveryContext): Promise<DeliveryOutcome> {
  const url = new URL(options.url.reveal());
  const name = topic.exec(url.pathname)?.[1] ?? '';
  url.pathname = url.pathname.replace(topic, '/');
  const { subject, text } = renderMail(message);
  const { kind, priority } = message.notification;
  const body = {
    topic: name,
    title: subject,
    message: shortened(text, messageBytes),
    priority: urgency(kind, priority),
    tags: [symbol(kind, priority), kind],
    sequence_id: deliveryId(message.notification),
  };
  const headers = options.token === undefined ? {} : { Authorization: `Bearer ${options.token.reveal()}` };
  return call({ url: url.href, method: 'POST', headers, body: JSON.stringify(body), signal });
}

/** Kinds that want somebody to do something. */
const calling: ReadonlySet<NotificationKind> = new Set([
  'opened',
  'reported',
  'escalated',
  'reminder',
  'raised',
  'reopened',
  'released',
  'assigned',
  'acknowledgement-ending',
  'acknowledgement-ended',
  'still-failing',
  'group',
]);

const urgencies: Readonly<Record<Priority, number>> = { P1: 5, P2: 4, P3: 3, P4: 2, P5: 1 };

/** 5 breaks through silent hours of a phone, 3 is its usual sound: what only informs is never louder than that. */
function urgency(kind: NotificationKind, priority: Priority | null): number {
  const own = priority === null ? 3 : urgencies[priority];
  return calling.has(kind) ? own : Math.min(own, 3);
}

/** A tag that ntfy shows as an emoji. */
function symbol(kind: NotificationKind, priority: Priority | null): string {
  if (kind === 'recovered') return 'white_check_mark';
  if (!calling.has(kind)) return 'information_source';
  return priority === 'P1' || priority === 'P2' ? 'rotating_light' : 'warning';
}
