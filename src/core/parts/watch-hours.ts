import { isWithin, nextOutside, nextWithin } from '../calendar/hours.ts';
import { checkOf } from '../context.ts';
import type { Incident } from '../incident.ts';
import type { Hours, Rules } from '../rules.ts';

type Standing = Pick<Incident, 'status' | 'failing' | 'flapping' | 'checks'>;

/**
 * When an open incident is observed again of which no failing check, or none that holds it open, is within its watch
 * hours: a failure that nobody looks at is not known to go on. Null: it is observed. Infinity: its hours never come.
 */
export function unobservedUntil(incident: Standing, rules: Rules, at: number): number | null {
  const hours = watchHours(incident, rules);
  if (hours === null || hours.some((one) => isWithin(one, at, rules.timezone))) return null;
  return Math.min(...hours.map((one) => nextWithin(one, at, rules.timezone) ?? Number.POSITIVE_INFINITY));
}

/** When that changes next; null where it never does. */
export function observationChangeAt(incident: Standing, rules: Rules, at: number): number | null {
  const hours = watchHours(incident, rules);
  if (hours === null) return null;
  const changes = hours.flatMap((one) => {
    const change = isWithin(one, at, rules.timezone) ? nextOutside : nextWithin;
    return change(one, at, rules.timezone) ?? [];
  });
  return changes.length === 0 ? null : Math.min(...changes);
}

/** What an open incident waits for: the end of a window, or the hours in which it is observed. */
export function pausedBy({ pausedAt, timeline }: Pick<Incident, 'pausedAt' | 'timeline'>): 'maintenance' | 'hours' | null {
  if (pausedAt === null) return null;
  const begun = timeline.findLast(({ type }) => type === 'maintenance-started' || type === 'watch-hours-ended');
  return begun?.type === 'watch-hours-ended' ? 'hours' : 'maintenance';
}

/** The hours of all checks that it is about; null where one of them is watched at any hour. */
function watchHours({ status, failing, flapping, checks }: Standing, rules: Rules): readonly Hours[] | null {
  const carriers = failing.length === 0 && flapping ? checks : failing;
  if (status !== 'open' || carriers.length === 0) return null;
  const hours = carriers.map((key) => rules.hours[checkOf(rules, key)?.watch ?? '']);
  return hours.every((one) => one !== undefined) ? hours : null;
}
