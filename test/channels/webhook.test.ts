import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { eventOf } from '../../src/channels/support/event.ts';
import { secret } from '../../src/lib/secret.ts';
import { renderMail } from '../../src/texts/render.ts';
import { type Hook, openHook, status } from '../support/hook.ts';
import { incident, type MessageParts, message, notification, reportOf, resolved, rules } from '../texts/sample.ts';
import { channelOf, deliver } from './support/deliver.ts';

const webhook = channelOf('webhook');

/** What a hook is told. */
async function told(parts: MessageParts = {}, written: object = {}) {
  await using hook = await openHook();
  const outcome = await deliver(webhook, { url: `${hook.origin}/incidents?key=1`, ...written }, message(parts));
  expect(outcome).toMatchObject({ state: 'sent', response: 'HTTP 200 OK: ok' });
  expect(hook.calls).toHaveLength(1);
  return hook.calls[0]!;
}

describe('the body', () => {
  it('is the event with subject and text of the mail, and the incident as in the API', async () => {
    const about = { language: 'de', told: [notification()] } as const;

    const { method, path, headers, body } = await told(about);

    const mail = renderMail(message(about));
    const sent = JSON.parse(body);
    expect([method, path, headers['content-type']]).toEqual(['POST', '/incidents?key=1', 'application/json']);
    expect(Object.keys(sent)).toEqual(['event', 'reason', 'subject', 'text', 'incident']);
    expect(sent).toMatchObject({ event: 'opened', reason: 'level-1', subject: mail.subject, text: mail.text });
    expect(sent.text).toContain('Website funktioniert seit heute 14:05 nicht.');
    expect(sent.incident).toMatchObject({
      id: 'INC-2026-0042',
      kind: 'outage',
      title: 'Website: nothing accepts connections (port closed)',
      status: 'open',
      priority: 'P1',
      services: ['Website'],
      cause: { code: 'port-closed', evidence: ['10.0.0.5:443 refuses connections'] },
      acknowledged: null,
      escalation: { policy: 'default', level: 1, nextAt: '2026-05-12T12:20:00.000Z' },
      startedAt: '2026-05-12T12:05:00.000Z',
      downtimeMs: 65_000,
      notifications: [{ kind: 'opened', reason: 'level-1', to: 'anna', channel: 'email', state: 'sending', attempts: 1 }],
    });
  });

  it('is letter by letter what the event is, in UTF-8', async () => {
    const about = { incidents: [incident({ serviceName: 'Bürodrucker 🖨 «3. OG» \u2028' })] };

    const { body, headers } = await told(about);

    expect(body).toBe(JSON.stringify(eventOf(message(about))));
    expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
    expect(JSON.parse(body).subject).toContain('Bürodrucker 🖨 «3. OG»');
  });

  it('has no incident where incidentd itself is concerned', async () => {
    const { body } = await told({ incidents: [], notification: { kind: 'test', reason: 'test-mail', priority: null } });

    expect(JSON.parse(body)).toMatchObject({ event: 'test', reason: 'test-mail', incident: null });
    expect(JSON.parse(body)).not.toHaveProperty('incidents');
  });

  it('has the first incident and all of them where several are told of', async () => {
    const ids = ['INC-2026-0042', 'INC-2026-0043'];
    const { body } = await told({ incidents: ids.map((id) => incident({ id })), notification: { kind: 'group' } });

    const { incident: first, incidents } = JSON.parse(body);
    expect(first.id).toBe(ids[0]);
    expect(incidents.map(({ id }: { id: string }) => id)).toEqual(ids);
  });

  it('stays bounded in a storm', async () => {
    const incidents = Array.from({ length: 500 }, (_, index) => incident({ id: `INC-2026-${index}` }));

    const { body } = await told({ incidents, notification: { kind: 'group' } });

    expect(JSON.parse(body).incidents).toHaveLength(100);
    expect(body.length).toBeLessThan(500_000);
  });
});

describe('a reader outside', () => {
  const words = 'Frau Meier weint, der Drucker stinkt';
  const persons = resolved({
    resolution: { by: 'anna', at: 0, cause: words, fix: words },
    timeline: [{ at: 0, type: 'noted', by: 'Carla', text: words }],
  });

  it.each([
    ['a report', reportOf(words)],
    ['notes and what helped', persons],
  ])('gets no words of staff: %s', async (_, one) => {
    const parts = { incidents: [one], told: [notification()], contact: { outside: true } };

    const { body } = await told(parts);

    expect(body).not.toContain('Meier');
    expect(body).not.toContain('Carla');
    expect(JSON.parse(body).incident).toMatchObject({ id: one.id, services: ['Website'], priority: one.priority });
  });

  it('is the only one who does not', async () => {
    expect((await told({ incidents: [reportOf(words)] })).body).toContain('Meier');
  });
});

describe('the signature', () => {
  const key = 'Schlüssel €';

  it('is the HMAC-SHA256 of the body as it travelled', async () => {
    const { body, headers } = await told({}, { secret: key });

    const expected = createHmac('sha256', Buffer.from(key, 'utf8')).update(Buffer.from(body, 'utf8')).digest('hex');
    expect(headers['x-incidentd-signature']).toBe(`sha256=${expected}`);
  });

  it('covers what a preset makes of it, too', async () => {
    const { body, headers } = await told({}, { secret: key, preset: 'slack' });

    expect(headers['x-incidentd-signature']).toBe(`sha256=${createHmac('sha256', key).update(body).digest('hex')}`);
  });

  it('is not there without a secret', async () => {
    expect((await told()).headers).not.toHaveProperty('x-incidentd-signature');
  });
});

describe('a copy', () => {
  it('has the same id, another message has another', async () => {
    const [first, copy] = [await told(), await told({ notification: { attempts: 2, doubtful: 1 } })];
    const other = await told({ notification: { key: 'INC-2026-0042/e1/level-2/r0/anna/webhook' } });

    expect(first.headers['x-incidentd-id']).toMatch(/^[0-9a-f]{32}$/);
    expect(copy.headers['x-incidentd-id']).toBe(first.headers['x-incidentd-id']);
    expect(other.headers['x-incidentd-id']).not.toBe(first.headers['x-incidentd-id']);
  });
});

describe('presets', () => {
  const hostile = '<!channel> & <https://evil.example|Passwort>';
  const parts = {
    incidents: [incident({ cause: { code: 'timeout', evidence: [hostile, '[Passwort](https://evil.example)'] } })],
  };

  it('slack: subject and text, in which nothing is a link or a mention', async () => {
    const { body } = await told(parts, { preset: 'slack' });

    const { text, ...rest } = JSON.parse(body);
    expect(rest).toEqual({});
    expect(text).toMatch(/^\*\[P1\] Website: .*\*\n/);
    expect(text).toContain('&lt;!channel&gt; &amp; &lt;https://evil.example|Passwort&gt;');
    expect(text).not.toMatch(/[<>]/);
  });

  it('teams: a card whose texts are no Markdown', async () => {
    const { body } = await told(parts, { preset: 'teams' });

    const { type, attachments } = JSON.parse(body);
    const [{ contentType, content }] = attachments;
    const texts = content.body.map(({ inlines }: { inlines: { text: string }[] }) => inlines[0]?.text);
    expect([type, contentType, content.type]).toEqual(['message', 'application/vnd.microsoft.card.adaptive', 'AdaptiveCard']);
    expect(content.body.every((block: { type: string }) => block.type === 'RichTextBlock')).toBe(true);
    expect(texts[0]).toMatch(/^\[P1\] Website/);
    expect(texts.join('\n')).toContain('[Passwort](https://evil.example)');
  });

  it('matrix: the text, and the same as markup in which nothing of it is markup', async () => {
    const { body } = await told(parts, { preset: 'matrix' });

    const { text, html, ...rest } = JSON.parse(body);
    expect(rest).toEqual({});
    expect(text).toMatch(/^\[P1\] Website: .*\n\n/);
    expect(html).toMatch(/^<strong>\[P1\] Website: .*<\/strong><br>/);
    expect(html).toContain('&lt;!channel&gt; &amp; &lt;https://evil.example|Passwort&gt;');
  });

  it.each(['slack', 'teams', 'matrix'])('%s: is cut where the service would refuse it', async (preset) => {
    const many = Array.from({ length: 400 }, (_, index) =>
      incident({ id: `INC-2026-${index}`, serviceName: `Dienst ${'ü'.repeat(60)}${index}` }),
    );

    const { body } = await told({ incidents: many, notification: { kind: 'group' } }, { preset });

    expect(Buffer.byteLength(body)).toBeLessThan(28_000);
  });
});

describe('what is secret', () => {
  it.each(['canary-token', 'canary-token:'])('is a user without a password as well: %s', async (login) => {
    await using hook = await openHook(
      (response, { headers }) => void response.writeHead(400).end(`bad ${headers.authorization} canary-token`),
    );

    const { response } = await deliver(webhook, hook.origin.replace('//', `//${login}@`));

    expect(response).toContain('bad Basic ***');
    expect(response).not.toContain('canary');
  });

  it('is shown by no answer, even of a server that repeats it', async () => {
    await using hook: Hook = await openHook(
      (response, { path, headers }) =>
        void response.writeHead(400).end(`bad ${path} for ${headers.authorization}: hook-canary-key`),
    );
    const url = hook.origin.replace('//', '//canary-user:canary-pass@');

    const { state, response } = await deliver(webhook, {
      url: `${url}/canary-path/x?sig=canary-sig`,
      secret: secret('hook-canary-key'),
    });

    expect(state).toBe('refused');
    expect(response).toMatch(/^HTTP 400 Bad Request: bad \*\*\* for /);
    expect(response).not.toMatch(/canary/);
    expect(response).not.toContain(Buffer.from('canary-user:canary-pass').toString('base64'));
  });

  it('is not shown of the address', () => {
    const options = webhook.schema.parse({ url: 'https://user:canary@hooks.example:8443/canary?token=canary#canary' });

    expect(webhook.describe(options)).toBe('https://hooks.example:8443');
  });

  it('travels in the address’s user and password as basic authentication', async () => {
    await using hook = await openHook();

    await deliver(webhook, `${hook.origin.replace('//', '//user:pass@')}/x`);

    expect(hook.calls[0]?.headers.authorization).toBe(`Basic ${Buffer.from('user:pass').toString('base64')}`);
  });
});

it('goes to an address that answers with whatever is fine', async () => {
  await using hook = await openHook(status(204));

  expect(await deliver(webhook, `${hook.origin}/x`, message({ rules: rules() }))).toEqual({
    state: 'sent',
    response: 'HTTP 204 No Content',
  });
});
