import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { dns } from '../../src/probes/dns.ts';
import { deadServer, nameServer } from '../net/support/dns-server.ts';
import { look } from './support/look.ts';

interface Hostile extends AsyncDisposable {
  readonly server: string;
  readonly questions: number;
}

type Reply = (query: Buffer, send: (answer: Buffer) => void) => void;

/** A name server on UDP and TCP of the same port that replies as told. */
async function hostile(overUdp: Reply, overTcp: Reply = () => {}): Promise<Hostile> {
  const tcp = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (data: Buffer) =>
      overTcp(data.subarray(2), (answer) => socket.write(Buffer.concat([number(answer.length), answer]))),
    );
  });
  const udp = await boundBeside(tcp);
  let questions = 0;
  udp.on('message', (query, peer: RemoteInfo) => {
    questions += 1;
    overUdp(query, (answer) => udp.send(answer, peer.port, peer.address));
  });
  const { port } = udp.address();
  return {
    server: `127.0.0.1:${port}`,
    get questions() {
      return questions;
    },
    [Symbol.asyncDispose]: async () => {
      udp.close();
      tcp.close();
    },
  };
}

/** Lets `tcp` listen on a port that is free for UDP as well, and gives the socket for that. */
async function boundBeside(tcp: Server): Promise<Socket> {
  for (let tries = 0; tries < 20; tries += 1) {
    const udp = createSocket('udp4');
    await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
    const listening = once(tcp, 'listening').then(
      () => true,
      () => false,
    );
    tcp.listen(udp.address().port, '127.0.0.1');
    if (await listening) return udp;
    udp.close();
  }
  throw new Error('no port is free for both');
}

function number(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255]);
}

/** The question with its id, these flags and these records. */
function answerTo(query: Buffer, flags: number, ...records: readonly Buffer[]): Buffer {
  let end = 12;
  while ((query[end] ?? 0) > 0) end += (query[end] ?? 0) + 1;
  const head = Buffer.concat([query.subarray(0, 2), number(flags), number(1), number(records.length), Buffer.alloc(4)]);
  return Buffer.concat([head, query.subarray(12, end + 5), ...records]);
}

/** A record of class IN about `owner`. */
function record(owner: Buffer, type: number, data: Buffer): Buffer {
  return Buffer.concat([owner, number(type), number(1), Buffer.from([0, 0, 0, 60]), number(data.length), data]);
}

const asked = Buffer.from([0xc0, 12]);
const answered = 0x8180;
const cut = 0x8380;
const name = (label: string) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label), Buffer.from([0])]);
const text = (words: string) => record(asked, 16, Buffer.concat([Buffer.from([words.length]), Buffer.from(words, 'latin1')]));

/** Looks at `x.example` there. */
function lookAt({ server }: Hostile, written: object = {}, timeoutMs = 2000) {
  return look(dns, 'x.example', { resolver: server, ...written }, { timeoutMs });
}

describe('a DNS check of a hostile name server', () => {
  it.each<[string, Reply, string]>([
    ['says nothing', () => {}, 'timeout'],
    [
      'answers under another id',
      (query, send) => send(answerTo(Buffer.concat([Buffer.from('??'), query.subarray(2)]), answered)),
      'timeout',
    ],
    [
      'answers another question',
      (query, send) => {
        const other = Buffer.from(query);
        other.write('y', 13);
        send(answerTo(other, answered, record(asked, 1, Buffer.from([192, 0, 2, 66]))));
      },
      'timeout',
    ],
  ])('ends at its deadline when that %s', async (_what, reply, reason) => {
    await using peer = await hostile(reply);
    const begun = performance.now();

    const seen = await lookAt(peer, {}, 300);

    expect(seen).toMatchObject({ status: 'down', reason, message: expect.stringContaining('no answer about x.example') });
    expect(performance.now() - begun).toBeLessThan(3000);
  });

  it.each<[string, Reply, string]>([
    ['sends half of a header', (query, send) => send(query.subarray(0, 5)), 'protocol-error'],
    [
      'promises more records than there are',
      (query, send) => {
        const answer = answerTo(query, answered, record(asked, 1, Buffer.from([192, 0, 2, 1])));
        answer.writeUInt16BE(9000, 6);
        send(answer);
      },
      'protocol-error',
    ],
    [
      'points at itself without end',
      (query, send) => send(answerTo(query, answered, record(Buffer.from([0xc0, 29]), 1, Buffer.alloc(4)))),
      'protocol-error',
    ],
    [
      'has an address of three bytes',
      (query, send) => send(answerTo(query, answered, record(asked, 1, Buffer.alloc(3)))),
      'protocol-error',
    ],
    [
      'leads in a circle',
      (query, send) =>
        send(
          answerTo(
            query,
            answered,
            record(asked, 5, name('a')),
            record(name('a'), 5, name('b')),
            record(name('b'), 5, name('a')),
          ),
        ),
      'dns-failure',
    ],
    ['has made up a code', (query, send) => send(answerTo(query, 0x818b)), 'dns-failure'],
    ['answers with the question', (query, send) => send(query), 'dns-failure'],
    ['does not do such things', (query, send) => send(answerTo(query, 0x8184)), 'dns-failure'],
    ['finds the question malformed', (query, send) => send(answerTo(query, 0x8181)), 'dns-failure'],
  ])('is down when that %s', async (_what, reply, reason) => {
    await using peer = await hostile(reply);

    expect(await lookAt(peer)).toMatchObject({ status: 'down', reason });
    expect(peer.questions).toBeLessThanOrEqual(10);
  });

  it('takes 60 kB over TCP where UDP was cut, and shows little of it', async () => {
    const records = Array.from({ length: 250 }, (_, index) => text(`${index}`.padEnd(220, '.')));
    await using peer = await hostile(
      (query, send) => send(answerTo(query, cut)),
      (query, send) => send(answerTo(query, answered, ...records)),
    );

    const seen = await lookAt(peer, { type: 'TXT', expect: '/^249\\.+$/' });

    expect(seen).toMatchObject({
      status: 'up',
      measures: expect.arrayContaining([{ name: 'answers', value: 250, unit: 'count' }]),
    });
    expect(seen.message.length).toBeLessThanOrEqual(300);
  });

  it('ends at its deadline when UDP is cut and TCP then says nothing', async () => {
    await using peer = await hostile((query, send) => send(answerTo(query, cut)));

    expect(await lookAt(peer, {}, 300)).toMatchObject({ status: 'down', reason: 'timeout' });
  });

  it.each(['\u001b[2Jred', 'a\0b', '\r\nBcc: victim@example.com', '<script>alert(1)</script>'])(
    'has a clean message for the text %j',
    async (words) => {
      await using peer = await hostile((query, send) => send(answerTo(query, answered, text(words))));

      const { message } = await lookAt(peer, { type: 'TXT', expect: 'never' });

      // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the point
      expect(message).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    },
  );

  it('does not blame it for an expression that takes too long', async () => {
    await using peer = await hostile((query, send) => send(answerTo(query, answered, text(`${'a'.repeat(40)}!`))));

    expect(await lookAt(peer, { type: 'TXT', expect: '/^(a+)+$/' })).toMatchObject({ status: 'unknown' });
  });
});

describe('a DNS check', () => {
  it('says that nothing listens there, or that this machine could not ask', async () => {
    const [server] = await deadServer();

    expect(await look(dns, 'x.example', { resolver: server })).toMatchObject({ status: 'down', reason: 'port-closed' });
    expect(await look(dns, 'x.example', { resolver: '255.255.255.255' })).toMatchObject({ status: 'unknown', message: /EACCES/ });
  });

  it('hears an answer that is slow, and asks anew every time', async () => {
    await using peer = await hostile((query, send) =>
      setTimeout(() => send(answerTo(query, answered, record(asked, 1, Buffer.from([192, 0, 2, 1])))), 700),
    );

    const first = await lookAt(peer, {}, 3000);
    const second = await lookAt(peer, {}, 3000);

    expect([first.status, second.status]).toEqual(['up', 'up']);
    expect(peer.questions).toBeGreaterThanOrEqual(2);
  });

  it('looks at one name server many times at once; an end of one look is no end of another', async () => {
    await using peer = await nameServer({ 'x.example': { a: ['192.0.2.1'] }, 'silent.example': 'silent' });
    const written = { resolver: peer.servers[0] };
    const files = readdirSync('/proc/self/fd').length;

    const cut = Array.from({ length: 20 }, () =>
      look(dns, 'silent.example', written, { timeoutMs: 60_000, signal: AbortSignal.timeout(40) }),
    );
    const whole = Array.from({ length: 100 }, () => look(dns, 'x.example', written, { timeoutMs: 60_000 }));
    const [ended, seen] = await Promise.all([Promise.all(cut), Promise.all(whole)]);

    expect(ended.map(({ reason }) => reason)).toEqual(Array.from({ length: 20 }, () => 'timeout'));
    expect(seen.every(({ status }) => status === 'up')).toBe(true);
    await vi.waitFor(() => expect(readdirSync('/proc/self/fd').length).toBeLessThanOrEqual(files), 3000);
  });
});
