import { afterEach, describe, expect, it, vi } from 'vitest';
import { realClock, realTimer } from '../../src/lib/clock.ts';

const day = 86_400_000;

describe('realClock', () => {
  it('reads a monotonic clock that goes on with the wall clock, and a boot in the past', async () => {
    const before = realClock();
    await new Promise((resolve) => setTimeout(resolve, 30));
    const after = realClock();

    expect(after.mono - before.mono).toBeGreaterThanOrEqual(29);
    expect(Math.abs(after.wall - before.wall - (after.mono - before.mono))).toBeLessThan(250);
    expect(before.boot).toBeLessThan(before.wall);
    expect(Math.abs(after.boot - before.boot)).toBeLessThan(250);
  });
});

describe('realTimer', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('fires once, never early and never at once', async () => {
    const start = realClock().mono;
    const fired: number[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();

    realTimer.at(start - 5, () => fired.push(0));
    realTimer.at(start + 15.5, () => {
      fired.push(realClock().mono - start);
      resolve();
    });
    expect(fired).toEqual([]);
    await promise;

    expect(fired.length).toBe(2);
    expect(fired[1]).toBeGreaterThanOrEqual(15.5);
  });

  it('waits for months, where setTimeout alone would fire at once', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'hrtime'] });
    const fired = vi.fn();
    realTimer.at(realClock().mono + 60 * day, fired);

    vi.advanceTimersByTime(59 * day);
    expect(fired).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1 * day + 5);
    expect(fired).toHaveBeenCalledOnce();
  });

  it('can be cancelled, also after it has waited for hours', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'hrtime'] });
    const fired = vi.fn();
    const cancel = realTimer.at(realClock().mono + 5 * 3_600_000, fired);

    vi.advanceTimersByTime(3 * 3_600_000);
    cancel();
    vi.advanceTimersByTime(10 * 3_600_000);

    expect(fired).not.toHaveBeenCalled();
  });
});
