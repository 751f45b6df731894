import { describe, expect, test } from 'vitest';
import type { DeskEvent } from '../../src/core/event.ts';
import type { RemedyDuty } from '../../src/core/parts/remedies.ts';
import { emptyRecord } from '../../src/core/record.ts';
import type { RemedyEnd } from '../../src/core/remedy.ts';
import type { Ports, RemedyRequest } from '../../src/engine/ports.ts';
import { Repairs } from '../../src/engine/repairs.ts';
import { rules } from '../support/rules.ts';

const well: RemedyEnd = { ok: true, outcome: 'exit status 0', output: '' };

function duty(key: string): RemedyDuty {
  return { run: { key, label: key, state: 'running' } } as unknown as RemedyDuty;
}

function request(key: string): RemedyRequest {
  return { ...duty(key), record: emptyRecord, rules: rules(), now: 0 };
}

/** Repairs whose clock stands until `pass`, and what they say. */
function world(runRemedy: Ports['runRemedy']) {
  const timers = new Set<{ readonly at: number; readonly fire: () => void }>();
  const events: DeskEvent[] = [];
  let mono = 0;
  const ports = {
    clock: () => ({ wall: mono, mono, boot: 0 }),
    timer: {
      at: (at: number, fire: () => void) => {
        const timer = { at, fire };
        timers.add(timer);
        return () => void timers.delete(timer);
      },
    },
    log: () => {},
    runRemedy,
  } as unknown as Ports;
  const repairs = new Repairs(ports, (event) => events.push(event));
  return {
    repairs,
    timers,
    ends: () => events.flatMap((one) => (one.type === 'remedy-ended' ? [`${one.key} ${one.end.ok} ${one.end.outcome}`] : [])),
    start: (...keys: string[]) => repairs.start(keys, keys.map(request)),
    pass: async (ms: number) => {
      mono += ms;
      for (const timer of [...timers].filter(({ at }) => at <= mono)) timer.fire();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

const untilAborted = (_: RemedyRequest, signal: AbortSignal) =>
  new Promise<RemedyEnd>((resolve) => {
    signal.addEventListener('abort', () => resolve({ ok: false, outcome: 'stopped', output: '' }));
  });

describe('repairs', () => {
  test('are a few at a time: the others are taken when one has ended', async () => {
    const { repairs, start, pass, ends } = world(async () => well);
    const due = ['a', 'b', 'c', 'd', 'e', 'f'].map(duty);

    expect(repairs.claim(due)).toEqual(['a', 'b', 'c', 'd']);
    expect(repairs.claim(due)).toEqual([]);
    start('a', 'b', 'c', 'd');
    await pass(0);

    expect(ends()).toHaveLength(4);
    expect(repairs.claim(due.slice(4))).toEqual(['e', 'f']);
  });

  test('are stopped at their deadline', async () => {
    const { repairs, start, pass, ends, timers } = world(untilAborted);
    repairs.claim([duty('a')]);
    start('a');
    await pass(119_000);
    expect(ends()).toEqual([]);

    await pass(1_000);

    expect(ends()).toEqual(['a false stopped']);
    expect(timers.size).toBe(0);
  });

  test('that may no longer be started are given up, and their place is free', async () => {
    const { repairs, ends } = world(untilAborted);
    const due = ['a', 'b', 'c', 'd'].map(duty);
    repairs.claim(due);

    repairs.start(['a', 'b', 'c', 'd'], []);

    expect(ends()).toHaveLength(4);
    expect(repairs.claim(due)).toHaveLength(4);
  });

  test('that throw are told as a defect, and hold up nothing', async () => {
    const { repairs, start, pass, ends } = world(() => Promise.reject(new Error('broken')));
    repairs.claim([duty('a')]);
    start('a');

    await pass(0);

    expect(ends()).toEqual(['a false internal error: Error: broken']);
    expect(repairs.claim([duty('b')])).toEqual(['b']);
  });

  test('are ended by a stop, which says nothing of how: the next life does', async () => {
    const { repairs, start, ends } = world(untilAborted);
    repairs.claim([duty('a')]);
    start('a');

    await repairs.stop();

    expect(ends()).toEqual([]);
    expect(repairs.claim([duty('b')])).toEqual([]);
  });

  test('that do not heed a stop are waited for two seconds', async () => {
    const { repairs, start, pass } = world(() => new Promise(() => {}));
    repairs.claim([duty('a')]);
    start('a');
    let stopped = false;
    const stopping = repairs.stop().then(() => {
      stopped = true;
    });
    await pass(1_900);
    expect(stopped).toBe(false);

    await pass(100);
    await stopping;

    expect(stopped).toBe(true);
  });
});
