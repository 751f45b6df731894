import { describe, expect, it } from 'vitest';
import type { Observation } from '../../src/core/observation.ts';
import { secret } from '../../src/lib/secret.ts';
import { heartbeat } from '../../src/probes/heartbeat.ts';
import { look, optionsOf } from './support/look.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 10, 24, 12);

/** A check that expects a heartbeat every 24 hours, the last of which came so many hours ago. */
function beatAgo(hours: number, ok: boolean | null, written: object = { grace: '2h' }): Promise<Observation> {
  return look(heartbeat, '24h', written, { now, beat: { at: now - hours * hour, ok } });
}

describe('a heartbeat check', () => {
  it('is up while the last heartbeat is young enough', async () => {
    expect(await beatAgo(25.9, true)).toMatchObject({
      status: 'up',
      message: 'the last heartbeat came 1d 1h ago',
      measures: [{ name: 'age', value: 25.9 * hour, unit: 'ms' }],
    });
  });

  it('is down when the last one is too old', async () => {
    expect(await beatAgo(26.1, true)).toMatchObject({
      status: 'down',
      reason: 'outdated',
      message: 'the last heartbeat came 1d 2h ago, expected every 24h',
    });
  });

  it('is down when the job reported a failure', async () => {
    expect(await beatAgo(1, false)).toMatchObject({
      status: 'down',
      reason: 'plugin',
      message: 'the job reported a failure 1h ago',
    });
  });

  it('waits for the first one, and no longer than for any other', async () => {
    expect(await beatAgo(25, null)).toMatchObject({ status: 'up', message: 'waiting for the first heartbeat', measures: [] });
    expect(await beatAgo(27, null)).toMatchObject({
      status: 'down',
      reason: 'outdated',
      message: 'no heartbeat has ever come, expected every 24h',
    });
  });

  it('has a grace of a tenth, at least a minute, where none is written', async () => {
    expect(await beatAgo(26.3, true, {})).toMatchObject({ status: 'up' });
    expect(await beatAgo(26.5, true, {})).toMatchObject({ status: 'down' });
    const short = (ageMs: number) => look(heartbeat, '1m', {}, { now, beat: { at: now - ageMs, ok: true } });
    expect(await short(119_000)).toMatchObject({ status: 'up' });
    expect(await short(121_000)).toMatchObject({ status: 'down' });
  });

  it('is not confused by a clock that went back', async () => {
    expect(await beatAgo(-5, true)).toMatchObject({ status: 'up', measures: [{ value: 0 }] });
  });

  it('knows nothing outside the daemon', async () => {
    expect(await look(heartbeat, '24h')).toMatchObject({ status: 'unknown' });
  });

  it('is shown by its period as it was written', () => {
    expect(heartbeat.describe(optionsOf(heartbeat, '24h'))).toBe('24h');
  });

  it.each([null, 'daily', '24', '0s', ['24h'], secret('24h')])('cannot expect %j', (typed) => {
    expect(() => optionsOf(heartbeat, typed)).toThrow(/such as/);
  });
});
