import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { failed } from '../../src/net/failure.ts';
import type { Resolver } from '../../src/net/resolver.ts';
import { type Place, tryInTurn } from '../../src/net/walk.ts';

function resolverTo(...addresses: readonly string[]): Resolver {
  const list = addresses.map((address) => ({ address, family: address.includes(':') ? (6 as const) : (4 as const) }));
  return { resolve: async () => ({ ok: true, addresses: list as [(typeof list)[0], ...typeof list] }) };
}

const signal = () => AbortSignal.timeout(5000);

/** Fails when it is told to stop. */
async function silent(place: Place) {
  await setTimeout(60_000, undefined, { signal: place.signal }).catch(() => {});
  return failed('timeout', `no answer from ${place.where}`);
}

describe('the addresses of a name', () => {
  it('are tried in turn until one is good, with brackets where they are of IPv6', async () => {
    const tried: string[] = [];
    const resolver = resolverTo('192.0.2.1', '2001:db8::1', '192.0.2.2');

    const reached = await tryInTurn({ host: 'x', port: 80, signal: signal(), resolver }, async ({ where }) => {
      tried.push(where);
      return tried.length === 2 ? { ok: true, what: 'hello' } : failed('port-closed', where);
    });

    expect(reached).toEqual({
      ok: true,
      result: { ok: true, what: 'hello' },
      where: '[2001:db8::1]:80',
      resolveMs: expect.any(Number),
    });
    expect(tried).toEqual(['192.0.2.1:80', '[2001:db8::1]:80']);
  });

  it('are four at most, and the failure of the first is told', async () => {
    const tried: string[] = [];
    const resolver = resolverTo('192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4', '192.0.2.5');

    const reached = await tryInTurn({ host: 'x', port: 80, signal: signal(), resolver }, async ({ where }) => {
      tried.push(where);
      return failed('port-closed', where);
    });

    expect(reached).toEqual(failed('port-closed', '192.0.2.1:80'));
    expect(tried).toHaveLength(4);
  });

  it('are passed over after three seconds of silence while there are others', async () => {
    const begun = performance.now();
    const resolver = resolverTo('192.0.2.1', '192.0.2.2');

    const reached = await tryInTurn({ host: 'x', port: 80, signal: signal(), resolver }, (place) =>
      place.where === '192.0.2.1:80' ? silent(place) : Promise.resolve({ ok: true as const }),
    );

    expect(reached).toMatchObject({ ok: true, where: '192.0.2.2:80' });
    expect(performance.now() - begun).toBeGreaterThan(2900);
  });

  it('are left alone when the time of the whole is over', async () => {
    const tried: string[] = [];
    const resolver = resolverTo('192.0.2.1', '192.0.2.2');

    const reached = await tryInTurn({ host: 'x', port: 80, signal: AbortSignal.timeout(50), resolver }, (place) => {
      tried.push(place.where);
      return silent(place);
    });

    expect(reached).toEqual(failed('timeout', 'no answer from 192.0.2.1:80'));
    expect(tried).toHaveLength(1);
  });

  it('are not tried where the name has none', async () => {
    const failure = failed('dns-failure', 'no such name');
    const resolver: Resolver = { resolve: async () => failure };

    expect(await tryInTurn({ host: 'x', port: 80, signal: signal(), resolver }, silent)).toBe(failure);
  });
});
