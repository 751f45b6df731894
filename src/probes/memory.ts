import { z } from 'zod';
import { defineProbe, type Probe, type Typed } from './contract.ts';
import { noTarget } from './support/target.ts';

const schema = z.strictObject({});
export type MemoryOptions = z.output<typeof schema>;

/** Watches the memory of this machine. */
export const memory: Probe<MemoryOptions> = defineProbe<MemoryOptions>({
  kind: 'memory',
  summary: 'Looks how much memory of this machine programs can still get without swapping (MemAvailable)',
  category: 'host',
  local: true,
  schema,
  measures: [
    {
      name: 'used',
      unit: 'share',
      sort: 'forewarning',
      worse: 'above',
      main: true,
      warning: 0.9,
      critical: 0.97,
      about: 'share of the memory that is not available; caches count as available',
    },
    { name: 'free', unit: 'bytes', sort: 'forewarning', worse: 'below', about: 'memory that programs can still get' },
  ],
  target,
  describe: () => 'local',
  run: async () => Promise.reject(new Error('not built yet')),
  example: `- memory:
  warning: 85%`,
});

function target(typed: Typed): MemoryOptions {
  noTarget('memory', typed);
  return {};
}
