/** Time zones, dates, local times and cron expressions. */
import { nextStart, parseCron } from '../../core/calendar/cron.ts';
import { nearest } from '../suggest.ts';
import { scalar } from './scalar.ts';

/** An IANA name. */
export function timezone() {
  return scalar<string>({ type: 'time zone', words: 'a time zone such as Europe/Berlin' }, (typed) => {
    if (isZone(typed)) return { value: typed };
    const near = nearestZone(typed);
    const help = near === undefined ? '; write one such as Europe/Berlin' : ` (did you mean "${near}"?)`;
    return `${JSON.stringify(typed.slice(0, 60))} is not a time zone${help}`;
  });
}

/** Also for a city alone. */
function nearestZone(typed: string): string | undefined {
  const zones = Intl.supportedValuesOf('timeZone');
  const city = `/${typed.trim().replaceAll(' ', '_').toLowerCase()}`;
  return zones.find((zone) => zone.toLowerCase().endsWith(city)) ?? nearest(typed, zones);
}

/** Offsets such as `+01:00` are refused: they know no summer time. */
function isZone(typed: string): boolean {
  try {
    return /^[A-Za-z]/.test(typed) && new Intl.DateTimeFormat('en', { timeZone: typed }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const localTimePattern = '^\\s*\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d';

/** `2026-12-24 12:00`, in the site's time zone. */
export function localTime() {
  const words = 'a local time such as 2026-12-24 12:00';
  return scalar<Temporal.PlainDateTime>({ type: 'local time', words, pattern: localTimePattern }, (typed) => {
    if (!/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?$/.test(typed.trim())) return null;
    return dateFrom(() => Temporal.PlainDateTime.from(typed.trim().replace(' ', 'T'), { overflow: 'reject' }));
  });
}

export interface DateSpan {
  readonly from: string;
  readonly to: string;
}

const datesPattern = '^\\s*\\d{4}-\\d\\d-\\d\\d(\\s*/\\s*\\d{4}-\\d\\d-\\d\\d)?\\s*$';

/** `2026-12-24/2027-01-06`, both days included, or one day. */
export function dateSpan() {
  const words = 'days such as 2026-12-24/2027-01-06 or one day such as 2026-12-24';
  return scalar<DateSpan>({ type: 'days', words, pattern: datesPattern }, (typed) => {
    const match = /^(\d{4}-\d\d-\d\d)(?:\s*\/\s*(\d{4}-\d\d-\d\d))?$/.exec(typed.trim());
    if (!match?.[1]) return null;
    const span = { from: match[1], to: match[2] ?? match[1] };
    if (!isDate(span.from) || !isDate(span.to)) return null;
    return span.from > span.to ? `${span.to} lies before ${span.from}` : { value: span };
  });
}

function isDate(typed: string): boolean {
  return dateFrom(() => Temporal.PlainDate.from(typed, { overflow: 'reject' })) !== null;
}

function dateFrom<T>(read: () => T): { readonly value: T } | null {
  try {
    return { value: read() };
  } catch {
    return null;
  }
}

/** A cron expression of five fields, in the site's time zone, as text. */
export function cron() {
  const words = 'five cron fields (minute hour day month weekday) such as "0 3 * * SUN"';
  return scalar<string>({ type: 'cron expression', words }, (typed) => {
    const read = parseCron(typed);
    if (!read) return null;
    return nextStart(read, 'UTC', referenceMonday) === null ? `${JSON.stringify(typed)} never comes` : { value: typed.trim() };
  });
}

const referenceMonday = Date.UTC(2026, 0, 5);
const weekMs = 7 * 86_400_000;

/**
 * The longest time between two starts of a cron expression, in ms, looked for within its first week (two starts at least):
 * what `interval` is to a check without a schedule.
 */
export function longestGap(expression: string): number {
  const read = parseCron(expression);
  let longest = 0;
  let last = read && nextStart(read, 'UTC', referenceMonday);
  for (let starts = 0; read && last !== null && (starts < 2 || last < referenceMonday + weekMs); starts++) {
    const next = nextStart(read, 'UTC', last);
    longest = Math.max(longest, next === null ? 0 : next - last);
    last = next;
  }
  return longest;
}
