/**
 * Time zones as offsets. A *local* time is the wall clock's reading in a zone written as epoch ms as if it were UTC:
 * days, weekdays and minutes of it are plain arithmetic, and only the two functions that cross over ask for the zone.
 */

export const minuteMs = 60_000;
export const dayMs = 86_400_000;

/** The local reading at an instant. */
export function localAt(instant: number, timezone: string): number {
  return instant + zoned(instant, timezone).offsetNanoseconds / 1e6;
}

/**
 * The instant of a local reading: a reading that a clock change skips is the first instant after the change,
 * one that comes twice is its first. Never decreases as the reading grows.
 */
export function instantAt(local: number, timezone: string): number {
  const reading = zoned(local, 'UTC').toPlainDateTime();
  const instant = reading.toZonedDateTime(timezone, { disambiguation: 'earlier' });
  if (instant.toPlainDateTime().equals(reading)) return instant.epochMilliseconds;
  return instant.getTimeZoneTransition('next')?.epochMilliseconds ?? instant.epochMilliseconds;
}

/** ISO weekday (1 Monday … 7 Sunday) of a local reading. */
export function weekdayOf(local: number): number {
  return ((Math.floor(local / dayMs) + 3) % 7) + 1;
}

/** Midnight at the start of a local reading's day, as a local reading. */
export function midnightOf(local: number): number {
  return Math.floor(local / dayMs) * dayMs;
}

/** Minute of the day, 0–1439, of a local reading. */
export function minuteOf(local: number): number {
  return Math.floor((local - midnightOf(local)) / minuteMs);
}

/**
 * The first instant at or after `from` whose local reading satisfies a pattern, through all clock changes: readings that
 * come twice count twice, skipped ones not at all. `next` gives the smallest satisfying reading at or after one, or null.
 */
export function firstInstant(from: number, timezone: string, next: (local: number) => number | null): number | null {
  let start = from;
  for (;;) {
    const local = localAt(start, timezone);
    const found = next(local);
    if (found === null) return null;
    const instant = start + (found - local);
    const change = zoned(start, timezone).getTimeZoneTransition('next');
    if (!change || instant < change.epochMilliseconds) return instant;
    start = change.epochMilliseconds;
  }
}

/** The mirror of `firstInstant`: the last satisfying instant at or before `until`. */
export function lastInstant(until: number, timezone: string, previous: (local: number) => number | null): number | null {
  let end = until;
  for (;;) {
    const local = localAt(end, timezone);
    const found = previous(local);
    if (found === null) return null;
    const instant = end - (local - found);
    const change = zoned(end + 1, timezone).getTimeZoneTransition('previous');
    if (!change || instant >= change.epochMilliseconds) return instant;
    end = change.epochMilliseconds - 1;
  }
}

function zoned(instant: number, timezone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(instant)).toZonedDateTimeISO(timezone);
}
