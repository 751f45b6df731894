/** The real clocks and the real timer. */
import { uptime } from 'node:os';

/** `setTimeout` fires at once for waits over 24.8 days; shorter waits also notice a machine that was busy or asleep. */
const longestWaitMs = 3_600_000;

/** The uptime is read from a file of `/proc`: once a second will do, except where the wall clock parts from the monotonic one. */
const bootReadMs = 1000;
const bootToleranceMs = 100;
let read = { wall: 0, mono: Number.NEGATIVE_INFINITY, boot: 0 };

/**
 * Wall clock (epoch ms); monotonic clock (ms since the machine's boot: it survives restarts of this process and stands
 * still while the machine sleeps); and the machine's boot (epoch ms, counted with sleep: it moves when the clock is set).
 */
export function realClock(): { readonly wall: number; readonly mono: number; readonly boot: number } {
  const wall = Date.now();
  const mono = monotonic();
  const passed = mono - read.mono;
  const isOld = passed > bootReadMs || Math.abs(wall - read.wall - passed) > bootToleranceMs;
  if (isOld) read = { wall, mono, boot: Math.round(wall - uptime() * 1000) };
  return { wall, mono, boot: read.boot };
}

/** Timers on the monotonic clock: any length, never early, always in a later turn of the event loop. */
export const realTimer = {
  at(mono: number, callback: () => void): () => void {
    let handle = setTimeout(fire, waitUntil(mono));
    function fire(): void {
      if (monotonic() >= mono) callback();
      else handle = setTimeout(fire, waitUntil(mono));
    }
    return () => clearTimeout(handle);
  },
};

function waitUntil(mono: number): number {
  return Math.min(longestWaitMs, Math.max(0, Math.ceil(mono - monotonic())));
}

function monotonic(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
