import type { Hours } from '../rules.ts';
import { dayMs, firstInstant, instantAt, localAt, midnightOf, minuteMs, minuteOf, weekdayOf } from './zone.ts';

const searchDays = 400;

/** Whether an instant (epoch ms) lies within the hours. Public holidays have no effect yet. */
export function isWithin(hours: Hours, wall: number, timezone: string): boolean {
  const local = localAt(wall, timezone);
  const minute = minuteOf(local);
  return spansOf(hours, local).some((span) => span.from <= minute && minute < span.to);
}

/** `wall` itself when within the hours, else the start of the next span; null when there is none in 400 days. */
export function nextWithin(hours: Hours, wall: number, timezone: string): number | null {
  return firstInstant(wall, timezone, (local) => nextReadingWithin(hours, local));
}

/** The first instant at or after `wall` that is not within the hours; null when they never close. */
export function nextOutside(hours: Hours, wall: number, timezone: string): number | null {
  return firstInstant(wall, timezone, (local) => nextReadingOutside(hours, local));
}

/** The next day after today (local) that has any office hours, at a minute of that day; null when there is none in 400 days. */
export function nextOfficeDay(hours: Hours, wall: number, timezone: string, minuteOfDay: number): number | null {
  const day = officeDayAfter(hours, midnightOf(localAt(wall, timezone)));
  return day === null ? null : instantAt(day + minuteOfDay * minuteMs, timezone);
}

/** The instant at which `days` office days have passed: the same local time on the n-th office day after; null when there is none. */
export function afterOfficeDays(hours: Hours, from: number, days: number, timezone: string): number | null {
  const local = localAt(from, timezone);
  let day: number | null = midnightOf(local);
  for (let count = 0; count < days && day !== null; count += 1) day = officeDayAfter(hours, day);
  return day === null ? null : instantAt(day + (local - midnightOf(local)), timezone);
}

/** How many whole office days have passed: local days with office hours, each complete at `from`'s own time of day. */
export function officeDaysBetween(hours: Hours, from: number, to: number, timezone: string): number {
  const start = localAt(from, timezone);
  const timeOfDay = start - midnightOf(start);
  let day = officeDayAfter(hours, midnightOf(start));
  let count = 0;
  while (day !== null && instantAt(day + timeOfDay, timezone) <= to) {
    count += 1;
    day = officeDayAfter(hours, day);
  }
  return count;
}

function nextReadingWithin(hours: Hours, local: number): number | null {
  const midnight = midnightOf(local);
  for (let day = midnight; day <= midnight + searchDays * dayMs; day += dayMs) {
    const starts = spansOf(hours, day)
      .filter((span) => span.from < span.to && day + span.to * minuteMs > local)
      .map((span) => Math.max(local, day + span.from * minuteMs));
    if (starts.length > 0) return Math.min(...starts);
  }
  return null;
}

function nextReadingOutside(hours: Hours, local: number): number | null {
  let reading = local;
  for (let spans = 0; spans <= searchDays; spans += 1) {
    const minute = minuteOf(reading);
    const span = spansOf(hours, reading).find(({ from, to }) => from <= minute && minute < to);
    if (span === undefined) return reading;
    reading = midnightOf(reading) + span.to * minuteMs;
  }
  return null;
}

function officeDayAfter(hours: Hours, midnight: number): number | null {
  for (let day = midnight + dayMs; day <= midnight + searchDays * dayMs; day += dayMs) {
    if (spansOf(hours, day).length > 0) return day;
  }
  return null;
}

function spansOf(hours: Hours, local: number): Hours['spans'][number] {
  return hours.spans[weekdayOf(local)] ?? [];
}
