import { describe, expect, test } from 'vitest';
import type { Complaint } from '../../src/core/diagnosis.ts';
import type { DeskEvent } from '../../src/core/event.ts';
import { Inquirer } from '../../src/engine/inquirer.ts';
import type { Ports } from '../../src/engine/ports.ts';

function complaint(check: string): Complaint {
  return { check, code: 'timeout', message: '', evidence: [] };
}

/** An inquirer whose clock stands until `pass`, and what it is asked and says. */
function world(diagnose: Ports['diagnose']) {
  const timers: { readonly at: number; readonly fire: () => void }[] = [];
  const events: DeskEvent[] = [];
  let mono = 0;
  const ports = {
    clock: () => ({ wall: mono, mono, boot: 0 }),
    timer: {
      at: (at: number, fire: () => void) => {
        const timer = { at, fire };
        timers.push(timer);
        return () => void timers.splice(timers.indexOf(timer) >>> 0, 1);
      },
    },
    log: () => {},
    diagnose,
    history: { recall: () => Promise.reject(new Error('blocked')) },
  } as unknown as Ports;
  const inquirer = new Inquirer(ports, (event) => events.push(event));
  return {
    inquirer,
    events,
    /** Lets everything settle that can, after so many ms. */
    pass: async (ms: number) => {
      mono += ms;
      for (const timer of timers.filter(({ at }) => at <= mono)) timer.fire();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

const answered = (events: readonly DeskEvent[]) =>
  events.flatMap((one) => (one.type === 'diagnosed' ? [one.complaint.check] : []));

describe('questions why a check fails', () => {
  test('are asked a few at a time, and each is answered', async () => {
    let running = 0;
    let most = 0;
    const { inquirer, events, pass } = world(async () => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      return null;
    });
    for (let index = 0; index < 100; index += 1) inquirer.diagnose(complaint(`check ${index}`));

    await pass(0);

    expect(new Set(answered(events)).size).toBe(100);
    expect(most).toBeLessThanOrEqual(8);
  });

  test('that find no answer in five seconds end without one, and their look is aborted', async () => {
    const signals: AbortSignal[] = [];
    const { inquirer, events, pass } = world((_, signal) => {
      signals.push(signal);
      return new Promise(() => {});
    });
    inquirer.diagnose(complaint('a'));
    await pass(4_999);
    expect(events).toEqual([]);

    await pass(1);

    expect(events).toEqual([{ type: 'diagnosed', complaint: complaint('a'), diagnosis: null }]);
    expect(signals[0]?.aborted).toBe(true);
  });

  test('of one check wait for each other, and the newest counts', async () => {
    const asked: string[] = [];
    const gates: (() => void)[] = [];
    const { inquirer, pass } = world(({ code }) => {
      asked.push(code);
      return new Promise((resolve) => gates.push(() => resolve(null)));
    });
    inquirer.diagnose(complaint('a'));
    inquirer.diagnose({ ...complaint('a'), code: 'content' });
    inquirer.diagnose({ ...complaint('a'), code: 'slow' });
    await pass(0);
    expect(asked).toEqual(['timeout']);

    gates[0]?.();
    await pass(0);

    expect(asked).toEqual(['timeout', 'slow']);
  });

  test('that throw are answered with nothing', async () => {
    const { inquirer, events, pass } = world(() => Promise.reject(new Error('a defect')));
    inquirer.diagnose(complaint('a'));

    await pass(0);

    expect(events).toEqual([{ type: 'diagnosed', complaint: complaint('a'), diagnosis: null }]);
  });

  test('are dropped at the end', async () => {
    const { inquirer, events, pass } = world(() => Promise.resolve(null));
    inquirer.diagnose(complaint('a'));
    inquirer.stop();
    inquirer.diagnose(complaint('b'));

    await pass(10_000);

    expect(events).toEqual([]);
  });
});

test('a history that cannot be asked has no answer', async () => {
  const { inquirer, events, pass } = world(() => Promise.resolve(null));
  const recall = { incident: 'INC-2026-0001', service: 'Website', code: 'timeout' as const, text: '' };
  inquirer.recall(recall);

  await pass(0);

  expect(events).toEqual([{ type: 'recalled', recall, recalled: null }]);
});
