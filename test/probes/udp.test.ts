import { describe, expect, it } from 'vitest';
import { secret } from '../../src/lib/secret.ts';
import { udp } from '../../src/probes/udp.ts';
import { closedUdpPort, udpServer } from '../net/support/datagrams.ts';
import { describeWith } from '../net/support/peers.ts';
import { look, optionsOf } from './support/look.ts';
import { named, namedProgram } from './support/named.ts';
import { chronyd, chronyProgram } from './support/time-server.ts';

const written = { send: 'ping', expect: 'pong' };

describe('a UDP check as it is written', () => {
  it.each<[string | number, string | null, string]>([
    ['radius:1812', null, 'radius:1812'],
    [1812, 'radius', 'radius:1812'],
    ['udp://[::1]:53', null, '[::1]:53'],
  ])('%s with host %s is %s', (typed, host, shown) => {
    expect(udp.describe(optionsOf(udp, typed, written, host))).toBe(shown);
  });

  it.each<[string | number | null, object, RegExp]>([
    [null, written, /udp needs host:port such as radius:1812/],
    ['radius', written, /host:port such as radius:1812/],
    [1812, written, /host:port/],
    ['radius:1812', {}, /expected a text, or bytes as/],
    ['radius:1812', { send: 'x' }, /expect/],
    ['radius:1812', { ...written, send: { hex: 1234 } }, /bytes in quotation marks/],
    ['radius:1812', { ...written, send: { hex: 'xyz' } }, /bytes of two digits each/],
    ['radius:1812', { ...written, expect: '/(/' }, /not a regular expression/],
  ])('%s with %j is refused, and the message says what is accepted', (typed, options, message) => {
    expect(() => optionsOf(udp, typed, options)).toThrow(message);
  });
});

/** A question for the name servers of the root, as bytes. */
const rootQuestion = { hex: '1d ea 00 00 00 01 00 00 00 00 00 00 00 00 02 00 01' };

describeWith(namedProgram, 'bind9', 'a UDP check of a real name server', () => {
  it('sends bytes and knows the answer by its bytes', async () => {
    await using peer = await named({});

    const seen = await look(udp, peer.server, { send: rootQuestion, expect: '/^\\x1d\\xea\\x80/' });

    expect(seen).toMatchObject({ status: 'up', message: expect.stringContaining('answers as expected after') });
  });
});

describeWith(chronyProgram, 'chrony', 'a UDP check of a real time server', () => {
  it('knows the answer by its length and first byte', async () => {
    await using peer = await chronyd('local stratum 8');

    const seen = await look(udp, `127.0.0.1:${peer.port}`, {
      send: { hex: `23${'00'.repeat(47)}` },
      expect: '/^\\x24\\x08[^]{46}$/',
    });

    expect(seen).toMatchObject({ status: 'up' });
  });
});

describe('a UDP check', () => {
  it.each([['ping'], [secret('ping')]])('sends a text and looks at the answer', async (send) => {
    await using server = await udpServer((datagram, answer) => answer(`grüße, you said ${datagram}`));

    const seen = await look(udp, `127.0.0.1:${server.port}`, { send, expect: 'grüße, you said ping' });

    expect(seen).toMatchObject({ status: 'up', measures: [{ name: 'time', value: expect.any(Number), unit: 'ms' }] });
  });

  it('is down when the answer is another one', async () => {
    await using server = await udpServer((_datagram, answer) => answer('busy'));

    expect(await look(udp, `127.0.0.1:${server.port}`, written)).toMatchObject({
      status: 'down',
      reason: 'content',
      message: `127.0.0.1:${server.port} answers "busy", expected pong`,
    });
  });

  it('repeats a question that was lost, four times at most', async () => {
    await using lossy = await udpServer((_datagram, answer, count) => count === 3 && answer('pong'));
    await using silent = await udpServer(() => {});

    expect(await look(udp, `127.0.0.1:${lossy.port}`, written, { timeoutMs: 1000 })).toMatchObject({ status: 'up' });
    expect(await look(udp, `127.0.0.1:${silent.port}`, written, { timeoutMs: 500 })).toMatchObject({
      status: 'down',
      reason: 'timeout',
      message: `no answer from 127.0.0.1:${silent.port}, asked 4 times`,
    });
    expect(silent.received.length).toBe(4);
  });

  it('is down when the machine says that nothing listens', async () => {
    const port = await closedUdpPort();

    expect(await look(udp, `127.0.0.1:${port}`, written)).toMatchObject({
      status: 'down',
      reason: 'port-closed',
      message: `nothing listens on UDP port 127.0.0.1:${port}`,
    });
  });

  it('hears nobody but the one it asked', async () => {
    await using stranger = await udpServer(() => {});
    await using server = await udpServer(() => {});
    const looking = look(udp, `127.0.0.1:${server.port}`, written, { timeoutMs: 300 });
    await expect.poll(() => server.received.length).toBeGreaterThan(0);

    stranger.sendTo(server.lastPeer(), 'pong');

    expect(await looking).toMatchObject({ status: 'down', reason: 'timeout' });
  });

  it('blames itself for what is too long for a datagram, or cannot be sent', async () => {
    const long = { ...written, send: 'x'.repeat(70_000) };

    expect(await look(udp, '127.0.0.1:9', long)).toMatchObject({
      status: 'unknown',
      message: expect.stringContaining('too long'),
    });
    expect(await look(udp, '255.255.255.255:9', written)).toMatchObject({ status: 'unknown' });
  });

  it.each(['', '\u001b[2Jred', 'a\0b', '\r\nBcc: victim@example.com', '<script>', '\u202egnp.exe', 'x'.repeat(60_000)])(
    'has a clean message for an answer such as %j',
    async (answer) => {
      await using server = await udpServer((_datagram, send) => send(answer));

      const seen = await look(udp, `127.0.0.1:${server.port}`, written);

      expect(seen).toMatchObject({ status: 'down', reason: 'content' });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the point
      expect(seen.message).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
      expect(seen.message.length).toBeLessThanOrEqual(300);
    },
  );

  it('does not blame the target for an expression that takes too long', async () => {
    await using server = await udpServer((_datagram, send) => send(`${'a'.repeat(40)}!`));

    expect(await look(udp, `127.0.0.1:${server.port}`, { ...written, expect: '/^(a+)+$/' })).toMatchObject({ status: 'unknown' });
  });
});
