/** Durations, counts and names. */
import { z } from 'zod';
import { formatDuration, parseDuration } from '../../lib/duration.ts';
import { scalar } from './scalar.ts';

/** For editors: accepts at least every duration. */
export const durationPattern = '^\\s*(\\d+(\\.\\d+)?(ms|[ywdhms])\\s*)+$';

const examples = '30s, 5m, 2h or 14d';

/** A length of time, in ms; `least` and `most` are inclusive and written as an admin would. */
export function duration(least: string, most: string) {
  const [leastMs, mostMs] = [parseDuration(least) ?? 0, parseDuration(most) ?? Number.POSITIVE_INFINITY];
  const accepted = { type: 'duration', words: `a duration such as ${examples}`, pattern: durationPattern };
  return scalar<number>({ ...accepted, limits: `${least} to ${most}` }, (typed) => {
    const ms = parseDuration(typed);
    if (ms === null) return null;
    if (ms < leastMs) return `${formatDuration(ms) || '0s'} is too short; at least ${least}`;
    return ms > mostMs ? `${formatDuration(ms)} is too long; at most ${most}` : { value: ms };
  });
}

/** A whole number between two limits, both allowed. */
export function count(least: number, most: number) {
  return z.int().min(least).max(most);
}

const longestName = 80;

/** What a name may not hold: it is part of keys, mails and command lines. */
export function nameProblem(name: string): string | null {
  if (name.trim() === '') return 'a name must not be empty';
  if (name !== name.trim()) return `the name ${JSON.stringify(name)} begins or ends with a space`;
  if (name.length > longestName) return `the name is longer than ${longestName} characters`;
  if (/[/,\n]/.test(name)) return `the name ${JSON.stringify(name)} holds a slash, a comma or a line break, which names may not`;
  return name in {} ? `the name "${name}" is not allowed` : null;
}

/** A name of a contact, service or the like. */
export function name() {
  return scalar<string>(
    { type: 'name', words: 'a name of at most 80 characters, without slash and comma' },
    (typed) => nameProblem(typed) ?? { value: typed },
  );
}
