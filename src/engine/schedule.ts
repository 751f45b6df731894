/**
 * When a check is looked at: pure decisions, on the monotonic clock (ms).
 *
 * Each check has its place in the interval, made from its key: checks spread over the interval, and keep their places over
 * reloads and restarts (the monotonic clock runs since the machine's boot). Looks stand on the grid `place + n · interval`,
 * so nothing drifts; a slot that passes while a look is running or waiting is skipped. A regular look keeps half an
 * interval's distance from the look before it, whatever caused that.
 */
import { isWithin, nextWithin } from '../core/calendar/hours.ts';
import type { Now } from '../core/event.ts';
import type { CheckRule, Hours } from '../core/rules.ts';

/** `retry` while a status is soft: looks come every `retryIntervalMs`. */
export type Pace = 'interval' | 'retry';

export type Timetable = Pick<CheckRule, 'key' | 'intervalMs' | 'retryIntervalMs' | 'schedule'>;

/** Hours outside which a check is not looked at. */
export interface Watch {
  readonly hours: Hours;
  readonly timezone: string;
}

export interface Past {
  /** Start of the last look; null before the first. */
  readonly lastStart: number | null;
  /** When the first look is due. */
  readonly firstDue: number;
  readonly pace: Pace;
}

/** First looks after a start come at this rate, in the order of their places, yet all within their interval. */
const firstLookEveryMs = 20;
/** Looks asked for (`probeNow`) come at least this far after the start of the last one. */
const askedDistanceMs = 1000;
const openingSpreadMs = 60_000;

/** A check's place in its interval, 0–1, the same in every life of the daemon (FNV-1a, its bits mixed once more). */
export function placeOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** The first slot of a check's grid at or after an instant. */
export function gridSlot(check: Timetable, notBefore: number): number {
  const phase = placeOf(check.key) * check.intervalMs;
  return phase + Math.ceil((notBefore - phase) / check.intervalMs) * check.intervalMs;
}

/** When a check is first looked at, of `count` that begin together. */
export function firstLook(check: Timetable, count: number, mono: number): number {
  return mono + placeOf(check.key) * Math.min(check.intervalMs, count * firstLookEveryMs);
}

/** When a look that somebody asked for may start. */
export function askedLook(past: Past, mono: number): number {
  return past.lastStart === null ? mono : Math.max(mono, past.lastStart + askedDistanceMs);
}

/** When the next look is due by itself; null: never (a cron expression waits for its tick, hours that never come). */
export function nextLook(check: Timetable, past: Past, now: Now, watch: Watch | null): number | null {
  const due = dueAnyHour(check, past, now);
  if (due === null || watch === null) return due;
  const wall = now.wall + (due - now.mono);
  const opening = nextWithin(watch.hours, wall, watch.timezone);
  if (opening === null) return null;
  if (opening <= wall) return due;
  return now.mono + (opening - now.wall) + placeOf(check.key) * Math.min(check.intervalMs, openingSpreadMs);
}

/** Whether a check may be looked at now. */
export function isWatched(watch: Watch | null, wall: number): boolean {
  return watch === null || isWithin(watch.hours, wall, watch.timezone);
}

function dueAnyHour(check: Timetable, past: Past, now: Now): number | null {
  if (past.lastStart === null) return check.schedule === undefined || past.pace === 'retry' ? past.firstDue : null;
  const retries = past.pace === 'retry' && (check.schedule !== undefined || check.retryIntervalMs < check.intervalMs);
  if (retries) return Math.max(now.mono, past.lastStart + check.retryIntervalMs);
  if (check.schedule !== undefined) return null;
  return gridSlot(check, Math.max(now.mono, past.lastStart + check.intervalMs / 2));
}
