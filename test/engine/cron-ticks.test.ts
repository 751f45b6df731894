import { getTasks } from 'node-cron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CronTicks, startCronTicks } from '../../src/engine/cron-ticks.ts';
import { realClock, realTimer } from '../../src/lib/clock.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('minute ticks', () => {
  let ticks: CronTicks | undefined;
  let seen: string[] = [];
  let logged: string[] = [];

  function start(at: string, onTick = () => {}): void {
    vi.setSystemTime(new Date(at));
    const log = (level: string, sentence: string) => void logged.push(`${level}: ${sentence}`);
    ticks = startCronTicks({ clock: realClock, timer: realTimer, log }, () => {
      seen.push(new Date().toISOString().slice(0, 16));
      onTick();
    });
  }

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'hrtime', 'Date'] });
    seen = [];
    logged = [];
  });

  afterEach(() => {
    ticks?.stop();
    vi.useRealTimers();
  });

  it('come at every full minute, and stop', async () => {
    start('2026-01-05T10:00:20Z');

    await vi.advanceTimersByTimeAsync(3 * minute);
    ticks?.stop();
    await vi.advanceTimersByTimeAsync(3 * minute);

    expect(seen).toEqual(['2026-01-05T10:01', '2026-01-05T10:02', '2026-01-05T10:03']);
    expect(getTasks().size).toBe(0);
  });

  it.each([
    ['Europe/Warsaw', '2026-10-24T23:50:30Z', '2026-10-25T02:10:30Z'],
    ['Australia/Lord_Howe', '2026-04-04T14:20:30Z', '2026-04-04T16:10:30Z'],
    ['Europe/Warsaw', '2026-03-28T23:50:30Z', '2026-03-29T02:10:30Z'],
    ['Europe/Warsaw', '2026-10-25T01:30:30Z', '2026-10-25T02:10:30Z'],
  ])('come at every minute on a machine in %s while its clock changes, without spinning', async (zone, from, to) => {
    vi.stubEnv('TZ', zone);
    start(from);
    const begin = process.cpuUsage();

    await vi.advanceTimersByTimeAsync(Date.parse(to) - Date.parse(from));
    vi.unstubAllEnvs();

    const minutes = new Set(seen);
    expect(minutes.size).toBe((Date.parse(to) - Date.parse(from)) / minute);
    expect(seen.length - minutes.size).toBeLessThan(3);
    expect(process.cpuUsage(begin).user).toBeLessThan(2_500_000);
  });

  it('survive a tick that throws', async () => {
    start('2026-01-05T10:00:20Z', () => {
      throw new Error('broken');
    });

    await vi.advanceTimersByTimeAsync(2 * minute);

    expect(seen.length).toBe(2);
    expect(logged).toEqual(Array(2).fill('error: a minute tick failed: a defect of incidentd'));
  });

  it('go on at once when the clock is set back', async () => {
    start('2026-01-05T10:00:20Z');
    await vi.advanceTimersByTimeAsync(minute);

    vi.setSystemTime(new Date(Date.now() - 5 * hour));
    await vi.advanceTimersByTimeAsync(2 * minute);

    expect(seen).toEqual(['2026-01-05T10:01', '2026-01-05T05:01', '2026-01-05T05:02', '2026-01-05T05:03']);
  });

  it('do not walk through the years when the clock is set forward', async () => {
    start('2026-01-05T10:00:20Z');
    await vi.advanceTimersByTimeAsync(minute);

    vi.setSystemTime(new Date('2056-01-05T10:01:20Z'));
    const begin = process.cpuUsage();
    await vi.advanceTimersByTimeAsync(2 * minute);

    expect(seen).toEqual(['2026-01-05T10:01', '2056-01-05T10:01', '2056-01-05T10:02', '2056-01-05T10:03']);
    expect(process.cpuUsage(begin).user).toBeLessThan(3_000_000);
  });

  it('leave nothing behind over many restarts', async () => {
    start('2026-01-05T10:00:20Z');

    for (let count = 0; count < 50; count += 1) ticks?.restart();
    seen = [];
    await vi.advanceTimersByTimeAsync(minute);

    expect(seen).toEqual(['2026-01-05T10:01']);
    expect(getTasks().size).toBe(1);
  });
});
