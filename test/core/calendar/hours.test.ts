import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterOfficeDays,
  isWithin,
  nextOfficeDay,
  nextOutside,
  nextWithin,
  officeDaysBetween,
} from '../../../src/core/calendar/hours.ts';
import type { Hours } from '../../../src/core/rules.ts';

const officeDay = [{ from: 480, to: 1080 }];
const office: Hours = { spans: { 1: officeDay, 2: officeDay, 3: officeDay, 4: officeDay, 5: officeDay } };
const split: Hours = {
  spans: {
    1: [
      { from: 480, to: 720 },
      { from: 840, to: 1080 },
    ],
    5: [{ from: 480, to: 840 }],
  },
};
const nights: Hours = { spans: { 6: [{ from: 0, to: 1440 }], 7: [{ from: 60, to: 180 }] } };
const never: Hours = { spans: {} };
const berlin = 'Europe/Berlin';

function at(text: string): number {
  return Temporal.Instant.from(text).epochMilliseconds;
}

function iso(instant: number | null): string | null {
  return instant === null ? null : Temporal.Instant.fromEpochMilliseconds(instant).toString({ smallestUnit: 'minute' });
}

describe('isWithin', () => {
  it.each<readonly [string, Hours, string, string, boolean]>([
    ['Monday at the first minute', office, berlin, '2026-01-05T07:00Z', true],
    ['Monday a moment before', office, berlin, '2026-01-05T06:59:59.999Z', false],
    ['Monday at the last moment', office, berlin, '2026-01-05T16:59:59.999Z', true],
    ['Monday at the end', office, berlin, '2026-01-05T17:00Z', false],
    ['Saturday at noon', office, berlin, '2026-01-10T11:00Z', false],
    ['the same instant in New York', office, 'America/New_York', '2026-01-05T07:00Z', false],
    ['the lunch break', split, berlin, '2026-01-05T12:00Z', false],
    ['after the lunch break', split, berlin, '2026-01-05T13:00Z', true],
    ['the last minute of a whole day', nights, berlin, '2026-01-10T22:59Z', true],
    ['both copies of a doubled hour: first', nights, berlin, '2026-10-25T00:30Z', true],
    ['both copies of a doubled hour: second', nights, berlin, '2026-10-25T01:30Z', true],
    ['after the doubled hour', nights, berlin, '2026-10-25T02:00Z', false],
    ['hours without a span', never, berlin, '2026-01-05T07:00Z', false],
  ])('%s', (_name, hours, timezone, instant, expected) => {
    expect(isWithin(hours, at(instant), timezone)).toBe(expected);
  });
});

describe('nextWithin', () => {
  it.each<readonly [string, Hours, string, string | null]>([
    ['is the same instant when already within', office, '2026-01-05T10:17Z', '2026-01-05T10:17Z'],
    ['is this morning before opening', office, '2026-01-05T02:00Z', '2026-01-05T07:00Z'],
    ['is the next morning after closing', office, '2026-01-05T17:00Z', '2026-01-06T07:00Z'],
    ['is Monday over the weekend, in summer', office, '2026-07-03T18:00Z', '2026-07-06T06:00Z'],
    ['is Monday after the weekend that ends summer time', office, '2026-10-23T18:00Z', '2026-10-26T07:00Z'],
    ['is after lunch', split, '2026-01-05T11:30Z', '2026-01-05T13:00Z'],
    [
      'is the first instant after a skipped hour',
      { spans: { 7: [{ from: 120, to: 240 }] } },
      '2026-03-28T12:00Z',
      '2026-03-29T01:00Z',
    ],
    ['passes a span that is skipped whole', { spans: { 7: [{ from: 120, to: 180 }] } }, '2026-03-28T12:00Z', '2026-04-05T00:00Z'],
    [
      'finds the second copy of a doubled hour',
      { spans: { 7: [{ from: 120, to: 150 }] } },
      '2026-10-25T00:40Z',
      '2026-10-25T01:00Z',
    ],
    ['passes an empty span', { spans: { 1: [{ from: 600, to: 600 }], 2: officeDay } }, '2026-01-05T02:00Z', '2026-01-06T07:00Z'],
    ['is nothing without a span', never, '2026-01-05T02:00Z', null],
  ])('%s', (_name, hours, wall, expected) => {
    expect(iso(nextWithin(hours, at(wall), berlin))).toBe(expected);
  });

  it('never lies before and always lies within', () => {
    const spans = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 900 }))
        .map(([from, length]) => ({ from, to: Math.min(1440, from + length) })),
      { maxLength: 3 },
    );
    const hoursOfWeek = fc.record({ 1: spans, 3: spans, 6: spans, 7: spans }).map((days): Hours => ({ spans: days }));
    const zone = fc.constantFrom('UTC', berlin, 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo');
    const instant = fc.integer({ min: at('2024-01-01T00:00Z'), max: at('2030-01-01T00:00Z') });

    fc.assert(
      fc.property(hoursOfWeek, zone, instant, (hours, timezone, wall) => {
        const next = nextWithin(hours, wall, timezone);

        if (next === null) {
          expect(Object.values(hours.spans).flat()).toEqual([]);
          return;
        }
        expect(next).toBeGreaterThanOrEqual(wall);
        expect(isWithin(hours, next, timezone)).toBe(true);
        if (next > wall) expect(isWithin(hours, next - 1, timezone)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});

describe('nextOutside', () => {
  const late: Hours = { spans: { 1: [{ from: 1320, to: 1440 }], 2: [{ from: 0, to: 360 }] } };
  const always: Hours = { spans: Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, [{ from: 0, to: 1440 }]])) };

  it.each<readonly [string, Hours, string, string | null]>([
    ['is the same instant outside', office, '2026-01-05T18:17Z', '2026-01-05T18:17Z'],
    ['is this evening', office, '2026-01-05T10:00Z', '2026-01-05T17:00Z'],
    ['is the lunch break', split, '2026-01-05T10:00Z', '2026-01-05T11:00Z'],
    ['is the morning after a span that passes midnight', late, '2026-01-05T22:00Z', '2026-01-06T05:00Z'],
    ['is after both copies of a doubled hour', nights, '2026-10-25T00:30Z', '2026-10-25T02:00Z'],
    [
      'is the first instant after an hour that is skipped',
      { spans: { 7: [{ from: 0, to: 150 }] } },
      '2026-03-29T00:00Z',
      '2026-03-29T01:00Z',
    ],
    ['is never where hours do not close', always, '2026-01-05T10:00Z', null],
    ['is at once where they never open', never, '2026-01-05T10:00Z', '2026-01-05T10:00Z'],
  ])('%s', (_name, hours, wall, expected) => {
    expect(iso(nextOutside(hours, at(wall), berlin))).toBe(expected);
  });
});

describe('nextOfficeDay', () => {
  it.each<readonly [string, Hours, string, string | null]>([
    ['tomorrow', office, '2026-01-05T10:00Z', '2026-01-06T09:00Z'],
    ['tomorrow also before today opens', office, '2026-01-05T01:00Z', '2026-01-06T09:00Z'],
    ['Monday on a Friday', office, '2026-01-09T20:00Z', '2026-01-12T09:00Z'],
    ['in the local sense of today', office, '2026-01-05T23:30Z', '2026-01-07T09:00Z'],
    ['over the end of summer time', office, '2026-10-23T10:00Z', '2026-10-26T09:00Z'],
    ['into summer time', office, '2026-03-27T10:00Z', '2026-03-30T08:00Z'],
    ['over the year end', office, '2026-12-31T10:00Z', '2027-01-01T09:00Z'],
    ['never', never, '2026-01-05T10:00Z', null],
  ])('%s', (_name, hours, wall, expected) => {
    expect(iso(nextOfficeDay(hours, at(wall), berlin, 600))).toBe(expected);
  });
});

describe('office days', () => {
  it.each<readonly [string, string, string, number]>([
    ['the same day', '2026-01-05T09:00Z', '2026-01-05T16:00Z', 0],
    ['a moment less than one', '2026-01-05T09:00Z', '2026-01-06T08:59Z', 0],
    ['exactly one', '2026-01-05T09:00Z', '2026-01-06T09:00Z', 1],
    ['three from Monday to Thursday', '2026-01-05T09:00Z', '2026-01-08T09:00Z', 3],
    ['a weekend counts nothing', '2026-01-09T09:00Z', '2026-01-12T08:59Z', 0],
    ['Friday to Monday is one', '2026-01-09T09:00Z', '2026-01-12T09:00Z', 1],
    ['from a Saturday', '2026-01-10T09:00Z', '2026-01-14T09:00Z', 3],
    ['over a clock change', '2026-10-23T09:00Z', '2026-10-26T10:00Z', 1],
    ['backwards', '2026-01-08T09:00Z', '2026-01-05T09:00Z', 0],
  ])('%s', (_name, from, to, count) => {
    expect(officeDaysBetween(office, at(from), at(to), berlin)).toBe(count);
  });

  it('have passed from the instant that afterOfficeDays names, and not before', () => {
    const instant = fc.integer({ min: at('2026-01-01T00:00Z'), max: at('2027-12-31T00:00Z') });

    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 14 }), (from, days) => {
        const due = afterOfficeDays(office, from, days, berlin) ?? Number.NaN;

        expect(officeDaysBetween(office, from, due, berlin)).toBe(days);
        expect(officeDaysBetween(office, from, due - 1, berlin)).toBe(days - 1);
      }),
    );
  });

  it('never pass without office hours', () => {
    expect(afterOfficeDays(never, at('2026-01-05T09:00Z'), 3, berlin)).toBeNull();
    expect(officeDaysBetween(never, at('2026-01-05T09:00Z'), at('2027-01-05T09:00Z'), berlin)).toBe(0);
  });
});
