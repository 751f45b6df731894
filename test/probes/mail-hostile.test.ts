import { getEventListeners } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Observation } from '../../src/core/observation.ts';
import { secret } from '../../src/lib/secret.ts';
import { imap } from '../../src/probes/imap.ts';
import { pop3 } from '../../src/probes/pop3.ts';
import { smtp } from '../../src/probes/smtp.ts';
import { oneLine } from '../../src/texts/clean.ts';
import { type Authority, certificationAuthority } from '../net/support/certificates.ts';
import { dripping, flooding, hangUp, type LineServer, lineServer, type Part, reset, turnToTls } from './support/line-server.ts';
import { look } from './support/look.ts';
import { fineBut } from './support/mail-parts.ts';

/** Connections of these tests stay on this machine; while it is far, they seem to lead to another. */
const way = vi.hoisted(() => ({ isFar: false }));
vi.mock('../../src/net/connect.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/net/connect.ts')>();
  const connectTo: typeof original.connectTo = async (request) => {
    const connected = await original.connectTo(request);
    if (connected.ok && way.isFar) Object.defineProperty(connected.socket, 'remoteAddress', { value: '192.0.2.7' });
    return connected;
  };
  return { ...original, connectTo };
});

const kinds = [
  {
    kind: 'smtp',
    probe: smtp,
    hello: 'EHLO',
    start: 'STARTTLS',
    agreed: '220 go',
    offer: '250-x\r\n250-AUTH PLAIN\r\n250 STARTTLS',
  },
  {
    kind: 'imap',
    probe: imap,
    hello: 'a CAPABILITY',
    start: 'a STARTTLS',
    agreed: 'a OK go',
    offer: '* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\r\na OK done',
  },
  { kind: 'pop3', probe: pop3, hello: 'CAPA', start: 'STLS', agreed: '+OK go', offer: '+OK\r\nSTLS\r\n.' },
] as const;
type Kind = (typeof kinds)[number];

/** Each kind against the same act at the same point. */
const withEach = <Case extends readonly unknown[]>(cases: readonly Case[]) =>
  kinds.flatMap((kind) => cases.map((one) => [kind.kind, one[0], kind, one] as const));

let authority: Authority;
beforeAll(() => {
  authority = certificationAuthority();
});
afterAll(() => authority[Symbol.dispose]());
afterEach(() => {
  way.isFar = false;
});

/** Looks, and holds it to what holds of every look: sound words, an end in time, nothing left behind. */
async function lookAt({ probe }: Kind, server: LineServer, written: object = {}, timeoutMs = 2000): Promise<Observation> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  const begun = performance.now();
  const seen = await look(probe, `localhost:${server.port}`, written, { signal: controller.signal, timeoutMs });
  clearTimeout(timer);
  expect(performance.now() - begun).toBeLessThan(timeoutMs + 600);
  for (const text of [seen.message, ...seen.evidence]) expect(text).toBe(oneLine(text));
  expect(seen.evidence.length).toBeLessThanOrEqual(12);
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  await vi.waitFor(() => expect(server.open()).toBe(0), { interval: 5 });
  return seen;
}

describe('a mail server that misbehaves at its greeting', () => {
  it.each(
    withEach<readonly [string, Part['greeting'], string]>([
      ['hangs up', hangUp, 'protocol-error'],
      ['breaks off', reset, 'protocol-error'],
      ['floods with bytes', flooding('x'), 'protocol-error'],
      ['floods with lines', flooding('220-x\r\n'), 'protocol-error'],
      ['says a line of 1 MB', 'x'.repeat(1_048_576), 'protocol-error'],
      ['speaks HTTP', 'HTTP/1.1 400 Bad Request', 'protocol-error'],
      ['says only NUL', '\0\0\0\0', 'protocol-error'],
      ['says an empty line', '\r', 'protocol-error'],
      ['says bytes that are no text', (socket) => socket.write(Buffer.from([0xff, 0xfe, 0xc3, 10])), 'protocol-error'],
      ['drips without a line', dripping('x'), 'timeout'],
    ]),
  )('%s: %s', async (_kind, _how, kind, [, greeting, reason]) => {
    await using server = await lineServer({ greeting });

    expect(await lookAt(kind, server, {}, reason === 'timeout' ? 200 : 2000)).toMatchObject({ status: 'down', reason });
  });

  it('keeps a tarpit no longer than its deadline', async () => {
    await using server = await lineServer({ greeting: dripping('220-wait\r\n') });

    const seen = await lookAt(kinds[0], server, {}, 300);

    expect(seen).toMatchObject({ reason: 'timeout', message: expect.stringContaining('takes too long before its greeting') });
  });

  it.each([
    '220 \u001b[2J\u001b]0;owned\u0007 mail',
    '220 mail\0\u0007\u009b31m',
    '554 no\rBcc: everybody@example.com',
    '554 <script>alert(1)</script>\u202e\u2028',
  ])('shows %j as one harmless line', async (greeting) => {
    await using server = await lineServer(fineBut('smtp', { greeting }));

    expect((await lookAt(kinds[0], server)).message).toMatch(/mail|no Bcc|script/);
  });
});

describe('a mail server that misbehaves after its greeting', () => {
  it.each(
    withEach<readonly [string, Part['greeting'], string]>([
      ['hangs up', hangUp, 'protocol-error'],
      ['breaks off', reset, 'protocol-error'],
      ['is silent', '', 'timeout'],
      ['floods with bytes', flooding('x'), 'protocol-error'],
      ['says nonsense', '??', 'protocol-error'],
      ['announces a literal without end', `* X {99999999999}\r\n${'x'.repeat(70_000)}`, 'protocol-error'],
    ]),
  )('%s: %s', async (_kind, _how, kind, [, act, reason]) => {
    await using server = await lineServer(fineBut(kind.kind, { lines: [[kind.hello, act]] }));

    expect(await lookAt(kind, server, {}, reason === 'timeout' ? 200 : 2000)).toMatchObject({ status: 'down', reason });
  });

  it.each([
    ['smtp', '250-x\r\n'],
    ['imap', '* OK still here\r\n'],
    ['pop3', '+OK\r\n'],
  ] as const)('%s: whose answer never ends, quick or slow', async (name, line) => {
    const kind = kinds.find((one) => one.kind === name) ?? kinds[0];
    await using quick = await lineServer(fineBut(name, { lines: [[kind.hello, flooding(line)]] }));
    await using slow = await lineServer(fineBut(name, { lines: [[kind.hello, dripping(line)]] }));

    expect(await lookAt(kind, quick)).toMatchObject({ reason: 'protocol-error' });
    expect(await lookAt(kind, slow, {}, 300)).toMatchObject({ reason: 'timeout' });
  });

  it.each([
    ['does not say goodbye', ''],
    ['hangs up instead of saying goodbye', hangUp],
  ])('%s, and is up all the same', async (_how, act) => {
    await using server = await lineServer(fineBut('smtp', { lines: [['QUIT', act]] }));

    expect(await lookAt(kinds[0], server)).toMatchObject({ status: 'up' });
  });
});

describe('a mail server that misbehaves about TLS', () => {
  const offering = ({ kind, hello, offer, start }: Kind, act: Part['greeting']): Part =>
    fineBut(kind, {
      lines: [
        [hello, offer],
        [start, act],
      ],
    });

  it.each(
    withEach<readonly [string, (kind: Kind) => Part['greeting'], string]>([
      ['hangs up', () => hangUp, 'protocol-error'],
      ['is silent', () => '', 'timeout'],
      [
        'agrees and hangs up',
        ({ agreed }) =>
          (socket) =>
            socket.end(`${agreed}\r\n`),
        'tls-handshake',
      ],
      ['agrees and is silent', ({ agreed }) => agreed, 'timeout'],
      ['agrees and says more in the same breath', ({ agreed }) => `${agreed}\r\n250 injected`, 'protocol-error'],
      [
        'agrees and goes on in clear',
        ({ agreed }) =>
          (socket) => {
            socket.write(`${agreed}\r\n`);
            socket.once('data', () => socket.write('250 injected\r\n'));
          },
        'tls-handshake',
      ],
    ]),
  )('%s: %s', async (_kind, _how, kind, [, act, reason]) => {
    await using server = await lineServer(offering(kind, act(kind)));

    const seen = await lookAt(kind, server, {}, reason === 'timeout' ? 250 : 2000);

    expect(seen).toMatchObject({ status: 'down', reason });
  });

  it.each(kinds.map((kind) => [kind.kind, kind] as const))('%s: hears nothing that was said before TLS', async (_kind, kind) => {
    const heard: string[] = [];
    const pair = authority.issue('DNS:localhost');
    const without = { smtp: '250 x', imap: '* CAPABILITY IMAP4rev1\r\na OK done', pop3: '-ERR what?' }[kind.kind];
    const act = turnToTls(kind.agreed, pair, () => heard, [
      [kind.hello, without],
      ['', hangUp],
    ]);
    await using server = await lineServer(offering(kind, act));

    const seen = await lookAt(kind, server, { ca: authority.caFile }, 3000);

    expect(seen).toMatchObject({ status: 'up', certificate: { status: 'up' } });
    expect(heard[0]).toMatch(new RegExp(`^${kind.hello}`));
  });

  it.each(
    withEach<readonly [string, () => { readonly key: string; readonly cert: string }, string, boolean]>([
      [
        'an expired certificate',
        () => authority.issue('DNS:localhost', '20200101000000Z', '20210203000000Z'),
        'tls-expired',
        true,
      ],
      ['one for another name', () => authority.issue('DNS:other.example'), 'tls-name-mismatch', false],
      ['a self-signed one', () => authority.selfSigned('DNS:localhost'), 'tls-untrusted', false],
    ]),
  )('%s: shows %s', async (_kind, _how, kind, [, pair, reason, isSeen]) => {
    const heard: string[] = [];
    await using server = await lineServer(
      offering(
        kind,
        turnToTls(kind.agreed, pair(), () => heard, []),
      ),
    );

    const seen = await lookAt(kind, server, { ca: authority.caFile, auth: { user: 'anna', password: 'secret' } });

    expect(seen).toMatchObject({ status: 'down', reason });
    expect(seen.certificate?.reason).toBe(isSeen ? 'tls-expired' : undefined);
    expect(heard).toEqual([]);
  });

  it.each(kinds.map((kind) => [kind.kind, kind] as const))(
    '%s: no password goes to another machine where STARTTLS is stripped',
    async (_kind, kind) => {
      way.isFar = true;
      await using server = await lineServer(fineBut(kind.kind, {}));
      const auth = { user: 'anna', password: secret('opensesame') };

      expect(await lookAt(kind, server, { auth })).toMatchObject({ status: 'down', reason: 'tls-handshake' });
      expect(await lookAt(kind, server, { auth, tls: 'off' })).toMatchObject({ status: 'unknown' });
      expect(server.heard.join()).not.toMatch(/AUTH|LOGIN|USER|PASS/);
    },
  );
});

describe('a password', () => {
  const password = 'open"sesame';
  const auth = { user: secret('anna@office'), password: secret(password) };
  const echoes = [
    password,
    Buffer.from(password).toString('base64'),
    Buffer.from(`\0anna@office\0${password}`).toString('base64'),
    'open\u001b[0m"sesame',
    `${'x'.repeat(110)}${password}`,
    'anna@office',
  ];

  it.each(kinds.flatMap((kind) => echoes.map((echo) => [kind.kind, echo, kind] as const)))(
    '%s: that is sent back as %j is shown nowhere',
    async (_kind, echo, kind) => {
      const refusal = { smtp: `535 ${echo}`, imap: `a NO ${echo}`, pop3: `-ERR ${echo}` }[kind.kind];
      const lines = [
        ['AUTH', '334 '],
        ['a AUTH', '+ '],
        ['USER', '+OK'],
        ['PASS', refusal],
        ['AG', refusal],
      ] as const;
      await using server = await lineServer(fineBut(kind.kind, { lines }));

      const seen = await lookAt(kind, server, { auth });

      expect(seen).toMatchObject({ reason: 'auth-failed' });
      for (const part of ['open', 'sesame', 'anna', ...echoes.slice(1, 3).map((text) => text.slice(0, 12))]) {
        expect(JSON.stringify(seen)).not.toContain(part);
      }
    },
  );
});
