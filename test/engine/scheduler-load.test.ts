import { describe, expect, it } from 'vitest';
import { Heap } from '../../src/engine/heap.ts';
import { gridSlot } from '../../src/engine/schedule.ts';
import { check } from '../support/rules.ts';
import { checks, SchedulerWorld } from './scheduler-world.ts';

const second = 1000;
const minute = 60 * second;

describe('300 checks that hang beside 300 healthy ones', () => {
  it.each([
    ['over sockets, retried', { timeoutMs: 10 * second }],
    ['over sockets, for their whole interval', { timeoutMs: 60 * second }],
    ['in processes', { timeoutMs: 10 * second, kind: 'ping' }],
    ['in processes, for their whole interval', { timeoutMs: 60 * second, kind: 'ping' }],
  ])('%s: no healthy one is late by an interval', async (_name, changes) => {
    const world = new SchedulerWorld();
    const hanging = checks(300, 'hanging', changes);
    const healthy = checks(300, 'healthy', { ...changes, timeoutMs: 10 * second });
    for (const rule of hanging) world.behaviours.set(rule.key, 'hang');
    world.onResult = ({ check: { key }, observation }) =>
      world.scheduler.setPace(key, observation.status === 'up' ? 'interval' : 'retry');

    world.begin([...hanging, ...healthy]);
    await world.pass(6 * minute);

    for (const rule of healthy) {
      const starts = world.startsOf(rule.key);
      const lateness = starts.slice(1).map((start, index) => start - gridSlot(rule, (starts[index] ?? 0) + minute / 2));
      expect(Math.max(...lateness)).toBeLessThan(minute / 2);
      expect(starts.length).toBeGreaterThanOrEqual(5);
    }
    for (const rule of hanging) expect(world.startsOf(rule.key).length).toBeGreaterThanOrEqual(2);
  });

  it('all that begin to hang at once do not stop the others either, and what is in flight is bounded', async () => {
    const world = new SchedulerWorld();
    const failing = checks(1000, 'failing');
    const healthy = checks(300, 'healthy');
    world.begin([...failing, ...healthy]);
    await world.pass(3 * minute);

    for (const rule of failing) world.behaviours.set(rule.key, 'hang');
    let most = 0;
    for (let count = 0; count < 180; count += 1) {
      await world.pass(second);
      most = Math.max(most, world.scheduler.stats().running);
    }

    for (const rule of healthy) {
      const starts = world.startsOf(rule.key);
      const gaps = starts.slice(2).map((start, index) => start - (starts[index + 1] ?? 0));
      expect(Math.max(...gaps)).toBeLessThan(1.5 * minute);
    }
    expect(most).toBeLessThan(128 + 256 + 64 * 10);
  });
});

describe('ten thousand checks a minute', () => {
  it('cost little, and none is missed', async () => {
    const world = new SchedulerWorld();
    const begin = process.cpuUsage();

    world.begin(checks(10_000, 'service'));
    await world.pass(5 * minute);

    const { started, waiting } = world.scheduler.stats();
    expect(started).toBeGreaterThanOrEqual(45_000);
    expect(started).toBeLessThanOrEqual(60_000);
    expect(waiting).toBeLessThan(100);
    expect(process.cpuUsage(begin).user / started).toBeLessThan(200);
  });
});

describe('our own lag', () => {
  it('is none while we are in time', async () => {
    const world = new SchedulerWorld();
    world.begin(checks(20, 'service'));

    await world.pass(5 * minute);

    expect(Math.max(...world.results.map((result) => result.lagMs))).toBe(0);
    expect(world.logged).toEqual([]);
  });

  it('goes with the results of looks that ran meanwhile or began just after, and with no other', async () => {
    const world = new SchedulerWorld();
    world.behaviours.set('slow', 1500).set('before', 10);
    world.begin([check('S', { key: 'slow' }), check('B', { key: 'before' })]);
    await world.pass(minute);
    world.scheduler.probeNow(['slow']);
    await world.pass(100);

    world.stall(7 * second);
    await world.pass(2 * second);
    const during = world.results.findLast((result) => result.check.key === 'slow');
    await world.pass(2 * minute);

    expect(during?.lagMs).toBeGreaterThan(6 * second);
    expect(during?.lagMs).toBeLessThanOrEqual(7 * second);
    expect(world.results.at(-1)?.lagMs).toBe(0);
    expect(world.logged).toEqual(['warn: timers are late: this machine is too busy']);
  });

  it('goes with a result that arrives before any timer could tell', async () => {
    const world = new SchedulerWorld();
    world.behaviours.set('website', 100);
    world.begin([check('W', { key: 'website' })]);
    await world.pass(minute);
    world.scheduler.probeNow(['website']);
    await world.pass(10);

    world.stall(7 * second);
    await world.pass(1);

    expect(world.results.at(-1)?.lagMs).toBe(6510);
  });

  it('goes with a look that begins right after it', async () => {
    const world = new SchedulerWorld();
    world.begin([check('W', { key: 'website' })]);
    await world.pass(minute);
    const before = world.results.length;

    world.stall(70 * second);
    await world.pass(2 * second);

    expect(world.results.length).toBe(before + 1);
    expect(world.results.at(-1)?.lagMs).toBeGreaterThan(9 * second);
  });

  it('is seen in how long the next look has been due', async () => {
    const world = new SchedulerWorld();
    world.begin([check('W', { key: 'website' })]);
    await world.pass(minute);

    world.stall(10 * minute);

    expect(world.scheduler.stats().overdueMs).toBeGreaterThan(8 * minute);
  });
});

describe('the heap', () => {
  it('gives values in order of their due times, after inserts, moves and removals', () => {
    const heap = new Heap<number>();
    let seed = 7;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed;
    };
    const nodes = Array.from({ length: 2000 }, (_, index) => heap.insert(index, random() % 500));
    for (const node of nodes) {
      const choice = random() % 3;
      if (choice === 0) heap.move(node, random() % 500);
      if (choice === 1) heap.remove(node);
      if (choice === 1 && random() % 2 === 0) heap.move(node, random() % 500);
    }

    const dues: number[] = [];
    for (let head = heap.peek(); head; head = heap.peek()) {
      dues.push(head.due);
      heap.remove(head);
      heap.remove(head);
    }

    expect(dues.length).toBeGreaterThan(1000);
    expect(dues).toEqual(dues.toSorted((a, b) => a - b));
    expect(heap.size).toBe(0);
  });

  it('gives values due at the same time in the order in which they came', () => {
    const heap = new Heap<string>();
    for (const name of 'abcdefgh') heap.insert(name, 5);

    let order = '';
    for (let head = heap.peek(); head; head = heap.peek()) {
      order += head.value;
      heap.remove(head);
    }

    expect(order).toBe('abcdefgh');
  });
});
