import { minuteOfDay, weekdaysOf } from './week-words.ts';
import { dayMs, instantAt, localAt, midnightOf, minuteMs, weekdayOf } from './zone.ts';

/** A time of the day on some days of the week. */
export interface WeeklyMoment {
  /** ISO weekdays, 1 Monday … 7 Sunday. */
  readonly weekdays: readonly number[];
  /** Minute of the day; 1440 is the midnight at its end. */
  readonly minute: number;
}

const searchDays = 14;

/** `Mon-Fri 06:00`, `Sat,Sun 12:00`, or `06:00` for every day; null for anything else. */
export function parseMoment(typed: string): WeeklyMoment | null {
  const match = /^(?:(\D+)\s+)?(\d{1,2}:\d\d)$/.exec(typed.trim());
  const weekdays = weekdaysOf(match?.[1] ?? 'Mon-Sun');
  const minute = minuteOfDay(match?.[2] ?? '');
  return weekdays === null || minute === null ? null : { weekdays, minute };
}

/**
 * The last moment at or before an instant (epoch ms); null only when there are no moments. One that a clock change skips
 * comes at the first instant after the change, one whose local time comes twice comes once, the first time.
 */
export function lastMoment(moments: readonly WeeklyMoment[], timezone: string, atOrBefore: number): number | null {
  const tomorrow = midnightOf(localAt(atOrBefore, timezone)) + dayMs;
  for (let day = tomorrow; day > tomorrow - searchDays * dayMs; day -= dayMs) {
    const found = moments
      .filter(({ weekdays }) => weekdays.includes(weekdayOf(day)))
      .map(({ minute }) => instantAt(day + minute * minuteMs, timezone))
      .filter((instant) => instant <= atOrBefore);
    if (found.length > 0) return Math.max(...found);
  }
  return null;
}
