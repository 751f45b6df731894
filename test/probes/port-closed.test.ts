import { describe, expect, it, vi } from 'vitest';
import type { Resolver } from '../../src/net/resolver.ts';
import { portClosed } from '../../src/probes/port-closed.ts';
import { filteredPort } from '../net/support/filtered-port.ts';
import { closedPort, tcpServer } from '../net/support/servers.ts';
import { look, optionsOf } from './support/look.ts';

function resolverTo(...addresses: readonly string[]): Resolver {
  const list = addresses.map((address) => ({ address, family: address.includes(':') ? (6 as const) : (4 as const) }));
  return { resolve: async () => ({ ok: true, addresses: list as [(typeof list)[0], ...typeof list] }) };
}

describe('the target of a check that a port is closed', () => {
  it.each<[string | number, string | null, string]>([
    ['office.example.com:3389', null, 'office.example.com:3389'],
    [3389, 'office.example.com', 'office.example.com:3389'],
    ['[2001:db8::1]:22', null, '[2001:db8::1]:22'],
  ])('%s with host %s is %s', (typed, host, shown) => {
    expect(portClosed.describe(optionsOf(portClosed, typed, {}, host))).toBe(shown);
  });

  it.each([null, 'office.example.com', 3389, 'a b:1'])('cannot be %j, and the message says what can', (typed) => {
    expect(() => optionsOf(portClosed, typed)).toThrow(/host:port such as office\.example\.com:3389/);
  });
});

describe('a check that a port is closed', () => {
  it('is up when connections are refused, and says so', async () => {
    const port = await closedPort();

    expect(await look(portClosed, `127.0.0.1:${port}`)).toMatchObject({
      status: 'up',
      message: `closed, as it should be: 127.0.0.1:${port} refuses connections`,
      measures: [{ name: 'open', value: 0, unit: 'count' }],
    });
  });

  it('takes any timeout', async () => {
    expect(await look(portClosed, `127.0.0.1:${await closedPort()}`, {}, { timeoutMs: 333 })).toMatchObject({ status: 'up' });
  });

  it('is down when somebody accepts, and closes the connection', async () => {
    await using server = await tcpServer((socket) => socket.write('hello'));

    const seen = await look(portClosed, server.port, {}, { host: 'localhost' });

    expect(seen).toMatchObject({ status: 'down', reason: 'content', measures: [{ name: 'open', value: 1, unit: 'count' }] });
    expect(seen.message).toBe(`127.0.0.1:${server.port} accepts connections and must not`);
    await vi.waitFor(() => expect(server.open()).toBe(0));
  });

  it('tries every address of a name', async () => {
    await using server = await tcpServer(() => {});
    const resolver = resolverTo('127.0.0.2', '127.0.0.3', '::1', '127.0.0.1');

    expect(await look(portClosed, `x:${server.port}`, {}, { resolver })).toMatchObject({ status: 'down', reason: 'content' });
  });

  it('tries the first eight addresses of a name, and no more', async () => {
    await using server = await tcpServer(() => {});
    const eight = Array.from({ length: 8 }, (_, index) => `127.0.0.${index + 2}`);

    for (const [addresses, status] of [
      [[...eight.slice(1), '127.0.0.1'], 'down'],
      [[...eight, '127.0.0.1'], 'up'],
    ] as const) {
      expect(await look(portClosed, `x:${server.port}`, {}, { resolver: resolverTo(...addresses) })).toMatchObject({ status });
    }
  });

  it('is up when nothing answers, without waiting for its whole time', async () => {
    await using filtered = await filteredPort();
    const begun = performance.now();

    const seen = await look(portClosed, `127.0.0.1:${filtered.port}`, {}, { timeoutMs: 60_000 });

    expect(seen).toMatchObject({ status: 'up', message: expect.stringContaining(`no answer from 127.0.0.1:${filtered.port}`) });
    expect(performance.now() - begun).toBeLessThan(4500);
  });

  it('proves nothing when it was cut short', async () => {
    await using filtered = await filteredPort();

    const seen = await look(portClosed, `127.0.0.1:${filtered.port}`, {}, { timeoutMs: 60_000, signal: AbortSignal.timeout(50) });

    expect(seen).toMatchObject({ status: 'unknown', message: expect.stringContaining('cannot be told') });
  });

  it('proves nothing about a name without an address', async () => {
    const resolver: Resolver = { resolve: async () => ({ ok: false, failure: 'dns-failure', text: 'no such name (NXDOMAIN)' }) };

    expect(await look(portClosed, 'gone.example:22', {}, { resolver })).toMatchObject({
      status: 'unknown',
      message: expect.stringContaining('no such name (NXDOMAIN); correct the name'),
    });
  });

  it.each(['255.255.255.255', 'fe80::1%lo'])('proves nothing when this machine cannot reach %s at all', async (address) => {
    expect(await look(portClosed, 'x:22', {}, { resolver: resolverTo(address) })).toMatchObject({ status: 'unknown' });
  });

  it('goes by the other addresses where there is no IPv6', async () => {
    const port = await closedPort();

    expect(await look(portClosed, `x:${port}`, {}, { resolver: resolverTo('127.0.0.1', 'fe80::1%lo') })).toMatchObject({
      status: 'up',
    });
  });
});
