import { describe, expect, it, vi } from 'vitest';
import { connectTo } from '../../src/net/connect.ts';
import { connectFailure } from '../../src/net/failure.ts';
import type { Resolver } from '../../src/net/resolver.ts';
import { closedPort, tcpServer } from './support/servers.ts';

function resolverTo(...addresses: readonly string[]): Resolver {
  const list = addresses.map((address) => ({ address, family: address.includes(':') ? (6 as const) : (4 as const) }));
  return { resolve: async () => ({ ok: true, addresses: list as [(typeof list)[0], ...typeof list] }) };
}

describe('a connection', () => {
  it('is handed over open, with its address and times', async () => {
    await using server = await tcpServer(() => {});

    const connected = await connectTo({ host: 'localhost', port: server.port, signal: AbortSignal.timeout(2000) });

    expect(connected).toMatchObject({ ok: true, where: `127.0.0.1:${server.port}` });
    if (connected.ok) connected.socket.destroy();
    await vi.waitFor(() => expect(server.open()).toBe(0));
  });

  it('goes on to the next address when one refuses', async () => {
    await using server = await tcpServer(() => {});

    const connected = await connectTo({
      host: 'x',
      port: server.port,
      signal: AbortSignal.timeout(2000),
      resolver: resolverTo('127.0.0.2', '127.0.0.1'),
    });

    expect(connected).toMatchObject({ ok: true, where: `127.0.0.1:${server.port}` });
    if (connected.ok) connected.socket.destroy();
  });

  it('says where nothing listens, for the first address', async () => {
    const port = await closedPort();
    const resolver = resolverTo('127.0.0.1', '::1');

    const failure = await connectTo({ host: 'x', port, signal: AbortSignal.timeout(2000), resolver });

    expect(failure).toEqual({
      ok: false,
      failure: 'port-closed',
      text: `127.0.0.1:${port} refuses connections`,
      code: 'ECONNREFUSED',
    });
  });

  it('is not begun when the time is over, which says nothing about the other side', async () => {
    await using server = await tcpServer(() => {});

    const failure = await connectTo({ host: '127.0.0.1', port: server.port, signal: AbortSignal.abort() });

    expect(failure).toMatchObject({ ok: false, failure: 'local' });
    expect(server.accepted()).toBe(0);
  });

  it('says by a code, not only in words, that there is no way from here', async () => {
    const resolver = resolverTo('fe80::1%lo');

    const failure = await connectTo({ host: 'x', port: 22, signal: AbortSignal.timeout(2000), resolver });

    expect(failure).toMatchObject({ ok: false, failure: 'host-unreachable', code: 'ENETUNREACH' });
  });

  it.each([
    ['ECONNREFUSED', 'port-closed'],
    ['ETIMEDOUT', 'port-filtered'],
    ['EHOSTUNREACH', 'host-unreachable'],
    ['ENETUNREACH', 'host-unreachable'],
    ['EMFILE', 'local'],
    ['EADDRNOTAVAIL', 'local'],
    ['EPERM', 'local'],
    ['ECONNRESET', 'protocol-error'],
    ['', 'protocol-error'],
  ])('that fails with %s means %s', (code, failure) => {
    const told = connectFailure(Object.assign(new Error('x'), { code }), '192.0.2.1:80');

    expect(told).toMatchObject({ ok: false, failure });
    expect(told.code).toBe(code === '' ? undefined : code);
  });
});
