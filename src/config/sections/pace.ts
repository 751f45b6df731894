/** How often a check looks and what confirms a state: written in `defaults:`, for a service or for one check. */
import type { z } from 'zod';
import type { CheckRule } from '../../core/rules.ts';
import { defined } from '../defined.ts';
import { type Context, checkHours } from '../names.ts';
import type { Path } from '../problem.ts';
import { count, duration } from '../scalars/numbers.ts';
import { text } from '../scalars/scalar.ts';
import { cron, longestGap } from '../scalars/times.ts';

/** Keys that go from `defaults` to a service to its checks, the nearest one winning. */
export const paceShape = {
  interval: duration('1s', '31d').optional().describe('Time between two looks; default 60s.'),
  schedule: cron().optional().describe('Looks at these times instead: a cron expression in the site time zone.'),
  timeout: duration('100ms', '10m').optional().describe('Longest time for one look; default 10s.'),
  retry_interval: duration('1s', '1d')
    .optional()
    .describe('Time between looks while a failure is being confirmed, never longer than interval; default 30s.'),
  failure_threshold: count(1, 20).optional().describe('Bad looks in a row that confirm a failure; default 3.'),
  success_threshold: count(1, 20).optional().describe('Good looks in a row that confirm a recovery; default 2.'),
  confirm_for: duration('0s', '1d')
    .optional()
    .describe('How long a recovery must hold before the incident is resolved; default 2m.'),
  reopen_within: duration('0s', '7d')
    .optional()
    .describe('A failure within this time after it reopens the incident; default 30m.'),
  watch: text().optional().describe('Name of the hours outside which it is not observed.'),
};

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
  const pace: Pace = Object.assign({}, ...places.map(replacingTime));
  const intervalMs = pace.schedule === undefined ? (pace.interval ?? 60_000) : longestGap(pace.schedule);
  return defined({
    intervalMs,
    schedule: pace.schedule,
    timeoutMs: pace.timeout ?? 10_000,
    retryIntervalMs: Math.min(pace.retry_interval ?? 30_000, intervalMs),
    failureThreshold: pace.failure_threshold ?? 3,
    successThreshold: pace.success_threshold ?? 2,
    confirmForMs: pace.confirm_for ?? 120_000,
    reopenWithinMs: pace.reopen_within ?? 1_800_000,
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
