import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cron, nextStart, parseCron, previousStart } from '../../../src/core/calendar/cron.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function cronOf(text: string): Cron {
  const cron = parseCron(text);
  if (!cron) throw new Error(`not a cron expression: ${text}`);
  return cron;
}

function at(text: string): number {
  return Temporal.Instant.from(text).epochMilliseconds;
}

function iso(instant: number | null): string | null {
  return instant === null ? null : Temporal.Instant.fromEpochMilliseconds(instant).toString({ smallestUnit: 'minute' });
}

function startsAfter(text: string, timezone: string, after: string, count: number): readonly (string | null)[] {
  const starts: (string | null)[] = [];
  let from: number | null = at(after);
  while (from !== null && starts.length < count) {
    from = nextStart(cronOf(text), timezone, from);
    starts.push(iso(from));
  }
  return starts;
}

describe('parseCron', () => {
  it.each([
    '* * * * *',
    '0 3 * * SUN',
    '*/5 8-18 * * mon-fri',
    '0,15,30,45 0-23/2 1 JAN,JUL *',
    '0 0 * * 7',
    '59 23 31 12 0-6',
    '0 0 * * SAT-SUN',
    '  0   3 * * 1 ',
  ])('reads %j', (text) => {
    expect(parseCron(text)).not.toBeNull();
  });

  it.each([
    '',
    '* * * *',
    '* * * * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * 32 * *',
    '* * * 13 *',
    '* * * * 8',
    '* * * * FOO',
    'SUN * * * *',
    '5-1 * * * *',
    '*/0 * * * *',
    '5/15 * * * *',
    '1,,2 * * * *',
    '-5 * * * *',
    '1.5 * * * *',
    '@daily',
    '0 0 L * *',
    '0 0 ? * *',
    '* * * * MON-',
    `${'1,'.repeat(500)}1 * * * *`,
  ])('refuses %j', (text) => {
    expect(parseCron(text)).toBeNull();
  });

  it('takes Sunday as 0, 7 and SUN alike, at the end of a range too', () => {
    const weekdays = (text: string) => [...cronOf(`0 0 * * ${text}`).weekdays].sort();

    expect(weekdays('0')).toEqual([0]);
    expect(weekdays('7')).toEqual([0]);
    expect(weekdays('SUN')).toEqual([0]);
    expect(weekdays('5-7')).toEqual([0, 5, 6]);
    expect(weekdays('FRI-SUN')).toEqual([0, 5, 6]);
    expect(weekdays('SUN-TUE')).toEqual([0, 1, 2]);
    expect(weekdays('*')).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});

describe('nextStart', () => {
  it.each<readonly [string, string, string, readonly (string | null)[]]>([
    // Ordinary days
    ['0 3 * * SUN', 'Europe/Berlin', '2026-01-05T00:00Z', ['2026-01-11T02:00Z', '2026-01-18T02:00Z']],
    ['0 3 * * SUN', 'UTC', '2026-01-11T03:00Z', ['2026-01-18T03:00Z']],
    ['0 3 * * SUN', 'UTC', '2026-01-11T02:59:59.999Z', ['2026-01-11T03:00Z']],
    ['30 6 * * MON-FRI', 'Europe/Berlin', '2026-07-03T12:00Z', ['2026-07-06T04:30Z', '2026-07-07T04:30Z']],
    ['*/20 8 * * *', 'UTC', '2026-07-03T08:00:30Z', ['2026-07-03T08:20Z', '2026-07-03T08:40Z', '2026-07-04T08:00Z']],
    [
      '0 0 1 */3 *',
      'UTC',
      '2026-01-01T00:00Z',
      ['2026-04-01T00:00Z', '2026-07-01T00:00Z', '2026-10-01T00:00Z', '2027-01-01T00:00Z'],
    ],
    // Day of month or day of week
    ['0 0 13 * FRI', 'UTC', '2026-02-01T00:00Z', ['2026-02-06T00:00Z', '2026-02-13T00:00Z', '2026-02-20T00:00Z']],
    ['0 0 1 * MON', 'UTC', '2026-03-25T00:00Z', ['2026-03-30T00:00Z', '2026-04-01T00:00Z', '2026-04-06T00:00Z']],
    ['0 0 */2 * MON', 'UTC', '2026-06-02T00:00Z', ['2026-06-15T00:00Z', '2026-06-29T00:00Z']],
    [
      '0 0 31 * *',
      'UTC',
      '2026-02-01T00:00Z',
      ['2026-03-31T00:00Z', '2026-05-31T00:00Z', '2026-07-31T00:00Z', '2026-08-31T00:00Z'],
    ],
    // Leap day, year end, never
    ['0 0 29 2 *', 'UTC', '2026-01-01T00:00Z', ['2028-02-29T00:00Z', '2032-02-29T00:00Z']],
    ['0 12 29 FEB *', 'Europe/Berlin', '2028-02-29T10:59Z', ['2028-02-29T11:00Z']],
    ['0 0 28-29 2 *', 'UTC', '2028-02-27T00:00Z', ['2028-02-28T00:00Z', '2028-02-29T00:00Z', '2029-02-28T00:00Z']],
    ['0 0 30 2 *', 'UTC', '2026-01-01T00:00Z', [null]],
    ['*/5 * 31 4 *', 'Europe/Berlin', '2026-01-01T00:00Z', [null]],
    ['0 0 1 1 *', 'Europe/Berlin', '2026-12-31T22:59Z', ['2026-12-31T23:00Z', '2027-12-31T23:00Z']],
    ['59 23 31 12 *', 'America/New_York', '2026-06-01T00:00Z', ['2027-01-01T04:59Z', '2028-01-01T04:59Z']],
    ['* * * * *', 'UTC', '2026-12-31T23:59Z', ['2027-01-01T00:00Z', '2027-01-01T00:01Z']],
    ['*/7 * * * *', 'UTC', '2026-12-31T23:56Z', ['2027-01-01T00:00Z', '2027-01-01T00:07Z']],
    // Berlin, 29 March 2026: 02:00 becomes 03:00 at 01:00Z
    ['0 2 * * *', 'Europe/Berlin', '2026-03-28T02:00Z', ['2026-03-29T01:00Z', '2026-03-30T00:00Z']],
    ['30 2 * * *', 'Europe/Berlin', '2026-03-28T02:00Z', ['2026-03-29T01:00Z', '2026-03-30T00:30Z']],
    ['59 2 * * *', 'Europe/Berlin', '2026-03-28T02:00Z', ['2026-03-29T01:00Z', '2026-03-30T00:59Z']],
    ['0 3 * * SUN', 'Europe/Berlin', '2026-03-28T02:00Z', ['2026-03-29T01:00Z', '2026-04-05T01:00Z']],
    ['30 2 * * SUN', 'Europe/Berlin', '2026-03-28T02:00Z', ['2026-03-29T01:00Z', '2026-04-05T00:30Z']],
    ['0,30 2,3 * * *', 'Europe/Berlin', '2026-03-29T00:30Z', ['2026-03-29T01:00Z', '2026-03-29T01:30Z', '2026-03-30T00:00Z']],
    ['0 */2 * * *', 'Europe/Berlin', '2026-03-28T22:59Z', ['2026-03-28T23:00Z', '2026-03-29T01:00Z', '2026-03-29T02:00Z']],
    ['0 * * * *', 'Europe/Berlin', '2026-03-28T23:30Z', ['2026-03-29T00:00Z', '2026-03-29T01:00Z', '2026-03-29T02:00Z']],
    ['17 * * * *', 'Europe/Berlin', '2026-03-29T00:00Z', ['2026-03-29T00:17Z', '2026-03-29T01:17Z', '2026-03-29T02:17Z']],
    ['*/30 * * * *', 'Europe/Berlin', '2026-03-29T00:00Z', ['2026-03-29T00:30Z', '2026-03-29T01:00Z', '2026-03-29T01:30Z']],
    // Berlin, 25 October 2026: 03:00 becomes 02:00 at 01:00Z
    ['0 2 * * *', 'Europe/Berlin', '2026-10-24T12:00Z', ['2026-10-25T00:00Z', '2026-10-26T01:00Z']],
    ['30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00Z', ['2026-10-25T00:30Z', '2026-10-26T01:30Z']],
    ['30 2 * * *', 'Europe/Berlin', '2026-10-25T01:10Z', ['2026-10-26T01:30Z']],
    ['0 3 * * SUN', 'Europe/Berlin', '2026-10-24T12:00Z', ['2026-10-25T02:00Z', '2026-11-01T02:00Z']],
    ['*/20 2 * * *', 'Europe/Berlin', '2026-10-25T00:30Z', ['2026-10-25T00:40Z', '2026-10-26T01:00Z']],
    ['0 */2 * * *', 'Europe/Berlin', '2026-10-24T21:59Z', ['2026-10-24T22:00Z', '2026-10-25T00:00Z', '2026-10-25T03:00Z']],
    ['0 * * * *', 'Europe/Berlin', '2026-10-24T23:30Z', ['2026-10-25T00:00Z', '2026-10-25T01:00Z', '2026-10-25T02:00Z']],
    ['0 0 * * *', 'Europe/Berlin', '2026-10-24T12:00Z', ['2026-10-24T22:00Z', '2026-10-25T23:00Z']],
    // New York, 8 March 2026: 02:00 becomes 03:00 at 07:00Z; 1 November: 02:00 becomes 01:00 at 06:00Z
    ['30 2 * * *', 'America/New_York', '2026-03-07T12:00Z', ['2026-03-08T07:00Z', '2026-03-09T06:30Z']],
    ['0 3 * * *', 'America/New_York', '2026-03-07T12:00Z', ['2026-03-08T07:00Z', '2026-03-09T07:00Z']],
    ['0 2 * * SUN', 'America/New_York', '2026-03-07T12:00Z', ['2026-03-08T07:00Z', '2026-03-15T06:00Z']],
    ['30 1 * * *', 'America/New_York', '2026-10-31T12:00Z', ['2026-11-01T05:30Z', '2026-11-02T06:30Z']],
    ['0 1 * * *', 'America/New_York', '2026-10-31T12:00Z', ['2026-11-01T05:00Z', '2026-11-02T06:00Z']],
    ['0 2 * * *', 'America/New_York', '2026-10-31T12:00Z', ['2026-11-01T07:00Z', '2026-11-02T07:00Z']],
    ['45 * * * *', 'America/New_York', '2026-11-01T05:00Z', ['2026-11-01T05:45Z', '2026-11-01T06:45Z', '2026-11-01T07:45Z']],
    // Lord Howe, 5 April 2026: 02:00 becomes 01:30 at 15:00Z the day before; 4 October: 02:00 becomes 02:30 at 15:30Z
    ['45 1 * * *', 'Australia/Lord_Howe', '2026-04-04T12:00Z', ['2026-04-04T14:45Z', '2026-04-05T15:15Z']],
    ['30 1 * * *', 'Australia/Lord_Howe', '2026-04-04T12:00Z', ['2026-04-04T14:30Z', '2026-04-05T15:00Z']],
    ['0 2 * * *', 'Australia/Lord_Howe', '2026-04-04T12:00Z', ['2026-04-04T15:30Z', '2026-04-05T15:30Z']],
    [
      '*/15 * * * *',
      'Australia/Lord_Howe',
      '2026-04-04T14:40Z',
      ['2026-04-04T14:45Z', '2026-04-04T15:00Z', '2026-04-04T15:15Z', '2026-04-04T15:30Z'],
    ],
    ['15 2 * * *', 'Australia/Lord_Howe', '2026-10-03T12:00Z', ['2026-10-03T15:30Z', '2026-10-04T15:15Z']],
    ['0 2 * * *', 'Australia/Lord_Howe', '2026-10-03T12:00Z', ['2026-10-03T15:30Z', '2026-10-04T15:00Z']],
    ['45 2 * * *', 'Australia/Lord_Howe', '2026-10-03T12:00Z', ['2026-10-03T15:45Z', '2026-10-04T15:45Z']],
    ['*/15 * * * *', 'Australia/Lord_Howe', '2026-10-03T15:10Z', ['2026-10-03T15:15Z', '2026-10-03T15:30Z', '2026-10-03T15:45Z']],
    // A day whose midnight is skipped, and a day that does not exist
    ['0 0 * * *', 'Africa/Cairo', '2026-04-23T12:00Z', ['2026-04-23T22:00Z', '2026-04-24T21:00Z']],
    ['0 12 * * *', 'Pacific/Apia', '2011-12-29T12:00Z', ['2011-12-29T22:00Z', '2011-12-30T10:00Z', '2011-12-30T22:00Z']],
  ])('%s in %s after %s', (text, timezone, after, expected) => {
    expect(startsAfter(text, timezone, after, expected.length)).toEqual(expected);
  });

  it.each([
    ['Europe/Berlin', '2026-03-29T01:00Z'],
    ['Europe/Berlin', '2026-10-25T01:00Z'],
    ['America/New_York', '2026-03-08T07:00Z'],
    ['America/New_York', '2026-11-01T06:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
    ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ])('every 5 minutes stays every 5 real minutes in %s around %s', (timezone, change) => {
    const cron = cronOf('*/5 * * * *');
    const starts = [at(change) - 3 * hour];
    while (starts.length < 73) starts.push(nextStart(cron, timezone, starts.at(-1) ?? 0) ?? Number.NaN);

    const gaps = new Set(starts.slice(1).map((start, index) => start - (starts[index] ?? 0)));

    expect([...gaps]).toEqual([5 * minute]);
  });

  it('costs well under a millisecond for what is asked often', () => {
    const crons = ['0 3 * * SUN', '30 2 * * *', '*/5 * * * *', '0 0 1 1 *'].map(cronOf);
    const begin = process.cpuUsage();

    for (let count = 0; count < 500; count += 1) {
      for (const cron of crons) nextStart(cron, 'Europe/Berlin', at('2026-01-05T00:00Z') + count * hour);
    }

    expect(process.cpuUsage(begin).user / 2000).toBeLessThan(700);
  });
});

describe('previousStart', () => {
  it.each<readonly [string, string, string, string | null]>([
    ['0 3 * * SUN', 'Europe/Berlin', '2026-01-11T02:00Z', '2026-01-11T02:00Z'],
    ['0 3 * * SUN', 'Europe/Berlin', '2026-01-11T01:59:59.999Z', '2026-01-04T02:00Z'],
    ['30 2 * * *', 'Europe/Berlin', '2026-03-29T12:00Z', '2026-03-29T01:00Z'],
    ['30 2 * * *', 'Europe/Berlin', '2026-03-29T00:59Z', '2026-03-28T01:30Z'],
    ['50 2 * * *', 'Europe/Berlin', '2026-10-25T01:10Z', '2026-10-25T00:50Z'],
    ['10 2 * * *', 'Europe/Berlin', '2026-10-25T01:30Z', '2026-10-25T00:10Z'],
    ['10 * * * *', 'Europe/Berlin', '2026-10-25T01:30Z', '2026-10-25T01:10Z'],
    ['50 * * * *', 'Europe/Berlin', '2026-10-25T01:30Z', '2026-10-25T00:50Z'],
    ['50 * * * *', 'Europe/Berlin', '2026-03-29T01:30Z', '2026-03-29T00:50Z'],
    ['0 0 29 2 *', 'UTC', '2028-02-28T00:00Z', '2024-02-29T00:00Z'],
    ['0 0 30 2 *', 'UTC', '2028-02-28T00:00Z', null],
    ['0 0 1 1 *', 'UTC', '2026-12-31T23:59Z', '2026-01-01T00:00Z'],
    ['59 23 * * *', 'UTC', '2027-01-01T00:00Z', '2026-12-31T23:59Z'],
  ])('%s in %s at %s', (text, timezone, atOrBefore, expected) => {
    expect(iso(previousStart(cronOf(text), timezone, at(atOrBefore)))).toBe(expected);
  });
});

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Africa/Cairo',
  'Asia/Kathmandu',
];

/** Instants that lie mostly within a day and a half of a clock change. */
const zoneAndInstant = fc
  .record({
    timezone: fc.constantFrom(...zones),
    base: fc.integer({ min: at('2024-01-01T00:00Z'), max: at('2030-01-01T00:00Z') }),
    offset: fc.integer({ min: -36 * hour, max: 36 * hour }),
    near: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ timezone, base, offset, near }) => {
    const change = Temporal.Instant.fromEpochMilliseconds(base).toZonedDateTimeISO(timezone).getTimeZoneTransition('next');
    return { timezone, instant: near > 0 && change ? change.epochMilliseconds + offset : base };
  });

const field = (min: number, max: number) =>
  fc.oneof(
    fc.constant('*'),
    fc.integer({ min, max }).map(String),
    fc.integer({ min: 2, max: 20 }).map((step) => `*/${step}`),
    fc.tuple(fc.integer({ min, max }), fc.integer({ min, max })).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
  );
const cronText = fc.tuple(field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 6)).map((fields) => fields.join(' '));

/** The rule in its plainest form: look at every minute of the days around, and keep what must start. */
function startsBySearch(cron: Cron, timezone: string, from: number, to: number): readonly number[] {
  const starts = new Set<number>();
  const seen = (zoned: Temporal.PlainDateTime) =>
    cron.times.includes(zoned.hour * 60 + zoned.minute) &&
    cron.months.has(zoned.month) &&
    (cron.eitherDay
      ? cron.days.has(zoned.day) || cron.weekdays.has(zoned.dayOfWeek % 7)
      : cron.days.has(zoned.day) && cron.weekdays.has(zoned.dayOfWeek % 7));
  if (cron.everyHour) {
    for (let instant = Math.ceil(from / minute) * minute; instant <= to; instant += minute) {
      const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timezone).toPlainDateTime();
      if (seen(local)) starts.add(instant);
    }
    return [...starts];
  }
  let local = Temporal.Instant.fromEpochMilliseconds(from - 2 * day)
    .toZonedDateTimeISO(timezone)
    .toPlainDateTime()
    .round({ smallestUnit: 'day', roundingMode: 'floor' });
  for (let count = 0; count < ((to - from) / day + 5) * 1440; count += 1) {
    if (seen(local)) {
      const zoned = local.toZonedDateTime(timezone, { disambiguation: 'earlier' });
      const missing = !zoned.toPlainDateTime().equals(local);
      const start = missing ? (zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? 0) : zoned.epochMilliseconds;
      if (start >= from && start <= to) starts.add(start);
    }
    local = local.add({ minutes: 1 });
  }
  return [...starts].sort((a, b) => a - b);
}

describe('every expression, zone and instant', () => {
  it('starts strictly after, and the previous start of a start is itself', () => {
    fc.assert(
      fc.property(cronText, zoneAndInstant, (text, { timezone, instant }) => {
        const cron = cronOf(text);
        const next = nextStart(cron, timezone, instant);

        if (next === null) return;
        expect(next).toBeGreaterThan(instant);
        expect(previousStart(cron, timezone, next)).toBe(next);
        const previous = previousStart(cron, timezone, next - 1);
        expect(previous ?? instant).toBeLessThanOrEqual(instant);
      }),
      { numRuns: 400 },
    );
  });

  it('agrees with a search through every minute', () => {
    fc.assert(
      fc.property(cronText, zoneAndInstant, (text, { timezone, instant }) => {
        const cron = cronOf(text);
        const horizon = instant + 1.5 * day;
        const found: number[] = [];
        for (let next = nextStart(cron, timezone, instant); next !== null && next <= horizon && found.length < 50; ) {
          found.push(next);
          next = nextStart(cron, timezone, next);
        }

        expect(found).toEqual(startsBySearch(cron, timezone, instant + 1, horizon).slice(0, 50));
      }),
      { numRuns: 40 },
    );
  });
});
