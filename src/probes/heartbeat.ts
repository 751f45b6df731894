import { z } from 'zod';
import { isSecret } from '../lib/secret.ts';
import { defineProbe, type Probe, TargetError, type Typed } from './contract.ts';
import { durationText } from './support/options.ts';
import { oneWord } from './support/target.ts';

const schema = z.strictObject({
  /** How often a heartbeat is expected. */
  every: durationText,
  /** How late it may be; default a tenth of `every`, at least a minute. */
  grace: durationText.optional(),
});
export type HeartbeatOptions = z.output<typeof schema>;

const expected = 'the time between two heartbeats, such as 24h';

/** Waits for the sign of life that a job sends when it has done its work. */
export const heartbeat: Probe<HeartbeatOptions> = defineProbe<HeartbeatOptions>({
  kind: 'heartbeat',
  summary: 'Expects a sign of life from a job (`incidentd beat SERVICE`); one that does not come, or reports a failure, is down',
  category: 'application',
  passive: true,
  schema,
  measures: [{ name: 'age', unit: 'ms', sort: 'current', worse: 'above', main: true, about: 'time since the last heartbeat' }],
  target,
  describe: (options) => options.every,
  run: async () => Promise.reject(new Error('not built yet')),
  example: `- heartbeat: 24h
  grace: 2h`,
});

function target(typed: Typed): { readonly every: string } {
  const every = oneWord(typed, expected);
  if (every === null || isSecret(every)) throw new TargetError(`heartbeat needs ${expected}`);
  return { every };
}
