import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Now } from '../../src/core/event.ts';
import type { Hours } from '../../src/core/rules.ts';
import {
  askedLook,
  firstLook,
  gridSlot,
  isWatched,
  nextLook,
  type Past,
  placeOf,
  type Timetable,
} from '../../src/engine/schedule.ts';

const minute = 60_000;
const hour = 60 * minute;
const check: Timetable = { key: 'Website/http:https://www.kanzlei.example/', intervalMs: minute, retryIntervalMs: 30_000 };

function past(changes: Partial<Past> = {}): Past {
  return { lastStart: null, firstDue: 0, pace: 'interval', ...changes };
}

function nowAt(mono: number, wall = 1_767_600_000_000): Now {
  return { wall, mono, boot: wall - mono };
}

describe('a place in the interval', () => {
  it('is the same in every life, and stays what it was in earlier versions', () => {
    expect(placeOf('Website/http:https://www.kanzlei.example/')).toBeCloseTo(0.0819, 5);
    expect(placeOf('')).toBeGreaterThanOrEqual(0);
  });

  it('spreads similar checks over the interval', () => {
    const tenths = Array(10).fill(0);
    for (let index = 0; index < 1000; index += 1)
      tenths[Math.floor(placeOf(`Service ${index}/ping:192.168.178.${index % 250}`) * 10)] += 1;

    expect(Math.min(...tenths)).toBeGreaterThan(60);
    expect(Math.max(...tenths)).toBeLessThan(140);
  });

  it('gives slots that are whole intervals apart', () => {
    const instant = fc.double({ min: 0, max: 1e11, noNaN: true });

    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 24 * 3_600_000 }), instant, (key, intervalMs, notBefore) => {
        const slot = gridSlot({ key, intervalMs, retryIntervalMs: 1 }, notBefore);

        expect(slot).toBeGreaterThanOrEqual(notBefore - 0.01);
        expect(slot).toBeLessThan(notBefore + intervalMs + 0.01);
        const phase = (slot - placeOf(key) * intervalMs) / intervalMs;
        expect(Math.abs(phase - Math.round(phase)) * intervalMs).toBeLessThan(0.01);
      }),
    );
  });
});

describe('first looks', () => {
  it('come within moments for a few checks, and within their interval for ten thousand', () => {
    const few = firstLook(check, 10, 5000);
    const many = firstLook(check, 10_000, 5000);

    expect(few - 5000).toBeLessThanOrEqual(200);
    expect(many - 5000).toBeLessThanOrEqual(minute);
    expect(many).toBeGreaterThan(few);
  });

  it('of a cron expression wait for its start, unless a failure is to be confirmed', () => {
    const nightly = { ...check, schedule: '0 3 * * *' };

    expect(nextLook(nightly, past({ firstDue: 7 }), nowAt(0), null)).toBeNull();
    expect(nextLook(nightly, past({ firstDue: 7, pace: 'retry' }), nowAt(0), null)).toBe(7);
    expect(nextLook(nightly, past({ lastStart: 5, pace: 'retry' }), nowAt(10), null)).toBe(30_005);
    expect(nextLook(nightly, past({ lastStart: 5 }), nowAt(10), null)).toBeNull();
  });
});

describe('looks by the interval', () => {
  it('do not drift over 10,000 intervals of late timers and slow looks', () => {
    const begin = gridSlot(check, 0);
    let due = begin;
    for (let count = 1; count <= 10_000; count += 1) {
      const start = due + (count % 13);
      due = nextLook(check, past({ lastStart: start }), nowAt(start + (count % 20_000)), null) ?? Number.NaN;
      expect(due).toBe(begin + count * minute);
    }
  });

  it('skip the slots that pass meanwhile instead of making up for them', () => {
    const start = gridSlot(check, 10 * minute);

    expect(nextLook(check, past({ lastStart: start }), nowAt(start + 5.5 * minute), null)).toBe(start + 6 * minute);
  });

  it('come at most an interval and a half after the start before, never less than half of one', () => {
    const delays = fc.array(
      fc.record({ late: fc.integer({ min: 0, max: 200_000 }), took: fc.integer({ min: 0, max: 200_000 }) }),
      { minLength: 1, maxLength: 50 },
    );

    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1000, max: 10 * minute }), delays, (key, intervalMs, steps) => {
        const some = { key, intervalMs, retryIntervalMs: intervalMs };
        let start = 0;
        for (const { late, took } of steps) {
          const end = start + took;
          const due = nextLook(some, past({ lastStart: start }), nowAt(end), null) ?? Number.NaN;

          expect(due - start).toBeGreaterThanOrEqual(intervalMs / 2 - 0.01);
          expect(due).toBeLessThanOrEqual(Math.max(end, start + intervalMs / 2) + intervalMs + 0.01);
          start = due + late;
        }
      }),
    );
  });
});

describe('looks while a status is soft', () => {
  it.each([
    ['count from the start of the last one', 30_000, 2000, 31_000],
    ['follow at once after one that took longer', 5000, 11_000, 11_000],
    ['never come slower than the interval', 10 * minute, 2000, gridSlot(check, 1000 + minute / 2)],
  ])('%s', (_name, retryIntervalMs, mono, expected) => {
    expect(nextLook({ ...check, retryIntervalMs }, past({ lastStart: 1000, pace: 'retry' }), nowAt(mono), null)).toBe(expected);
  });
});

describe('looks that somebody asks for', () => {
  it('come at once, but a second after the last start at the earliest', () => {
    expect(askedLook(past(), 500)).toBe(500);
    expect(askedLook(past({ lastStart: 100 }), 5000)).toBe(5000);
    expect(askedLook(past({ lastStart: 100 }), 500)).toBe(1100);
  });
});

describe('watch hours', () => {
  const officeDay = [{ from: 480, to: 1080 }];
  const hours: Hours = { spans: { 1: officeDay, 2: officeDay, 3: officeDay, 4: officeDay, 5: officeDay } };
  const watch = { hours, timezone: 'Europe/Berlin' };
  const wallAt = (text: string) => Temporal.Instant.from(text).epochMilliseconds;

  it('change nothing while they last', () => {
    const now = nowAt(hour, wallAt('2026-01-05T10:00Z'));

    expect(nextLook(check, past({ lastStart: hour }), now, watch)).toBe(nextLook(check, past({ lastStart: hour }), now, null));
  });

  it.each([
    ['over night', '2026-01-05T17:30Z', '2026-01-06T07:00Z'],
    ['over the last minute', '2026-01-05T16:59:50Z', '2026-01-06T07:00Z'],
    ['over the weekend that begins summer time', '2026-03-27T18:00Z', '2026-03-30T06:00Z'],
  ])('hold looks back %s, then spread them over a minute', (_name, wall, opening) => {
    const now = nowAt(hour, wallAt(wall));
    const due = nextLook(check, past({ lastStart: hour }), now, watch) ?? Number.NaN;
    const dueWall = now.wall + (due - now.mono);

    expect(dueWall).toBeGreaterThanOrEqual(wallAt(opening));
    expect(dueWall).toBeLessThan(wallAt(opening) + minute);
    expect(isWatched(watch, dueWall)).toBe(true);
  });

  it('are met by a check whose interval is longer than they are', () => {
    const daily = { ...check, intervalMs: 24 * hour };
    const now = nowAt(hour, wallAt('2026-01-05T17:30Z'));

    const due = nextLook(daily, past({ lastStart: hour - 1000 }), now, watch) ?? Number.NaN;

    expect(isWatched(watch, now.wall + (due - now.mono))).toBe(true);
  });

  it('that never come give no look', () => {
    expect(nextLook(check, past(), nowAt(0), { hours: { spans: {} }, timezone: 'UTC' })).toBeNull();
  });
});
