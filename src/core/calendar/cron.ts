/**
 * When a cron expression starts, in a time zone.
 *
 * Where the hour is fixed, a start that a clock change skips happens at the first instant after the change, and one whose
 * local time comes twice happens once, the first time. Where every hour is meant, starts follow real time: every 5 minutes
 * stays every 5 minutes, however the clock is changed.
 */
import { type Cron, parseCron } from './cron-fields.ts';
import { dayMs, firstInstant, instantAt, lastInstant, localAt, midnightOf, minuteMs, minuteOf } from './zone.ts';

export { type Cron, parseCron };

const searchDays = 5 * 366;

/** The first start strictly after an instant (epoch ms); null when there is none in five years. */
export function nextStart(cron: Cron, timezone: string, after: number): number | null {
  if (cron.everyHour) return firstInstant(Math.floor(after) + 1, timezone, (local) => readingFrom(cron, local));
  let reading = readingFrom(cron, localAt(after, timezone));
  while (reading !== null) {
    const start = instantAt(reading, timezone);
    if (start > after) return start;
    reading = readingFrom(cron, reading + minuteMs);
  }
  return null;
}

/** The last start at or before an instant (epoch ms); null when there is none in five years. */
export function previousStart(cron: Cron, timezone: string, atOrBefore: number): number | null {
  if (cron.everyHour) return lastInstant(atOrBefore, timezone, (local) => readingUntil(cron, local));
  const local = localAt(atOrBefore, timezone);
  const setBack = Math.max(0, localAt(atOrBefore - dayMs, timezone) + dayMs - local);
  let reading = readingUntil(cron, local + setBack);
  while (reading !== null) {
    const start = instantAt(reading, timezone);
    if (start <= atOrBefore) return start;
    reading = readingUntil(cron, reading - minuteMs);
  }
  return null;
}

/** The smallest local reading at or after one on which the expression starts. */
function readingFrom(cron: Cron, local: number): number | null {
  const midnight = midnightOf(local);
  const minute = Math.ceil((local - midnight) / minuteMs);
  const today = matchesDay(cron, midnight) ? cron.times.find((time) => time >= minute) : undefined;
  if (today !== undefined) return midnight + today * minuteMs;
  const day = matchingDay(cron, midnight, dayMs);
  return day === null ? null : day + (cron.times[0] ?? 0) * minuteMs;
}

/** The largest local reading at or before one on which the expression starts. */
function readingUntil(cron: Cron, local: number): number | null {
  const midnight = midnightOf(local);
  const minute = minuteOf(local);
  const today = matchesDay(cron, midnight) ? cron.times.findLast((time) => time <= minute) : undefined;
  if (today !== undefined) return midnight + today * minuteMs;
  const day = matchingDay(cron, midnight, -dayMs);
  return day === null ? null : day + (cron.times.at(-1) ?? 0) * minuteMs;
}

/** The nearest matching day after or before one, in steps of a day either way. */
function matchingDay(cron: Cron, midnight: number, stepMs: number): number | null {
  for (let count = 1; count <= searchDays; count += 1) {
    const day = midnight + count * stepMs;
    if (matchesDay(cron, day)) return day;
  }
  return null;
}

function matchesDay(cron: Cron, midnight: number): boolean {
  const date = new Date(midnight);
  if (!cron.months.has(date.getUTCMonth() + 1)) return false;
  const day = cron.days.has(date.getUTCDate());
  const weekday = cron.weekdays.has(date.getUTCDay());
  return cron.eitherDay ? day || weekday : day && weekday;
}
