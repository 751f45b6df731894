import { z } from 'zod';
import { renderMail } from '../texts/render.ts';
import { type Channel, type DeliveryContext, type DeliveryOutcome, defineChannel, type Message } from './contract.ts';
import { call, shortened } from './support/call.ts';
import { deliveryId } from './support/delivery-id.ts';
import { shownOrigin, token, webAddress } from './support/options.ts';

const schema = z.strictObject({
  url: webAddress(
    'the address of a home server such as https://matrix.example',
    ({ search, hash }) => search === '' && hash === '',
  ).describe('Address of the home server.'),
  room: z
    .string()
    .regex(/^!\S{1,254}$/, 'expected the internal ID of a room such as !abcdef:matrix.example (its settings, Advanced); no alias')
    .describe('Internal ID of the room, which the user must have joined.'),
  token: token().describe('Access token of the user who writes.'),
});
export type MatrixOptions = z.output<typeof schema>;

/** A whole event may have 65,536 bytes. */
const textBytes = 30_000;

/** Tells a room of Matrix; the home server takes a copy for what it is by its transaction ID. */
export const matrix: Channel<MatrixOptions> = defineChannel<MatrixOptions>({
  kind: 'matrix',
  summary: 'Writes into a room of Matrix, unencrypted. Answers are understood as those of a webhook',
  schema,
  describe: ({ url, room }) => `${room} (${shownOrigin(url)})`,
  needs: ({ url }) => ({ address: url }),
  deliver,
  example: `team:
  matrix: { url: https://matrix.kanzlei.example, room: "!abcdef:kanzlei.example", token: !env MATRIX_TOKEN }`,
});

/** Client-Server API: PUT /_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}. */
function deliver(message: Message, options: MatrixOptions, { signal }: DeliveryContext): Promise<DeliveryOutcome> {
  const { subject, text } = renderMail(message);
  const base = options.url.reveal().replace(/\/+$/, '');
  const id = deliveryId(message.notification);
  return call({
    url: `${base}/_matrix/client/v3/rooms/${encodeURIComponent(options.room)}/send/m.room.message/${id}`,
    method: 'PUT',
    headers: { Authorization: `Bearer ${options.token.reveal()}` },
    body: JSON.stringify({ msgtype: 'm.text', body: shortened(`${subject}\n\n${text}`, textBytes) }),
    signal,
  });
}
