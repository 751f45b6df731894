/** How often a check looks and what confirms a state: written in `defaults:`, for a service or for one check. */
import { z } from 'zod';
import type { CheckRule } from '../../core/rules.ts';
import { defined } from '../defined.ts';
import { type Context, checkHours } from '../names.ts';
import type { Path } from '../problem.ts';
import { count, duration } from '../scalars/numbers.ts';
import { text } from '../scalars/scalar.ts';
import { cron, longestGap } from '../scalars/times.ts';

/** What holds where nothing is written. */
const usual = {
  interval: '60s',
  timeout: '10s',
  retry_interval: '30s',
  failure_threshold: 3,
  success_threshold: 2,
  confirm_for: '2m',
  reopen_within: '30m',
} as const;

/** Keys that go from `defaults` to a service to its checks, the nearest one winning. */
export const paceShape = {
  interval: usually('interval', duration('1s', '31d')).describe('Time between two looks.'),
  schedule: cron().optional().describe('Looks at these times instead of every interval, in the time zone of the site.'),
  timeout: usually('timeout', duration('100ms', '10m')).describe('Longest time for one look.'),
  retry_interval: usually('retry_interval', duration('1s', '1d')).describe(
    'Time between looks while a failure or a recovery is being confirmed; never longer than the interval.',
  ),
  failure_threshold: usually('failure_threshold', count(1, 20)).describe('So many bad looks in a row confirm a failure.'),
  success_threshold: usually('success_threshold', count(1, 20)).describe('So many good looks in a row confirm a recovery.'),
  confirm_for: usually('confirm_for', duration('0s', '1d')).describe(
    'How long a recovery must hold before the incident is resolved.',
  ),
  reopen_within: usually('reopen_within', duration('0s', '7d')).describe(
    'A failure within this time after the end of an incident reopens that one.',
  ),
  watch: text()
    .optional()
    .describe(
      'Name of the `hours` in which it is observed; outside them it is neither up nor down, and an open incident waits. Without it: always.',
    ),
};

/** Not set here unless it is written: a farther place, and at last the usual value, may say it. */
function usually<T extends z.ZodType>(key: keyof typeof usual, schema: T) {
  return schema.optional().meta({ usual: usual[key] });
}

const usualPace = z.object(paceShape).required().omit({ schedule: true, watch: true }).parse(usual);

export type Pace = { readonly [Key in keyof typeof paceShape]?: z.output<(typeof paceShape)[Key]> };

type PaceRule = Pick<
  CheckRule,
  | 'intervalMs'
  | 'schedule'
  | 'timeoutMs'
  | 'retryIntervalMs'
  | 'failureThreshold'
  | 'successThreshold'
  | 'confirmForMs'
  | 'reopenWithinMs'
  | 'watch'
>;

/** Puts together what is written at the three places, from far to near. */
export function paceRule(places: readonly Pace[]): PaceRule {
  const pace: Pace & typeof usualPace = Object.assign({}, usualPace, ...places.map(replacingTime));
  const intervalMs = pace.schedule === undefined ? pace.interval : longestGap(pace.schedule);
  return defined({
    intervalMs,
    schedule: pace.schedule,
    timeoutMs: pace.timeout,
    retryIntervalMs: Math.min(pace.retry_interval, intervalMs),
    failureThreshold: pace.failure_threshold,
    successThreshold: pace.success_threshold,
    confirmForMs: pace.confirm_for,
    reopenWithinMs: pace.reopen_within,
    watch: pace.watch,
  });
}

/** A nearer interval replaces a schedule, and the other way round. */
function replacingTime(pace: Pace): object {
  const written = defined(pace);
  return written.interval !== undefined ? { ...written, schedule: undefined } : written;
}

/** What can only be said of one place: an interval beside a schedule, hours that nobody has. */
export function checkPace(pace: Pace, path: Path, context: Context): void {
  if (pace.interval !== undefined && pace.schedule !== undefined) {
    context.problem([...path, 'schedule'], 'interval and schedule stand beside each other; write one of them', 'key');
  }
  checkHours(pace.watch, [...path, 'watch'], context);
}
