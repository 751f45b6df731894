import { describe, expect, it } from 'vitest';
import { deliveryId } from '../../src/channels/support/delivery-id.ts';
import { secret } from '../../src/lib/secret.ts';
import { renderMail } from '../../src/texts/render.ts';
import { openHook, status } from '../support/hook.ts';
import { incident, type MessageParts, message, resolved } from '../texts/sample.ts';
import { channelOf, deliver } from './support/deliver.ts';

const [ntfy, matrix] = [channelOf('ntfy'), channelOf('matrix')];

describe('ntfy', () => {
  async function published(parts: MessageParts = {}, options: object = {}, path = '/office-x7') {
    await using hook = await openHook();
    const outcome = await deliver(ntfy, { url: `${hook.origin}${path}`, ...options }, message(parts));
    expect(outcome.state).toBe('sent');
    return { ...hook.calls[0]!, json: JSON.parse(hook.calls[0]?.body ?? '') };
  }

  it('publishes subject and text to the topic', async () => {
    const parts = { language: 'de', incidents: [incident({ serviceName: 'Bürodrucker 🖨' })] } as const;

    const { method, path, json, headers } = await published(parts);

    const { subject, text } = renderMail(message(parts));
    expect([method, path]).toEqual(['POST', '/']);
    expect(headers.authorization).toBeUndefined();
    expect(json).toEqual({
      topic: 'office-x7',
      title: subject,
      message: text,
      priority: 5,
      tags: ['rotating_light', 'opened'],
      sequence_id: deliveryId(message(parts).notification),
    });
  });

  it('finds the server below a path, and logs in with a token', async () => {
    const { path, json, headers } = await published({}, { token: secret('tk_1') }, '/push/office/');

    expect([path, json.topic, headers.authorization]).toEqual(['/push/', 'office', 'Bearer tk_1']);
  });

  it.each<[string, MessageParts, number, string]>([
    ['a P3 that opens', { notification: { priority: 'P3' } }, 3, 'warning'],
    ['a P5', { notification: { priority: 'P5', kind: 'digest' } }, 1, 'information_source'],
    ['a P1 that is taken', { notification: { kind: 'taken' } }, 3, 'information_source'],
    [
      'a P2 that has recovered',
      { incidents: [resolved()], notification: { priority: 'P2', kind: 'recovered' } },
      3,
      'white_check_mark',
    ],
    ['a P2 that escalates', { notification: { priority: 'P2', kind: 'escalated' } }, 4, 'rotating_light'],
    ['incidentd itself', { incidents: [], notification: { priority: null, kind: 'self-trouble' } }, 3, 'information_source'],
  ])('is as loud as it should be: %s', async (_, parts, priority, tag) => {
    const { json } = await published(parts);

    expect([json.priority, json.tags[0]]).toEqual([priority, tag]);
  });

  it('stays below the length at which a message becomes a file', async () => {
    const incidents = Array.from({ length: 100 }, (_, index) =>
      incident({ id: `INC-2026-${index}`, serviceName: `Büro ${index}` }),
    );

    const { json } = await published({ incidents, notification: { kind: 'group' } });

    expect(Buffer.byteLength(json.message)).toBeLessThanOrEqual(4000);
    expect(json.message).toMatch(/\n…$/);
  });

  it('shows neither topic nor token', async () => {
    await using hook = await openHook((response, { body }) => void response.writeHead(403).end(`forbidden ${body}`));

    const { response } = await deliver(ntfy, { url: `${hook.origin}/canary-topic`, token: secret('canary-token') });

    expect(response).not.toContain('canary');
    expect(ntfy.describe(ntfy.schema.parse({ url: 'https://ntfy.sh/canary' }))).toBe('https://ntfy.sh');
  });

  it.each([
    'https://ntfy.sh',
    'https://ntfy.sh/',
    'https://ntfy.sh/to.pic',
    'https://ntfy.sh/a?auth=x',
    'ntfy.sh/topic',
    'ftp://ntfy.sh/a',
  ])('takes no address without a topic: %s', (url) => {
    expect(ntfy.schema.safeParse({ url }).success).toBe(false);
  });
});

describe('matrix', () => {
  const room = '!office room/1:matrix.example';
  const options = { room: '!AbC/1:matrix.example', token: secret('syt_canary') };

  it('writes a message into the room, under an id that a copy shares', async () => {
    await using hook = await openHook(status(200, '{"event_id":"$1"}'));

    const first = await deliver(matrix, { url: `${hook.origin}/`, ...options });
    await deliver(matrix, { url: hook.origin, ...options }, message({ notification: { attempts: 2, doubtful: 1 } }));

    const { subject, text } = renderMail(message());
    const [call, copy] = hook.calls;
    expect(first.state).toBe('sent');
    expect(call?.method).toBe('PUT');
    expect(call?.path).toBe(
      `/_matrix/client/v3/rooms/!AbC%2F1%3Amatrix.example/send/m.room.message/${deliveryId(message().notification)}`,
    );
    expect(call?.headers.authorization).toBe('Bearer syt_canary');
    expect(JSON.parse(call?.body ?? '')).toEqual({ msgtype: 'm.text', body: `${subject}\n\n${text}` });
    expect(copy?.path).toBe(call?.path);
  });

  it('shows no token', async () => {
    await using hook = await openHook((response, { headers }) => void response.writeHead(401).end(String(headers.authorization)));

    const outcome = await deliver(matrix, { url: hook.origin, ...options });

    expect(outcome).toEqual({ state: 'refused', response: 'HTTP 401 Unauthorized: Bearer ***' });
    expect(matrix.describe(matrix.schema.parse({ url: 'https://m.example', ...options }))).toBe(
      '!AbC/1:matrix.example (https://m.example)',
    );
  });

  it.each([room, '#office:matrix.example', 'office'])('takes only the internal ID of a room, not %s', (wrong) => {
    expect(matrix.schema.safeParse({ url: 'https://m.example', ...options, room: wrong }).success).toBe(false);
  });
});
