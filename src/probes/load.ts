import { availableParallelism, loadavg } from 'node:os';
import { z } from 'zod';
import type { Measure, Observation } from '../core/observation.ts';
import { defineProbe, type MeasureSpec, type Probe, type Typed, up } from './contract.ts';
import { noTarget } from './support/target.ts';

const schema = z.strictObject({});
export type LoadOptions = z.output<typeof schema>;

const perCore: Pick<MeasureSpec, 'unit' | 'sort' | 'worse'> = { unit: 'count', sort: 'forewarning', worse: 'above' };

/** Watches how busy this machine is. */
export const load: Probe<LoadOptions> = defineProbe<LoadOptions>({
  kind: 'load',
  summary: 'Looks at the load average of this machine, divided by its processor cores',
  category: 'performance',
  local: true,
  schema,
  measures: [
    {
      name: 'load',
      ...perCore,
      main: true,
      warning: 2,
      critical: 4,
      about: 'load per core, average of 5 minutes; above 1 programs wait for their turn',
    },
    { name: 'load1', ...perCore, about: 'load per core, average of 1 minute' },
    { name: 'load15', ...perCore, about: 'load per core, average of 15 minutes' },
  ],
  target,
  describe: () => 'local',
  run: async () => judge(loadavg(), availableParallelism()),
  sentences: { threshold: { en: 'the machine has more work than it can do', de: 'der Rechner hat mehr zu tun, als er schafft' } },
  example: `- load:
  warning: 1.5
  critical: 3`,
});

function target(typed: Typed): LoadOptions {
  noTarget('load', typed);
  return {};
}

/** Averages of 1, 5 and 15 minutes, for the whole machine. */
export function judge(averages: readonly number[], cores: number): Observation {
  const [one = 0, five = 0, fifteen = 0] = averages.map((average) => Math.round((average / cores) * 100) / 100);
  const count = (name: string, value: number): Measure => ({ name, value, unit: 'count' });
  return up(`load ${five} per core over 5 minutes (${cores} cores)`, [
    count('load', five),
    count('load1', one),
    count('load15', fifteen),
  ]);
}
