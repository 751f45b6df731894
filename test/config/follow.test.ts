import { appendFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { followConfiguration } from '../../src/config/follow.ts';
import { accepted, office } from './support/office.ts';

/** Collects what follows from reloads, and waits for it, at most three seconds. */
function collector() {
  const said: string[] = [];
  const until = (count: number) => expect.poll(() => said.length, { timeout: 3000, interval: 20 }).toBeGreaterThanOrEqual(count);
  return { said, until };
}

describe('following the configuration', () => {
  it('takes over what is valid, refuses what is not, and says the same of the same problems', async () => {
    using place = office({ 'main.yaml': 'site: a\n' });
    const first = accepted(await place.load());
    const { said, until } = collector();
    const following = followConfiguration(place.load, first, {
      accepted: ({ rules }) => said.push(rules.site),
      refused: (problems, digest) => said.push(`${problems.length} ${digest}`),
      failed: (error) => said.push(String(error)),
    });

    try {
      place.write('main.yaml', 'site: b\n');
      await until(1);
      place.write('main.yaml', 'sites: c\n');
      await until(2);
      following.now();
      await until(3);
      place.write('main.yaml', 'site: d\n');
      await until(4);
    } finally {
      following.close();
    }

    expect(said[0]).toBe('b');
    expect(said[1]).toMatch(/^1 [0-9a-f]{16}$/);
    expect(said[2]).toBe(said[1]);
    expect(said[3]).toBe('d');
  });

  it('misses no change that comes while it reads', async () => {
    using place = office({ 'main.yaml': 'site: a\n' });
    const first = accepted(await place.load());
    const { said, until } = collector();
    let loads = 0;
    const load = async () => {
      const loaded = await place.load();
      loads += 1;
      if (loads === 1) appendFileSync(place.path('main.yaml'), 'language: de\n');
      return loaded;
    };
    const following = followConfiguration(load, first, {
      accepted: ({ rules }) => said.push(rules.language),
      refused: () => said.push('refused'),
      failed: (error) => said.push(String(error)),
    });

    try {
      following.now();
      await until(2);
    } finally {
      following.close();
    }

    expect(said).toEqual(['en', 'de']);
  });
});
