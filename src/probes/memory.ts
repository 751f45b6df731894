import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Observation } from '../core/observation.ts';
import { formatShare, formatSize } from '../lib/duration.ts';
import { defineProbe, type Probe, type Typed, unknown, up } from './contract.ts';
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
  run: async () => judge(readFileSync('/proc/meminfo', 'utf8')),
  sentences: { threshold: { en: 'its memory is running out', de: 'der Arbeitsspeicher wird knapp' } },
  example: `- memory:
  warning: 85%`,
});

function target(typed: Typed): MemoryOptions {
  noTarget('memory', typed);
  return {};
}

/** Reads the text of /proc/meminfo (proc_meminfo(5)), whose numbers are KiB. */
export function judge(meminfo: string): Observation {
  const total = bytesOf(meminfo, 'MemTotal');
  const free = bytesOf(meminfo, 'MemAvailable');
  if (total === null || free === null || total === 0) return unknown('/proc/meminfo has no MemTotal and MemAvailable');
  const share = Math.max(0, 1 - free / total);
  return up(`memory is ${formatShare(share)} used, ${formatSize(free)} of ${formatSize(total)} free`, [
    { name: 'used', value: share, unit: 'share' },
    { name: 'free', value: free, unit: 'bytes' },
  ]);
}

function bytesOf(meminfo: string, name: string): number | null {
  const line = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(meminfo);
  return line ? Number(line[1]) * 1024 : null;
}
