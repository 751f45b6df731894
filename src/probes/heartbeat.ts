import { z } from 'zod';
import type { Observation } from '../core/observation.ts';
import { formatDuration, parseDuration } from '../lib/duration.ts';
import { isSecret } from '../lib/secret.ts';
import { defineProbe, down, type Probe, type ProbeContext, TargetError, type Typed, unknown, up } from './contract.ts';
import { durationText } from './support/options.ts';
import { oneWord } from './support/target.ts';

const schema = z.strictObject({
  every: durationText.describe('how often a heartbeat is expected'),
  grace: durationText.optional().describe('how late it may be; default a tenth of that time, at least a minute'),
});
export type HeartbeatOptions = z.output<typeof schema>;

const expected = 'the time between two heartbeats, such as 24h';
const leastGraceMs = 60_000;

/** Waits for the sign of life that a job sends when it has done its work. */
export const heartbeat: Probe<HeartbeatOptions> = defineProbe<HeartbeatOptions>({
  kind: 'heartbeat',
  summary: 'Expects a sign of life from a job (`incidentd beat SERVICE`); one that does not come, or reports a failure, is down',
  category: 'other',
  passive: true,
  schema,
  measures: [{ name: 'age', unit: 'ms', sort: 'current', worse: 'above', main: true, about: 'time since the last heartbeat' }],
  target,
  describe: (options) => options.every,
  run,
  example: `- heartbeat: 24h
  grace: 2h`,
});

function target(typed: Typed): { readonly every: string } {
  const every = oneWord(typed, expected);
  if (every === null || isSecret(every)) throw new TargetError(`heartbeat needs ${expected}`);
  return { every };
}

async function run(options: HeartbeatOptions, context: ProbeContext): Promise<Observation> {
  const { beat, now } = context;
  if (beat === null) return unknown('heartbeats are known to the running daemon only; its answer is in: incidentd status');
  const everyMs = parseDuration(options.every) ?? 0;
  const graceMs = options.grace === undefined ? Math.max(leastGraceMs, everyMs / 10) : (parseDuration(options.grace) ?? 0);
  const ageMs = Math.max(0, now - beat.at);
  const isLate = ageMs > everyMs + graceMs;
  if (beat.ok === null)
    return isLate
      ? down('outdated', `no heartbeat has ever come, expected every ${options.every}`)
      : up('waiting for the first heartbeat');
  const measures = [{ name: 'age', value: ageMs, unit: 'ms' as const }];
  const age = formatDuration(ageMs);
  if (isLate) return down('outdated', `the last heartbeat came ${age} ago, expected every ${options.every}`, measures);
  if (!beat.ok) return down('plugin', `the job reported a failure ${age} ago`, measures);
  return up(`the last heartbeat came ${age} ago`, measures);
}
