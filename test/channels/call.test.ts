import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { call, shortened } from '../../src/channels/support/call.ts';
import { certificationAuthority } from '../net/support/certificates.ts';
import { answering, type Listening, onRequest, tcpServer } from '../net/support/servers.ts';
import { openHook, status } from '../support/hook.ts';

function post(url: string, withinMs = 5000) {
  return call({ url, method: 'POST', body: '{"a":1}', signal: AbortSignal.timeout(withinMs) });
}

async function posted(server: Promise<Listening>, withinMs?: number) {
  await using listening = await server;
  return await post(`http://127.0.0.1:${listening.port}/x`, withinMs);
}

describe('the status of an answer', () => {
  it.each([
    [200, 'sent'],
    [202, 'sent'],
    [204, 'sent'],
    [301, 'refused'],
    [302, 'refused'],
    [304, 'refused'],
    [400, 'refused'],
    [401, 'refused'],
    [403, 'refused'],
    [404, 'refused'],
    [408, 'retry'],
    [410, 'refused'],
    [413, 'refused'],
    [422, 'refused'],
    [425, 'retry'],
    [429, 'retry'],
    [500, 'retry'],
    [502, 'retry'],
    [503, 'retry'],
    [507, 'retry'],
    [599, 'retry'],
  ])('%d means %s', async (code, state) => {
    await using hook = await openHook(status(code));

    expect((await post(`${hook.origin}/x`)).state).toBe(state);
    expect(hook.calls).toHaveLength(1);
  });

  it('of a redirect names where it leads by its origin, and goes nowhere', async () => {
    await using other = await openHook();
    await using hook = await openHook(status(307, 'moved', { Location: `${other.origin}/canary?token=canary` }));

    const outcome = await post(`${hook.origin}/x`);

    expect(outcome).toEqual({
      state: 'refused',
      response: `HTTP 307 Temporary Redirect: redirects are not followed; write the address where it ends (it leads to ${other.origin})`,
    });
    expect(other.calls).toEqual([]);
  });

  it('counts although the body does not come', async () => {
    const slow = (code: string) =>
      tcpServer((socket) => onRequest(socket, () => socket.write(`HTTP/1.1 ${code}\r\nContent-Length: 9\r\n\r\nabc`)));

    expect((await posted(slow('200 OK'), 300)).state).toBe('sent');
    expect((await posted(slow('503 No'), 300)).state).toBe('retry');
    expect((await posted(slow('410 Gone'), 300)).state).toBe('refused');
  });
});

describe('whether the request has left', () => {
  it.each([
    ['a name that does not exist', 'http://no-such-name.invalid/x'],
    ['an address nobody has', 'http://127.0.0.1:1/x'],
  ])('%s: surely not', async (_, url) => {
    expect((await post(url, 3000)).state).toBe('retry');
  });

  it('TLS that is none: surely not', async () => {
    await using server = await answering('HTTP/1.1 200 OK\r\n\r\n');

    expect((await post(`https://127.0.0.1:${server.port}/x`)).state).toBe('retry');
  });

  it('a certificate that nobody vouches for: surely not', async () => {
    using authority = certificationAuthority();
    const server = createServer(authority.issue('IP:127.0.0.1'), (_, response) => response.end('ok'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));

    const outcome = await post(`https://127.0.0.1:${(server.address() as AddressInfo).port}/x`);
    await new Promise((resolve) => server.close(resolve));

    expect(outcome.state).toBe('retry');
    expect(outcome.response).toContain('certificate');
  });

  it.each<[string, () => Promise<Listening>]>([
    ['nothing', () => tcpServer((socket) => onRequest(socket, () => {}))],
    ['the end of the line', () => tcpServer((socket) => onRequest(socket, () => socket.destroy()))],
    ['what is no HTTP', () => answering('250 ok\r\n')],
    [
      'headers without an end',
      () => tcpServer((socket) => onRequest(socket, () => setInterval(() => socket.write('X: y\r\n'), 5).unref())),
    ],
    ['a header of 100 kB', () => answering(`HTTP/1.1 200 OK\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`)],
  ])('an answer that is %s: who knows', async (_, server) => {
    expect((await posted(server(), 400)).state).toBe('uncertain');
  });
});

describe('the deadline of a call', () => {
  afterEach(() => vi.restoreAllMocks());

  it('is half a minute for all of it, although nobody else sets one', async () => {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    const asked = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(200));
    await using hook = await openHook(() => {});

    const { state } = await call({ url: hook.origin, method: 'POST', body: '{}', signal: new AbortController().signal });

    expect(state).toBe('uncertain');
    expect(asked).toHaveBeenCalledWith(30_000);
  });
});

describe('an answer out of measure', () => {
  it.each<[string, () => Promise<Listening>]>([
    ['a body without an end', () => tcpServer((socket) => onRequest(socket, () => endless(socket.write.bind(socket))))],
    ['a bomb', () => answering('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n', gzipSync(Buffer.alloc(50_000_000)))],
    ['control characters', () => answering('HTTP/1.1 200 \u001b[31mOK\r\n\r\n\u001b[2J\u0000\u202eevil\nsecond line')],
  ])('is cut: %s', async (_, server) => {
    const { state, response } = await posted(server(), 5000);

    expect(state).toBe('sent');
    expect(response.length).toBeLessThan(20_000);
    expect(response).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

function endless(write: (text: string) => unknown): void {
  write('HTTP/1.1 200 OK\r\n\r\n');
  const timer = setInterval(() => write('x'.repeat(65_536)), 1).unref();
  setTimeout(() => clearInterval(timer), 3000).unref();
}

describe('a proxy in the environment', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is not used', async () => {
    await using proxy = await openHook();
    await using hook = await openHook();
    for (const name of ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy']) vi.stubEnv(name, proxy.origin);

    await post(`${hook.origin}/x`);

    expect([hook.calls.length, proxy.calls.length]).toEqual([1, 0]);
  });
});

describe('a text that is too long', () => {
  it.each([
    ['a\nb\nc', 100, 'a\nb\nc'],
    ['first line\nsecond line\nthird line', 26, 'first line\nsecond line\n…'],
    ['ü'.repeat(20), 20, `${'ü'.repeat(8)}\n…`],
    ['🖨'.repeat(20), 21, '🖨🖨🖨🖨\n…'],
  ])('%j to %d bytes is %j', (text, bytes, expected) => {
    expect(shortened(text, bytes)).toBe(expected);
    expect(Buffer.byteLength(shortened(text, bytes))).toBeLessThanOrEqual(bytes);
  });
});
