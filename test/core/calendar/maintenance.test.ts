import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextBoundary, windowAt } from '../../../src/core/calendar/maintenance.ts';
import type { AdHocMaintenance } from '../../../src/core/record.ts';
import type { MaintenanceRule } from '../../../src/core/rules.ts';

const hour = 3_600_000;

function at(text: string): number {
  return Temporal.Instant.from(text).epochMilliseconds;
}

function iso(instant: number | null | undefined): string | null {
  return instant === null || instant === undefined
    ? null
    : Temporal.Instant.fromEpochMilliseconds(instant).toString({ smallestUnit: 'minute' });
}

const updates: MaintenanceRule = {
  key: 'updates',
  services: ['Website'],
  schedule: '0 3 * * SUN',
  durationMs: 2 * hour,
  reason: 'Updates',
};
const power: MaintenanceRule = {
  key: 'power',
  services: 'all',
  from: at('2026-12-24T11:00Z'),
  to: at('2026-12-24T17:00Z'),
  reason: 'Power works',
};
const rules = { timezone: 'Europe/Berlin', maintenance: [updates, power] };
const none = new Map<string, AdHocMaintenance>();

function adHoc(services: AdHocMaintenance['services'], from: string, to: string, id = 'm1'): AdHocMaintenance {
  return { id, services, from: at(from), to: at(to), reason: null, by: 'anna' };
}

describe('windowAt', () => {
  it.each<readonly [string, string, string, string | null]>([
    ['a moment before a scheduled start', 'Website', '2026-01-11T01:59:59.999Z', null],
    ['at a scheduled start', 'Website', '2026-01-11T02:00Z', '2026-01-11T02:00Z/2026-01-11T04:00Z'],
    ['at the last moment', 'Website', '2026-01-11T03:59:59.999Z', '2026-01-11T02:00Z/2026-01-11T04:00Z'],
    ['at the end', 'Website', '2026-01-11T04:00Z', null],
    ['another service', 'Router', '2026-01-11T03:00Z', null],
    ['a dated window for all', 'Router', '2026-12-24T11:00Z', '2026-12-24T11:00Z/2026-12-24T17:00Z'],
    ['the end of a dated window', 'Router', '2026-12-24T17:00Z', null],
    ['in summer time', 'Website', '2026-07-05T01:00Z', '2026-07-05T01:00Z/2026-07-05T03:00Z'],
    ['as long as said on the day that loses an hour', 'Website', '2026-03-29T02:59Z', '2026-03-29T01:00Z/2026-03-29T03:00Z'],
    ['on the day that gains an hour', 'Website', '2026-10-25T02:00Z', '2026-10-25T02:00Z/2026-10-25T04:00Z'],
  ])('%s', (_name, service, wall, expected) => {
    const window = windowAt(rules, none, service, at(wall));

    expect(window && `${iso(window.from)}/${iso(window.to)}`).toBe(expected);
  });

  it('names the reason', () => {
    expect(windowAt(rules, none, 'Website', at('2026-01-11T03:00Z'))?.reason).toBe('Updates');
    expect(
      windowAt(rules, new Map([['m1', adHoc('all', '2026-01-05T10:00Z', '2026-01-05T11:00Z')]]), 'x', at('2026-01-05T10:30Z'))
        ?.reason,
    ).toBeNull();
  });

  it('joins windows that overlap or touch, from rules and persons, over chains', () => {
    const windows = new Map([
      ['m1', adHoc(['Website'], '2026-01-11T03:30Z', '2026-01-11T05:00Z')],
      ['m2', adHoc('all', '2026-01-11T05:00Z', '2026-01-11T06:00Z', 'm2')],
      ['m3', adHoc(['Router'], '2026-01-11T06:00Z', '2026-01-11T09:00Z', 'm3')],
      ['m4', adHoc(['Website'], '2026-01-11T00:00Z', '2026-01-11T02:00Z', 'm4')],
    ]);

    const union = windowAt(rules, windows, 'Website', at('2026-01-11T05:30Z'));

    expect(iso(union?.from)).toBe('2026-01-11T00:00Z');
    expect(iso(union?.to)).toBe('2026-01-11T06:00Z');
  });

  it('bounds a union that has no end', () => {
    const endless = {
      timezone: 'UTC',
      maintenance: [{ key: 'e', services: 'all', schedule: '0 * * * *', durationMs: 2 * hour } as const],
    };
    const wall = at('2026-01-11T00:30Z');

    const union = windowAt(endless, none, 'Website', wall);

    expect(union?.from).toBeLessThan(wall - 40 * hour);
    expect(union?.to).toBeGreaterThan(wall + 40 * hour);
    expect(union?.to).toBeLessThan(wall + 110 * hour);
  });

  it('ignores a rule whose schedule cannot be read', () => {
    const broken = {
      timezone: 'UTC',
      maintenance: [{ key: 'b', services: 'all', schedule: 'often', durationMs: hour } as const],
    };

    expect(windowAt(broken, none, 'Website', 0)).toBeNull();
    expect(nextBoundary(broken, none, null, 0)).toBeNull();
  });

  it('gives the same answer in another zone after it was asked in one', () => {
    const inBerlin = windowAt(rules, none, 'Website', at('2026-01-11T02:30Z'));
    const inNewYork = windowAt({ ...rules, timezone: 'America/New_York' }, none, 'Website', at('2026-01-11T02:30Z'));

    expect([inBerlin !== null, inNewYork !== null]).toEqual([true, false]);
  });

  it('is cheap for many services asked in every step', () => {
    const begin = process.cpuUsage();

    for (let count = 0; count < 2000; count += 1) windowAt(rules, none, 'Website', at('2026-01-11T02:30Z') + count);

    expect(process.cpuUsage(begin).user / 2000).toBeLessThan(200);
  });
});

describe('nextBoundary', () => {
  it.each<readonly [string, string | null, string, string | null]>([
    ['the next start', 'Website', '2026-01-10T00:00Z', '2026-01-11T02:00Z'],
    ['the end, from inside', 'Website', '2026-01-11T02:00Z', '2026-01-11T04:00Z'],
    ['the following start, from the end', 'Website', '2026-01-11T04:00Z', '2026-01-18T02:00Z'],
    ['of all services', null, '2026-12-24T09:00Z', '2026-12-24T11:00Z'],
    ['of a service that only "all" names', 'Router', '2026-01-10T00:00Z', '2026-12-24T11:00Z'],
    ['none any more', 'Router', '2026-12-24T17:00Z', null],
    ['on the day that loses an hour', 'Website', '2026-03-29T00:00Z', '2026-03-29T01:00Z'],
  ])('%s', (_name, service, after, expected) => {
    expect(iso(nextBoundary(rules, none, service, at(after)))).toBe(expected);
  });

  it('visits every instant at which the answer of windowAt changes', () => {
    const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'Australia/Lord_Howe');
    const schedule = fc.constantFrom('0 3 * * SUN', '30 2 * * *', '0 */6 * * *', '15 1 29 3 *', '0 0 1 * MON');
    const start = fc.integer({ min: at('2026-01-01T00:00Z'), max: at('2027-01-01T00:00Z') });

    fc.assert(
      fc.property(
        zone,
        fc.array(schedule, { maxLength: 3 }),
        fc.integer({ min: 1, max: 30 }),
        start,
        (timezone, schedules, hours, wall) => {
          const some = {
            timezone,
            maintenance: schedules.map((text, index) => ({
              key: `${index}`,
              services: 'all' as const,
              schedule: text,
              durationMs: hours * hour,
            })),
          };
          const one = new Map([
            ['m1', { ...adHoc('all', '2026-01-01T00:00Z', '2026-01-01T00:00Z'), from: wall + hour, to: wall + 3 * hour }],
          ]);
          const boundary = nextBoundary(some, one, 'Website', wall) ?? Number.NaN;
          const inside = windowAt(some, one, 'Website', wall) !== null;

          expect(boundary).toBeGreaterThan(wall);
          expect(windowAt(some, one, 'Website', boundary - 1) !== null).toBe(inside);
          expect(windowAt(some, one, 'Website', (wall + boundary) / 2) !== null).toBe(inside);
        },
      ),
      { numRuns: 100 },
    );
  });
});
