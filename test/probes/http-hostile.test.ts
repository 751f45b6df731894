import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Observation } from '../../src/core/observation.ts';
import { http } from '../../src/probes/http.ts';
import { answering, type Listening, onRequest, tcpServer } from '../net/support/servers.ts';
import { look } from './support/look.ts';

const crlf = '\r\n';
const ok = `HTTP/1.1 200 OK${crlf}`;

let server: Listening;
async function lookAt(listening: Promise<Listening>, written: object = {}, timeoutMs = 4000): Promise<Observation> {
  server = await listening;
  return look(http, `http://127.0.0.1:${server.port}/`, written, { timeoutMs });
}

/** Sends `first`, then `drop` every few milliseconds for as long as the connection lasts. */
function dripping(first: string, drop: string | Buffer, everyMs = 5): Promise<Listening> {
  return tcpServer((socket) =>
    onRequest(socket, () => {
      socket.write(first);
      const timer = setInterval(() => socket.write(drop), everyMs);
      socket.once('close', () => clearInterval(timer));
    }),
  );
}

/** Sends `first`, then `chunk` as fast as it is taken. */
function flooding(first: string, chunk: Buffer | string): Promise<Listening> {
  return tcpServer((socket) =>
    onRequest(socket, () => {
      socket.write(first);
      const pour = () => {
        while (!socket.destroyed && socket.write(chunk));
      };
      socket.on('drain', pour);
      pour();
    }),
  );
}

describe('a hostile web server', () => {
  let rssBefore = 0;
  let begun = 0;
  let bomb = Buffer.alloc(0);
  beforeAll(async () => {
    await import('axios');
    bomb = gzipSync(Buffer.alloc(100_000_000));
  });
  beforeEach(() => {
    rssBefore = process.memoryUsage().rss;
    begun = performance.now();
  });
  afterEach(async () => {
    expect(performance.now() - begun).toBeLessThan(3500);
    expect(process.memoryUsage().rss - rssBefore).toBeLessThan(60_000_000);
    await vi.waitFor(() => expect(server.open()).toBe(0));
    await server[Symbol.asyncDispose]();
  });

  /** A deadline that is meant to pass. */
  const soon = 300;
  const looking = { expect: { body: 'Anmelden' } };

  it('that accepts and says nothing ends at the deadline', async () => {
    expect(
      await lookAt(
        tcpServer(() => {}),
        {},
        soon,
      ),
    ).toMatchObject({ status: 'down', reason: 'timeout' });
  });

  it('that drips its headers ends at the deadline', async () => {
    expect(await lookAt(dripping(`${ok}X-Slow: `, 'x'), {}, soon)).toMatchObject({ status: 'down', reason: 'timeout' });
  });

  it.each([[{}], [looking]])('that drips its body ends at the deadline (%j)', async (written) => {
    expect(await lookAt(dripping(`${ok}${crlf}`, 'x'), written, soon)).toMatchObject({
      status: 'down',
      reason: 'timeout',
      message: expect.stringMatching(/^HTTP 200: the answer began but did not end in time \(\d+ bytes/),
    });
  });

  it('with a body without end is read to the limit and no further', async () => {
    const seen = await lookAt(flooding(`${ok}${crlf}`, Buffer.alloc(65_536, 'x')));

    expect(seen).toMatchObject({ status: 'up' });
    expect(seen.measures[1]).toEqual({ name: 'size', value: 1_048_576, unit: 'bytes' });
  });

  it('with a body without end is searched in its first MiB, which the message says', async () => {
    expect(await lookAt(flooding(`${ok}${crlf}`, Buffer.alloc(65_536, 'x')), looking)).toMatchObject({
      reason: 'content',
      message: expect.stringContaining("the body's first 1024 KiB does not contain"),
    });
  });

  it('with a gzip bomb is read to the limit after decompression', async () => {
    const answer = answering(`${ok}Content-Encoding: gzip${crlf}Content-Length: ${bomb.length}${crlf}${crlf}`, bomb);

    const seen = await lookAt(answer, looking);

    expect(seen).toMatchObject({ reason: 'content' });
    expect(seen.measures[1]?.value).toBe(1_048_576);
  });

  it('is not decompressed when nobody looks at the body', async () => {
    const seen = await lookAt(answering(`${ok}Content-Encoding: gzip${crlf}Content-Length: 4${crlf}${crlf}oops`));

    expect(seen).toMatchObject({ status: 'up' });
  });

  it('with broken compression is a broken protocol where the body counts', async () => {
    const seen = await lookAt(answering(`${ok}Content-Encoding: gzip${crlf}Content-Length: 4${crlf}${crlf}oops`), looking);

    expect(seen).toMatchObject({
      status: 'down',
      reason: 'protocol-error',
      message: expect.stringContaining('not compressed as its header says'),
    });
  });

  it.each<[string, string | Buffer]>([
    ['a header of 100 kB', `${ok}X-Long: ${'x'.repeat(100_000)}${crlf}${crlf}`],
    ['5000 headers', `${ok}${`X-Many: 1${crlf}`.repeat(5000)}${crlf}`],
    ['bad chunking', `${ok}Transfer-Encoding: chunked${crlf}${crlf}zz${crlf}oops`],
    ['an answer of HTTP/0.9', '<html>hello</html>'],
    ['an invalid status', `HTTP/1.1 abc${crlf}${crlf}`],
    ['an HTTP/2 preface', Buffer.from('000012040000000000000300000064', 'hex')],
    ['two lengths', `${ok}Content-Length: 2${crlf}Content-Length: 5${crlf}${crlf}hello`],
    ['random bytes', Buffer.from(Array.from({ length: 2000 }, (_, index) => (index * 73 + 11) % 256))],
    ['an SSH banner', `SSH-2.0-OpenSSH_9.2${crlf}`],
    ['no bytes at all', ''],
    ['a body shorter than its length', `${ok}Content-Length: 100${crlf}${crlf}short`],
    ['a chunked body that stops', `${ok}Transfer-Encoding: chunked${crlf}${crlf}5${crlf}hello${crlf}`],
  ])('with %s is a broken protocol', async (_what, bytes) => {
    expect(await lookAt(answering(bytes), looking)).toMatchObject({ status: 'down', reason: 'protocol-error' });
  });

  it('that switches protocols unasked ends at the deadline', async () => {
    const answer = `HTTP/1.1 101 Switching Protocols${crlf}Upgrade: websocket${crlf}Connection: Upgrade${crlf}${crlf}`;

    expect(await lookAt(answering(answer), {}, soon)).toMatchObject({ status: 'down', reason: 'timeout' });
  });

  it('that resets the connection is a broken protocol', async () => {
    const resetting = tcpServer((socket) => onRequest(socket, () => socket.resetAndDestroy()));

    expect(await lookAt(resetting)).toMatchObject({ status: 'down', reason: 'protocol-error' });
  });

  it('that resets within the body is a broken protocol', async () => {
    const resetting = tcpServer((socket) =>
      onRequest(socket, () =>
        socket.write(`${ok}Content-Length: 100${crlf}${crlf}begin`, () => setTimeout(() => socket.resetAndDestroy(), 20)),
      ),
    );

    expect(await lookAt(resetting)).toMatchObject({ status: 'down', reason: 'protocol-error' });
  });

  it('with a flood of interim answers ends at the deadline', async () => {
    expect(await lookAt(dripping('', `HTTP/1.1 100 Continue${crlf}${crlf}`.repeat(100), 1), {}, soon)).toMatchObject({
      status: 'down',
      reason: 'timeout',
    });
  });

  it('that answers more than once is taken at its first word', async () => {
    const answer = `${ok}Content-Length: 2${crlf}${crlf}ok`;

    expect(await lookAt(answering(`${answer}HTTP/1.1 500 No${crlf}${crlf}`))).toMatchObject({ status: 'up' });
  });

  it('cannot put control characters, colours or line breaks into the message', async () => {
    const seen = await lookAt(
      answering(`HTTP/1.1 500 \u001b[31mBad\u0000\u0007 \u202eThing${crlf}Content-Length: 0${crlf}${crlf}`),
    );

    // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the point
    expect(seen.message).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    expect(seen).toMatchObject({ status: 'down' });
  });

  it('with a reason phrase of any length has a short message', async () => {
    const seen = await lookAt(answering(`HTTP/1.1 500 ${'<b>x</b>'.repeat(1000)}${crlf}Content-Length: 0${crlf}${crlf}`));

    expect(seen.message.length).toBeLessThanOrEqual(300);
  });
});
