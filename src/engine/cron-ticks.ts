import { type ScheduledTask, schedule } from 'node-cron';
import type { Now } from '../core/event.ts';
import { defectFields } from './defect.ts';
import type { Cancel, Ports } from './ports.ts';

type TickPorts = Pick<Ports, 'clock' | 'timer' | 'log'>;

export interface CronTicks {
  /** Begins anew after the clock was set, and ticks at once. */
  restart(): void;
  stop(): void;
}

const toleranceMs = 30_000;
const clockToleranceMs = 5000;
/** The guard looks this long before every full second, when node-cron could fire. */
const beforeSecondMs = 30;

/**
 * Calls `onTick` at every full minute: whoever has a cron expression then decides with `core/calendar` whether it is due.
 *
 * node-cron gives the ticks, in UTC, because in a zone with summer time it is silent for an hour in autumn. A guard looks
 * every second at what it cannot bear:
 * - a clock set back leaves it blind until the old time returns, one set forward makes it walk every minute (a year: 20 s
 *   of standing still). It begins anew.
 * - while the *machine's* zone repeats an hour, it takes now for an hour ago and fires into the void a thousand times a
 *   second. It is put away for that hour, and the guard ticks.
 */
export function startCronTicks(ports: TickPorts, onTick: () => void): CronTicks {
  let tickedAt = ports.clock().wall;
  let task = startTask(ports, tick);
  const stopGuard = guardEverySecond(ports, (now, clockWasSet) => {
    const repeated = isRepeated(now.wall) || isRepeated(now.wall + beforeSecondMs);
    if (clockWasSet || repeated !== (task === null)) restart();
    else if (repeated && minuteOf(now.wall) !== minuteOf(tickedAt)) tick();
  });

  function tick(): void {
    tickedAt = ports.clock().wall;
    try {
      onTick();
    } catch (error) {
      ports.log('error', 'a minute tick failed: a defect of incidentd', defectFields(error));
    }
  }
  function restart(): void {
    end(task);
    task = startTask(ports, tick);
    tick();
  }

  return {
    restart,
    stop: () => {
      stopGuard();
      end(task);
    },
  };
}

/** Null while node-cron cannot run. */
function startTask(ports: TickPorts, tick: () => void): ScheduledTask | null {
  const { wall } = ports.clock();
  if (isRepeated(wall) || isRepeated(wall + beforeSecondMs)) return null;
  const task = schedule('* * * * *', tick, {
    name: 'minute',
    timezone: 'UTC',
    noOverlap: true,
    missedExecutionTolerance: toleranceMs,
    logger: loggerFor(ports),
  });
  task.on('execution:missed', tick);
  return task;
}

function end(task: ScheduledTask | null): void {
  void task?.destroy();
}

/** Calls `look` shortly before every full second; `clockWasSet` when the wall clock moved against the monotonic one, by setting or by sleep. */
function guardEverySecond({ clock, timer }: TickPorts, look: (now: Now, clockWasSet: boolean) => void): Cancel {
  let before = clock();
  let cancel = arm();

  function arm(): Cancel {
    const untilLook = 1000 - (before.wall % 1000) - beforeSecondMs;
    return timer.at(before.mono + (untilLook > 0 ? untilLook : untilLook + 1000), fire);
  }
  function fire(): void {
    const now = clock();
    const movedMs = now.wall - before.wall - (now.mono - before.mono);
    before = now;
    cancel = arm();
    look(now, Math.abs(movedMs) > clockToleranceMs);
  }

  return () => cancel();
}

/** Whether the machine's zone is in the second copy of a local time: there, setting milliseconds goes back to the first. */
function isRepeated(wall: number): boolean {
  return wall - new Date(wall).setMilliseconds(0) >= 1000;
}

function minuteOf(wall: number): number {
  return Math.floor(wall / 60_000);
}

function loggerFor({ log }: TickPorts) {
  return {
    debug: () => {},
    info: () => {},
    warn: (message: string) => log('warn', 'node-cron warns', { message }),
    error: (message: string | Error, error?: Error) => log('error', 'node-cron failed', { error: String(error ?? message) }),
  };
}
