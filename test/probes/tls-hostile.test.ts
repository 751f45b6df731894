import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Observation } from '../../src/core/observation.ts';
import { tls } from '../../src/probes/tls.ts';
import { oneLine } from '../../src/texts/clean.ts';
import { type Authority, certificationAuthority, daysFromNow, distantPast } from '../net/support/certificates.ts';
import { type Listening, tcpServer, tlsServer } from '../net/support/servers.ts';
import { look } from './support/look.ts';

let authority: Authority;
beforeAll(() => {
  authority = certificationAuthority();
});
afterAll(() => authority[Symbol.dispose]());

const here = 'DNS:localhost';
const closeNotify = Buffer.from('15030300020100', 'hex');
const unusedWarning = Buffer.from('1503030002015a', 'hex');
const helloRequest = Buffer.from('160303000400000000', 'hex');
const emptyRecord = Buffer.from('1603030000', 'hex');
/** The head of a handshake record of 16 KiB, of which nothing more comes. */
const halfRecord = Buffer.from('160303400002', 'hex');

/** A server that answers a client's first words with `act`. */
function answeringHello(act: (socket: Socket) => void): Promise<Listening> {
  return tcpServer((socket) => socket.once('data', () => act(socket)));
}

/** Sends `bytes` without end, as fast as they are taken. */
function pouring(bytes: Buffer): (socket: Socket) => void {
  const much = Buffer.concat(Array<Buffer>(1000).fill(bytes));
  return (socket) => {
    const pour = () => {
      while (!socket.destroyed && socket.write(much));
    };
    socket.on('drain', pour);
    pour();
  };
}

/** Sends `bytes` every few milliseconds without end. */
function dripping(bytes: Buffer): (socket: Socket) => void {
  return (socket) => {
    const timer = setInterval(() => socket.write(bytes), 5);
    socket.once('close', () => clearInterval(timer));
  };
}

async function lookAt(listening: Promise<Listening>, timeoutMs = 700): Promise<Observation & { readonly tookMs: number }> {
  await using server = await listening;
  const begun = performance.now();
  const seen = await look(tls, `localhost:${server.port}`, { ca: authority.caFile }, { timeoutMs });
  const tookMs = performance.now() - begun;
  await vi.waitFor(() => expect(server.open()).toBe(0), 2000);
  return { ...seen, tookMs };
}

describe('a hostile TLS server', () => {
  it.each<[string, (socket: Socket) => void, string]>([
    ['is silent after the hello', () => {}, 'timeout'],
    ['stops in the middle of a record', (socket) => socket.write(halfRecord), 'timeout'],
    ['drips empty warnings', dripping(unusedWarning), 'tls-handshake'],
    ['pours warnings', pouring(unusedWarning), 'tls-handshake'],
    ['pours empty records', pouring(emptyRecord), 'tls-handshake'],
    ['pours hello requests', pouring(helloRequest), 'tls-handshake'],
    ['pours random bytes', pouring(Buffer.from('0123456789abcdef'.repeat(8), 'hex')), 'tls-handshake'],
    ['says goodbye at once', (socket) => socket.end(closeNotify), 'tls-handshake'],
    ['resets the connection', (socket) => socket.resetAndDestroy(), 'tls-handshake'],
    ['speaks plain HTTP', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), 'tls-handshake'],
  ])('that %s is down in time', async (_what, act, reason) => {
    const seen = await lookAt(answeringHello(act));

    expect(seen).toMatchObject({ status: 'down', reason });
    expect(seen.message).toBe(oneLine(seen.message));
    expect(seen.tookMs).toBeLessThan(1500);
  });

  it('that speaks before it is asked is down in time', async () => {
    expect(await lookAt(tcpServer((socket) => socket.write('* OK IMAP4rev1 ready\r\n')))).toMatchObject({
      reason: 'tls-handshake',
      message: expect.stringContaining('does not speak TLS on this port'),
    });
  });

  it('that sends certificates without measure is refused', async () => {
    const pair = authority.issue(here);
    const cert = pair.cert + authority.intermediate('Ballast').pem.repeat(400);

    expect(
      await lookAt(
        tlsServer({ ...pair, cert }, () => {}),
        3000,
      ),
    ).toMatchObject({ status: 'down', reason: 'tls-handshake' });
  });

  it('that sends many certificates in a circle is looked at as far as it makes sense', async () => {
    const pair = authority.issue(here, distantPast, daysFromNow(9.05));
    const cert = pair.cert + (authority.ca + authority.intermediate('Round').pem).repeat(20);

    expect(
      await lookAt(
        tlsServer({ ...pair, cert }, () => {}),
        3000,
      ),
    ).toMatchObject({ status: 'up', measures: [{ value: 9 }, {}] });
  });

  it('that pours data after the handshake costs nothing: it is left at once', async () => {
    const before = process.memoryUsage().rss;

    const seen = await lookAt(tlsServer(authority.issue(here), pouring(Buffer.alloc(1024, 'x'))), 3000);

    expect(seen).toMatchObject({ status: 'up' });
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 2 ** 20);
  });

  it.each([
    '\u001b[2J\u001b[31mred',
    '\u202egnp.exe',
    '<script>alert(1)</script>',
    'x\u2028Bcc: victim@example.com',
    'long '.repeat(12),
  ])('with an authority named %j gets a clean message', async (name) => {
    const issuer = authority.intermediate(name, distantPast, daysFromNow(5));

    const seen = await lookAt(
      tlsServer(issuer.issue(here), () => {}),
      3000,
    );

    expect(seen).toMatchObject({ status: 'up', message: expect.stringContaining('rests on that of') });
    for (const text of [seen.message, ...seen.evidence]) expect(text).toBe(oneLine(text));
  });

  it('is given up without a trace when the look is called off', async () => {
    await using server = await answeringHello((socket) => socket.write(halfRecord));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);

    const seen = await look(tls, `localhost:${server.port}`, {}, { signal: controller.signal });

    expect(seen).toMatchObject({ reason: 'timeout' });
    await vi.waitFor(() => expect(server.open()).toBe(0), 2000);
  });
});
