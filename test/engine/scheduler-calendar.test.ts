import { describe, expect, it } from 'vitest';
import type { Hours } from '../../src/core/rules.ts';
import { check } from '../support/rules.ts';
import { SchedulerWorld } from './scheduler-world.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const nightly = check('Backup', { key: 'backup', schedule: '0 3 * * *' });

/** Ticks every minute, as node-cron does. */
async function passMinutes(world: SchedulerWorld, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await world.pass(minute);
    world.scheduler.tick();
  }
  await world.pass(5 * second);
}

function wallsOf(world: SchedulerWorld, key: string): readonly string[] {
  return world.results
    .filter((result) => result.check.key === key)
    .map(({ startedWall }) =>
      Temporal.Instant.fromEpochMilliseconds(Math.floor(startedWall)).toString({ smallestUnit: 'minute' }),
    );
}

describe('a cron expression', () => {
  it('is looked at once for each start in the site’s zone, not at the daemon’s start', async () => {
    const world = new SchedulerWorld('2026-03-28T01:00:30Z');

    world.begin([nightly]);
    await passMinutes(world, 25 * 60);

    expect(wallsOf(world, 'backup')).toEqual(['2026-03-28T02:00Z', '2026-03-29T01:00Z']);
  });

  it('whose minute was missed is looked at by the next tick, once', async () => {
    const world = new SchedulerWorld('2026-01-05T01:00:30Z');
    world.begin([nightly]);
    await world.pass(4 * hour);

    world.scheduler.tick();
    world.scheduler.tick();
    await passMinutes(world, 10);

    expect(wallsOf(world, 'backup')).toEqual(['2026-01-05T05:00Z']);
  });

  it('is retried while soft', async () => {
    const world = new SchedulerWorld('2026-01-05T01:59:30Z');
    world.onResult = () => world.scheduler.setPace('backup', world.results.length < 3 ? 'retry' : 'interval');

    world.begin([nightly]);
    await passMinutes(world, 30);

    const [first = 0, ...others] = world.startsOf('backup');
    expect(others.map((start) => start - first)).toEqual([30 * second, 60 * second]);
  });

  it('counts again after the clock was set back, and once after it was set forward', async () => {
    const world = new SchedulerWorld('2026-01-05T01:59:30Z');
    world.begin([nightly]);
    await passMinutes(world, 2);

    world.wall -= hour;
    world.scheduler.clockSet();
    await passMinutes(world, 70);
    world.wall += 30 * 24 * hour;
    world.scheduler.clockSet();
    await passMinutes(world, 10);

    expect(wallsOf(world, 'backup').length).toBe(3);
  });

  it('keeps its plan over a reload, and follows a change', async () => {
    const world = new SchedulerWorld('2026-01-05T01:30:30Z');
    const calendar = { hours: {}, timezone: 'Europe/Berlin' };
    world.begin([nightly]);
    await passMinutes(world, 15);

    world.scheduler.setChecks([nightly], calendar);
    await passMinutes(world, 30);
    expect(wallsOf(world, 'backup')).toEqual(['2026-01-05T02:00Z']);

    world.scheduler.setChecks([{ ...nightly, schedule: '30 3 * * *' }], calendar);
    await passMinutes(world, 60);
    expect(wallsOf(world, 'backup')).toEqual(['2026-01-05T02:00Z', '2026-01-05T02:30Z']);
  });
});

describe('watch hours', () => {
  const office: Hours = { spans: { 1: [{ from: 660, to: 720 }], 2: [{ from: 660, to: 720 }] } };
  const printer = check('Printer', { key: 'printer', watch: 'office' });

  it('are the only time in which a check is looked at', async () => {
    const world = new SchedulerWorld('2026-01-05T09:00:00Z');

    world.begin([printer], { office });
    await world.pass(48 * hour);

    const hours = world.results.map(({ startedWall }) => new Date(startedWall).toISOString().slice(8, 13));
    expect(new Set(hours)).toEqual(new Set(['05T10', '06T10']));
    expect(hours.length).toBeGreaterThan(115);
    expect(hours.length).toBeLessThan(123);
  });

  it('hold for looks that somebody asks for and for retries', async () => {
    const world = new SchedulerWorld('2026-01-05T08:00:00Z');
    world.begin([printer], { office });
    world.scheduler.setPace('printer', 'retry');
    await world.pass(minute);

    world.scheduler.probeNow(['printer']);
    await world.pass(minute);

    expect(world.looks).toEqual([]);
  });

  it('are found again within the hour after the clock was set without anybody telling', async () => {
    const world = new SchedulerWorld('2026-01-10T08:00:00Z');
    world.begin([printer], { office });
    await world.pass(minute);

    world.wall = Temporal.Instant.from('2026-01-12T09:30:00Z').epochMilliseconds;
    await world.pass(90 * minute);

    expect(world.looks.length).toBeGreaterThan(25);
  });

  it('that are changed by a reload are in force at once', async () => {
    const world = new SchedulerWorld('2026-01-05T08:00:00Z');
    world.begin([printer], { office });
    await world.pass(minute);

    world.scheduler.setChecks([printer], {
      hours: { office: { spans: { 1: [{ from: 0, to: 1440 }] } } },
      timezone: 'Europe/Berlin',
    });
    await world.pass(5 * minute);

    expect(world.looks.length).toBeGreaterThanOrEqual(4);
  });
});

describe('after a sleep of the machine', () => {
  it('results of looks begun before are dropped, and everything is looked at soon', async () => {
    const world = new SchedulerWorld();
    world.behaviours.set('slow', 8 * second);
    world.begin([check('Slow', { key: 'slow', intervalMs: hour }), check('Quick', { key: 'quick', intervalMs: hour })]);
    await world.pass(3 * second);
    world.wall += 5 * hour;

    world.scheduler.reanchor();
    const from = world.results.length;
    await world.pass(20 * second);

    expect(
      world.results
        .slice(from)
        .map((result) => result.check.key)
        .sort(),
    ).toEqual(['quick', 'slow']);
    expect(world.looks[0]?.key === 'slow' ? world.looks[0].signal.aborted : world.looks[1]?.signal.aborted).toBe(true);
    expect(world.results.every((result) => result.startedMono > 0)).toBe(true);
  });
});
