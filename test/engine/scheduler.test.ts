import { describe, expect, it } from 'vitest';
import { gridSlot } from '../../src/engine/schedule.ts';
import { Scheduler } from '../../src/engine/scheduler.ts';
import { realClock, realTimer } from '../../src/lib/clock.ts';
import { check } from '../support/rules.ts';
import { checks, SchedulerWorld } from './scheduler-world.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const website = check('Website', { key: 'website' });

describe('looks by the interval', () => {
  it('begin soon after the start, then keep their places', async () => {
    const world = new SchedulerWorld();
    const rules = checks(50, 'service');
    const begin = world.mono;

    world.begin(rules);
    await world.pass(10 * minute);

    for (const rule of rules) {
      const [first = Number.NaN, ...others] = world.startsOf(rule.key);
      expect(first - begin).toBeLessThan(1 * second);
      expect(others.length).toBeGreaterThanOrEqual(9);
      const second1 = gridSlot(rule, first + minute / 2);
      expect(others).toEqual(others.map((_, index) => second1 + index * minute));
    }
  });

  it('keep their places over a restart of the daemon', async () => {
    const world = new SchedulerWorld();
    world.begin([website]);
    await world.pass(5 * minute);
    const before = world.startsOf('website').at(-1) ?? Number.NaN;
    await world.scheduler.stop();
    await world.pass(20 * second);

    world.scheduler = world.another();
    world.begin([website]);
    await world.pass(5 * minute);

    const after = world.startsOf('website').at(-1) ?? Number.NaN;
    expect((after - before) % minute).toBe(0);
  });

  it('never overlap: slots that pass meanwhile are skipped', async () => {
    const world = new SchedulerWorld();
    world.behaviours.set('website', 'hang');

    world.begin([check('Website', { key: 'website', intervalMs: 5 * second, timeoutMs: 12 * second })]);
    await world.pass(2 * minute);

    const starts = world.startsOf('website');
    expect(starts.length).toBeGreaterThanOrEqual(8);
    for (const [index, start] of starts.slice(1).entries())
      expect(start - (starts[index] ?? 0)).toBeGreaterThanOrEqual(12 * second);
  });

  it('hand over what was seen, with the times of the start', async () => {
    const world = new SchedulerWorld();

    world.begin([website]);
    await world.pass(2 * second);

    expect(world.results).toMatchObject([{ check: { key: 'website' }, observation: { status: 'up' }, lagMs: 0 }]);
    expect(world.results[0]?.startedMono).toBe(world.startsOf('website')[0]);
    expect(world.wall - (world.results[0]?.startedWall ?? 0)).toBeCloseTo(world.mono - (world.results[0]?.startedMono ?? 0));
  });

  it('go on when the taker of results throws', async () => {
    const world = new SchedulerWorld();
    world.onResult = () => {
      throw new Error('defect');
    };

    world.begin([website]);
    await world.pass(5 * minute);

    expect(world.results.length).toBeGreaterThanOrEqual(5);
    expect(new Set(world.logged)).toEqual(new Set(['error: a result could not be taken: a defect of incidentd']));
  });
});

describe('on the real clock and timer', () => {
  it('looks come again and again, never sooner than half an interval', async () => {
    const quick = check('Quick', { key: 'quick', intervalMs: 40 });
    const starts: number[] = [];
    const scheduler = new Scheduler({
      clock: realClock,
      timer: realTimer,
      look: async () => ({ status: 'up', reason: 'ok', message: '', measures: [], evidence: [] }),
      onResult: ({ startedMono }) => void starts.push(startedMono),
      log: () => {},
    });

    scheduler.setChecks([quick], { hours: {}, timezone: 'UTC' });
    scheduler.start();
    await new Promise((resolve) => setTimeout(resolve, 400));
    await scheduler.stop();

    expect(starts.length).toBeGreaterThan(3);
    expect(starts.length).toBeLessThanOrEqual(12);
    for (const [index, start] of starts.slice(1).entries()) expect(start - (starts[index] ?? 0)).toBeGreaterThanOrEqual(20);
  });
});

describe('pace', () => {
  it('while soft is the retry interval, then the place in the interval again', async () => {
    const world = new SchedulerWorld();
    world.onResult = () => world.scheduler.setPace('website', world.results.length < 3 ? 'retry' : 'interval');

    world.begin([check('Website', { key: 'website', retryIntervalMs: 5 * second })]);
    await world.pass(5 * minute);

    const starts = world.startsOf('website');
    const [first = 0, second1 = 0, third = 0, fourth = 0] = starts;
    expect([second1 - first, third - second1]).toEqual([5 * second, 5 * second]);
    expect(fourth).toBe(gridSlot(website, third + minute / 2));
  });

  it('may change between looks, and of what is not there', async () => {
    const world = new SchedulerWorld();
    world.begin([check('Website', { key: 'website', intervalMs: hour })]);
    await world.pass(10 * second);

    world.scheduler.setPace('website', 'retry');
    world.scheduler.setPace('gone', 'retry');
    await world.pass(minute);

    expect(world.startsOf('website').length).toBe(3);
  });
});

describe('probeNow', () => {
  it('looks at once at what is idle, and keeps half an interval to the next regular look', async () => {
    const world = new SchedulerWorld();
    world.begin([website]);
    await world.pass(10 * minute);
    const asked = world.mono;

    world.scheduler.probeNow(['website', 'gone']);
    await world.pass(2 * minute);

    const after = world.startsOf('website').filter((start) => start >= asked);
    expect(after[0]).toBe(asked);
    expect((after[1] ?? 0) - asked).toBeGreaterThanOrEqual(minute / 2);
  });

  it('looks again after a look that is running', async () => {
    const world = new SchedulerWorld();
    world.behaviours.set('website', 3 * second);
    world.begin([website]);
    await world.pass(1 * second);

    world.scheduler.probeNow(['website']);
    await world.pass(20 * second);

    const [first = 0, again = 0, ...others] = world.startsOf('website');
    expect(again - first).toBe(3 * second);
    expect(others).toEqual([]);
  });

  it('asked by a thousand at once looks once, and asked all the time once a second', async () => {
    const world = new SchedulerWorld();
    world.begin([check('Router', { key: 'router', intervalMs: hour })]);
    await world.pass(10 * second);
    for (let count = 0; count < 1000; count += 1) world.scheduler.probeNow(['router']);
    await world.pass(10 * second);
    expect(world.startsOf('router').length).toBe(2);

    for (let count = 0; count < 100; count += 1) {
      world.scheduler.probeNow(['router']);
      await world.pass(100);
    }

    expect(world.startsOf('router').length).toBeLessThanOrEqual(13);
  });
});

describe('defects of probes', () => {
  it.each(['throw', 'reject'] as const)('a probe that does %s is unknown, and looked at again', async (behaviour) => {
    const world = new SchedulerWorld();
    world.behaviours.set('website', behaviour);

    world.begin([website, check('Other', { key: 'other' })]);
    await world.pass(3 * minute);

    const mine = world.results.filter((result) => result.check.key === 'website');
    expect(mine.length).toBeGreaterThanOrEqual(3);
    expect(mine[0]?.observation).toMatchObject({ status: 'unknown', reason: 'not-watched' });
    expect(mine[0]?.observation.message).toMatch(/broken probe.*defect of incidentd/);
    expect(world.results.length).toBe(2 * mine.length);
    expect(world.scheduler.stats()).toMatchObject({ running: 0, threw: mine.length });
  });

  it('a probe that ignores its deadline is left alone a second later, and its slot is free', async () => {
    const world = new SchedulerWorld();
    world.behaviours.set('website', 'deaf');

    world.begin([website]);
    await world.pass(11.5 * second);

    expect(world.looks[0]?.signal.aborted).toBe(true);
    expect(world.results.map((result) => result.observation.status)).toEqual(['unknown']);
    expect(world.results[0]?.observation.message).toContain('did not end within 1s of its deadline (10s)');
    expect(world.scheduler.stats()).toMatchObject({ running: 0, slow: 0, abandoned: 1, unsettled: 1 });
  });

  it('leaves at most three looks of a check behind, and says why it looks no more', async () => {
    const world = new SchedulerWorld();
    world.behaviours.set('website', 'deaf');

    world.begin([website]);
    await world.pass(10 * minute);

    expect(world.looks.length).toBe(3);
    expect(world.results.length).toBeGreaterThanOrEqual(9);
    expect(world.results.at(-1)?.observation).toMatchObject({ status: 'unknown' });
    expect(world.results.at(-1)?.observation.message).toContain('3 earlier looks have not ended');
  });

  it('takes nothing from a look that ends after it was left alone, but counts it as ended', async () => {
    const world = new SchedulerWorld();
    world.behaviours.set('website', 30 * second);

    world.begin([website]);
    await world.pass(40 * second);

    expect(world.results.map((result) => result.observation.status)).toEqual(['unknown']);
    expect(world.scheduler.stats()).toMatchObject({ abandoned: 1, unsettled: 0 });
  });
});

describe('stop', () => {
  it('aborts what runs, ends within a second even when that is ignored, and gives no result any more', async () => {
    const world = new SchedulerWorld();
    world.behaviours.set('deaf', 'deaf').set('hang', 'hang');
    world.begin([check('D', { key: 'deaf' }), check('H', { key: 'hang' }), website]);
    await world.pass(minute);
    const before = world.results.length;
    world.scheduler.probeNow(['deaf', 'hang', 'website']);
    await world.pass(0);
    const from = world.mono;

    let stoppedAt = Number.NaN;
    void world.scheduler.stop().then(() => {
      stoppedAt = world.mono;
    });
    await world.pass(10 * minute);

    expect(stoppedAt - from).toBeLessThan(1 * second);
    expect(world.looks.every((look) => look.mono <= from)).toBe(true);
    expect(world.results.length).toBe(before);
  });

  it('is at once when nothing runs or everything obeys', async () => {
    const world = new SchedulerWorld();
    world.behaviours.set('hang', 'hang');
    world.begin([check('H', { key: 'hang' })]);
    await world.pass(1 * second);

    await world.scheduler.stop();
    await world.scheduler.stop();

    expect(world.looks.length).toBe(1);
    expect(world.results).toEqual([]);
  });
});

describe('setChecks', () => {
  it('keeps the plan of what stays, looks soon at what is new, and drops what is gone', async () => {
    const world = new SchedulerWorld();
    world.behaviours.set('old', 'hang');
    const calendar = { hours: {}, timezone: 'UTC' };
    world.begin([website, check('Old', { key: 'old' })]);
    await world.pass(5 * minute);
    world.scheduler.probeNow(['old']);
    await world.pass(1);
    const before = world.results.length;

    world.scheduler.setChecks([website, check('New', { key: 'new' })], calendar);
    await world.pass(5 * minute);

    const places = world
      .startsOf('website')
      .slice(1)
      .map((start) => start % minute);
    expect(new Set(places.map(Math.round)).size).toBe(1);
    expect(world.startsOf('new').length).toBeGreaterThanOrEqual(5);
    expect(world.looks.findLast((look) => look.key === 'old')?.signal.aborted).toBe(true);
    expect(world.results.slice(before).some((result) => result.check.key === 'old')).toBe(false);
    expect(world.scheduler.stats().checks).toBe(2);
  });

  it('takes what is gone out of the line, too', async () => {
    const world = new SchedulerWorld();
    const rules = checks(300, 'hanging', { intervalMs: 10 * second, timeoutMs: 5 * second });
    for (const rule of rules) world.behaviours.set(rule.key, 'hang');
    world.begin(rules);
    world.scheduler.probeNow(rules.map((rule) => rule.key));
    await world.pass(1);
    expect(world.scheduler.stats()).toMatchObject({ running: 128, waiting: 172 });

    world.scheduler.setChecks([website], { hours: {}, timezone: 'UTC' });
    await world.pass(minute);

    expect(world.looks.filter((look) => look.key !== 'website').length).toBe(128);
    expect(world.scheduler.stats()).toMatchObject({ running: 0, waiting: 0 });
  });

  it('puts a changed interval into force', async () => {
    const world = new SchedulerWorld();
    world.begin([check('Website', { key: 'website', intervalMs: hour })]);
    await world.pass(10 * second);

    world.scheduler.setChecks([website], { hours: {}, timezone: 'UTC' });
    await world.pass(3 * minute);

    expect(world.startsOf('website').length).toBeGreaterThanOrEqual(3);
  });
});
