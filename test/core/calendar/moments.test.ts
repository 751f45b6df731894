import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastMoment, parseMoment, type WeeklyMoment } from '../../../src/core/calendar/moments.ts';
import { localAt, minuteOf, weekdayOf } from '../../../src/core/calendar/zone.ts';

function moments(...texts: readonly string[]): readonly WeeklyMoment[] {
  return texts.map((text) => parseMoment(text) ?? expect.fail(`not a moment: ${text}`));
}

function last(texts: readonly string[], at: string, timezone = 'Europe/Berlin'): string | null {
  const instant = lastMoment(moments(...texts), timezone, Temporal.ZonedDateTime.from(`${at}[${timezone}]`).epochMilliseconds);
  if (instant === null) return null;
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone);
  return zoned.toString({ smallestUnit: 'minute', timeZoneName: 'never' });
}

describe('a moment of the week', () => {
  it.each([
    ['Mon-Fri 06:00', { weekdays: [1, 2, 3, 4, 5], minute: 360 }],
    ['sat,Sunday 12:30', { weekdays: [6, 7], minute: 750 }],
    ['Mon, Wed 9:05', { weekdays: [1, 3], minute: 545 }],
    ['06:00', { weekdays: [1, 2, 3, 4, 5, 6, 7], minute: 360 }],
    [' Fri 24:00 ', { weekdays: [5], minute: 1440 }],
  ])('is read from %j', (typed, moment) => {
    expect(parseMoment(typed)).toEqual(moment);
  });

  it.each(['', 'Mon-Fri', '6', '25:00', 'Mon-Fri 06:60', 'Mo 06:00', 'Mon-Fri 06:00-08:00', 'Mon 06:00 Tue', 'Mon,Mon 06:00'])(
    'is not read from %j',
    (typed) => {
      expect(parseMoment(typed)).toBeNull();
    },
  );
});

describe('the last moment', () => {
  it.each([
    ['on the same day, the very minute included', '2026-11-03T06:00', '2026-11-03T06:00+01:00'],
    ['of the day before', '2026-11-03T05:59', '2026-11-02T06:00+01:00'],
    ['of Friday, all the weekend through', '2026-11-09T05:59:59', '2026-11-06T06:00+01:00'],
  ])('is that %s', (_how, at, expected) => {
    expect(last(['Mon-Fri 06:00'], at)).toBe(expected);
  });

  it('that the spring skips comes at the first instant after the change', () => {
    expect(last(['02:30'], '2026-03-29T03:00+02:00')).toBe('2026-03-29T03:00+02:00');
    expect(last(['02:30'], '2026-03-29T01:59:59+01:00')).toBe('2026-03-28T02:30+01:00');
  });

  it('that the autumn brings twice comes once, the first time', () => {
    expect(last(['02:30'], '2026-10-25T02:30+02:00')).toBe('2026-10-25T02:30+02:00');
    expect(last(['02:30'], '2026-10-25T02:30+01:00')).toBe('2026-10-25T02:30+02:00');
    expect(last(['02:30'], '2026-10-25T02:29+01:00')).toBe('2026-10-25T02:30+02:00');
  });

  it('of several is the latest, and midnight may end a day', () => {
    expect(last(['Mon-Fri 06:00', 'Mon-Fri 18:00', 'Sat 12:00'], '2026-11-07T11:00')).toBe('2026-11-06T18:00+01:00');
    expect(last(['Fri 24:00'], '2026-11-07T00:00')).toBe('2026-11-07T00:00+01:00');
    expect(last(['Fri 24:00'], '2026-11-06T23:59')).toBe('2026-10-31T00:00+01:00');
  });

  it('is none where there are no moments', () => {
    expect(lastMoment([], 'Europe/Berlin', 0)).toBeNull();
  });

  it('lies on one of the days at its minute, never later than asked and never a week earlier', () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
    fc.assert(
      fc.property(days, fc.integer({ min: 240, max: 1439 }), fc.integer({ min: 1e12, max: 4e12 }), (weekdays, minute, at) => {
        const found = lastMoment([{ weekdays, minute }], 'Europe/Berlin', at) ?? expect.fail();
        const local = localAt(found, 'Europe/Berlin');

        expect([minuteOf(local), weekdays.includes(weekdayOf(local))]).toEqual([minute, true]);
        expect(at - found).toBeGreaterThanOrEqual(0);
        expect(at - found).toBeLessThan(7 * 86_400_000 + 3_600_001);
      }),
      { numRuns: 300 },
    );
  });
});
