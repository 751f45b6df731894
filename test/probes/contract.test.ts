import { getEventListeners } from 'node:events';
import { beforeAll, describe, expect, it } from 'vitest';
import { causeCodes, type Observation, statuses } from '../../src/core/observation.ts';
import { probes } from '../../src/probes/registry.ts';
import { oneLine } from '../../src/texts/clean.ts';
import { settings } from '../support/settings.ts';
import { look } from './support/look.ts';
import { type Situation, type Situations, situationNames } from './support/situation.ts';

beforeAll(async () => {
  await import('axios');
});

const set = settings<Situation>();

function expectSound(seen: Observation): void {
  expect(statuses).toContain(seen.status);
  expect(seen.status === 'up' ? ['ok'] : causeCodes).toContain(seen.reason);
  for (const text of [seen.message, ...seen.evidence]) {
    expect(text).toBe(oneLine(text));
    expect(text).not.toBe('');
  }
  for (const { value } of seen.measures) expect(Number.isFinite(value)).toBe(true);
}

/** One file a kind, of the kind's name. */
async function situationsOf(kind: string): Promise<Situations> {
  const file: { readonly situations: Situations } = await import(`./situations/${kind}.ts`);
  return file.situations;
}

const kinds = await Promise.all(probes.map(async (probe) => [probe.kind, probe, await situationsOf(probe.kind)] as const));

describe.each(kinds)('a check of kind %s', (_kind, probe, table) => {
  it.each(situationNames)('keeps the contract when the other side is %s', async (name) => {
    const setup = table[name];
    if (typeof setup === 'string') return;
    const { typed, written, circumstances, status, reason } = await set(setup);
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), name === 'silent' ? 250 : 5000);
    const timeoutMs = name === 'silent' ? 250 : 5000;

    const seen = await look(probe, typed, written, { timeoutMs, signal: controller.signal, ...circumstances });

    clearTimeout(timer);
    expect(seen).toMatchObject({ status, reason });
    expectSound(seen);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  it('reports measures that it has declared, in their unit', async () => {
    const { typed, written, circumstances } = await set(typeof table.healthy === 'function' ? table.healthy : expect.fail());

    const { measures } = await look(probe, typed, written, circumstances);

    const declared = probe.measures.map(({ name, unit }) => `${name} ${unit}`);
    if (declared.length > 0)
      expect(declared).toEqual(expect.arrayContaining(measures.map(({ name, unit }) => `${name} ${unit}`)));
  });

  it('settles at once when it is aborted, and leaves nothing behind', async () => {
    const setup = typeof table.silent === 'function' ? table.silent : table.healthy;
    const { typed, written, circumstances } = await set(typeof setup === 'function' ? setup : expect.fail());
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const begun = performance.now();

    const seen = await look(probe, typed, written, { timeoutMs: 60_000, signal: controller.signal, ...circumstances });

    expectSound(seen);
    expect(performance.now() - begun).toBeLessThan(2000);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  it('does not blame the other side when there was no time to look', async () => {
    const { typed, written, circumstances } = await set(typeof table.healthy === 'function' ? table.healthy : expect.fail());

    const seen = await look(probe, typed, written, { signal: AbortSignal.abort(), ...circumstances });

    expectSound(seen);
    expect(['up', 'unknown']).toContain(seen.status);
  });
});
