import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { askByDatagram, type DatagramRequest } from '../../src/net/datagram.ts';
import type { Resolver } from '../../src/net/resolver.ts';
import { closedUdpPort, udpServer } from './support/datagrams.ts';

function resolverTo(...addresses: readonly string[]): Resolver {
  const list = addresses.map((address) => ({ address, family: address.includes(':') ? (6 as const) : (4 as const) }));
  return { resolve: async () => ({ ok: true, addresses: list as [(typeof list)[0], ...typeof list] }) };
}

function ask(port: number, rest: Partial<DatagramRequest<string>> = {}) {
  return askByDatagram({
    host: '127.0.0.1',
    port,
    signal: AbortSignal.timeout(2000),
    make: () => Buffer.from('?'),
    read: (datagram) => datagram.toString(),
    repeatMs: 50,
    ...rest,
  });
}

/** UDP sockets that this process holds. */
function held(): number {
  return process.getActiveResourcesInfo().filter((name) => name.startsWith('UDP')).length;
}

describe('a question by datagram', () => {
  it('is answered, and leaves no socket behind', async () => {
    await using server = await udpServer((_datagram, send) => send('!'));
    const before = held();
    const { signal } = new AbortController();

    const answered = await ask(server.port, { signal });

    expect(answered).toEqual({ ok: true, answer: '!', where: `127.0.0.1:${server.port}` });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    await vi.waitFor(() => expect(held()).toBeLessThanOrEqual(before));
  });

  it('goes to the next address where nothing listens, and tells the failure of the first', async () => {
    await using server = await udpServer((_datagram, send) => send('!'));
    const port = await closedUdpPort();

    const answered = await ask(server.port, { resolver: resolverTo('127.0.0.9', '127.0.0.1') });
    const failed = await ask(port, { resolver: resolverTo('127.0.0.9', '::1') });

    expect(answered).toMatchObject({ ok: true, where: `127.0.0.1:${server.port}` });
    expect(failed).toEqual({ ok: false, failure: 'port-closed', text: `nothing listens on UDP port 127.0.0.9:${port}` });
  });

  it('is not asked when there is no time', async () => {
    await using server = await udpServer((_datagram, send) => send('!'));

    expect(await ask(server.port, { signal: AbortSignal.abort() })).toMatchObject({ ok: false, failure: 'local' });
    expect(server.received.length).toBe(0);
  });

  it('waits on while what comes is no answer', async () => {
    await using server = await udpServer((_datagram, send) => ['a', 'b', '!'].forEach(send));

    const read = (datagram: Buffer) => (datagram.toString() === '!' ? 'yes' : null);

    expect(await ask(server.port, { read })).toMatchObject({ ok: true, answer: 'yes' });
    expect(await ask(server.port, { read: () => null, signal: AbortSignal.timeout(150) })).toMatchObject({
      failure: 'protocol-error',
    });
  });

  it('is made anew for each of four sendings at most', async () => {
    await using server = await udpServer(() => {});
    let made = 0;

    const failed = await ask(server.port, { make: () => Buffer.from(String(++made)), signal: AbortSignal.timeout(400) });

    expect(failed).toMatchObject({ failure: 'timeout' });
    expect(server.received.map(String)).toEqual(['1', '2', '3', '4']);
  });

  it.each([
    ['255.255.255.255', 'local'],
    ['fe80::1%lo', 'host-unreachable'],
  ])('to %s fails as %s', async (address, failure) => {
    expect(await ask(9, { resolver: resolverTo(address) })).toMatchObject({ ok: false, failure });
  });

  it('cannot be asked of a name without address', async () => {
    const resolver: Resolver = { resolve: async () => ({ ok: false, failure: 'dns-failure', text: 'no such name' }) };

    expect(await ask(9, { resolver })).toMatchObject({ failure: 'dns-failure', text: 'no such name' });
  });
});
