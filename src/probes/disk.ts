import type { StatsFs } from 'node:fs';
import { z } from 'zod';
import type { Observation } from '../core/observation.ts';
import { formatShare, formatSize } from '../lib/duration.ts';
import { isSecret, revealed } from '../lib/secret.ts';
import { defineProbe, down, type Probe, type ProbeContext, TargetError, type Typed, unknown, up } from './contract.ts';
import { askFileSystem } from './support/file-system.ts';
import { textOrSecret } from './support/options.ts';
import { oneWord, shown } from './support/target.ts';

const schema = z.strictObject({
  path: textOrSecret.describe('any folder or file of the file system that is meant'),
});
export type DiskOptions = z.output<typeof schema>;

/** Watches how full a file system of this machine is. */
export const disk: Probe<DiskOptions> = defineProbe<DiskOptions>({
  kind: 'disk',
  summary: 'Looks how full the file system at a path of this machine is; a mount that does not answer is down',
  category: 'storage',
  local: true,
  schema,
  measures: [
    {
      name: 'used',
      unit: 'share',
      sort: 'forewarning',
      worse: 'above',
      main: true,
      warning: 0.85,
      critical: 0.95,
      about: 'share of the space that is used, as df shows it',
    },
    { name: 'free', unit: 'bytes', sort: 'forewarning', worse: 'below', about: 'space left for users other than root' },
  ],
  target,
  describe: (options) => shown(options.path),
  run,
  sentences: { threshold: { en: 'its disk is filling up', de: 'der Speicherplatz wird knapp' } },
  example: `- disk: /srv
- disk: /var
  warning: 80%
  critical: { used: 92%, free: 2GiB }`,
});

function target(typed: Typed): { readonly path: DiskOptions['path'] } {
  const path = oneWord(typed, 'a path such as /srv') ?? '/';
  if (isSecret(path) || path.startsWith('/')) return { path };
  throw new TargetError(`expected a path from the root such as /srv, found "${path}"`);
}

async function run(options: DiskOptions, context: ProbeContext): Promise<Observation> {
  const path = shown(options.path);
  const answer = await askFileSystem(revealed(options.path), context.signal);
  switch (answer.how) {
    case 'answered':
      return judge(path, answer.value);
    case 'silent':
      return down('timeout', `the file system at ${path} does not answer; a network mount may be hanging`);
    case 'refused':
      return unknown(
        answer.code === 'ENOENT'
          ? `there is no ${path} on this machine`
          : `the file system at ${path} cannot be asked (${answer.code})`,
      );
    case 'not-asked':
      return unknown(`${path} was not asked for its size: other file systems hang`);
  }
}

/** Shares as df(1) counts them: what is reserved for root is neither used nor free. */
export function judge(path: string, stats: StatsFs): Observation {
  const used = stats.blocks - stats.bfree;
  const size = used + stats.bavail;
  if (size <= 0) return unknown(`the file system at ${path} has no size of its own`);
  const share = used / size;
  const free = stats.bavail * stats.bsize;
  return up(`${path} is ${formatShare(share)} full, ${formatSize(free)} free`, [
    { name: 'used', value: share, unit: 'share' },
    { name: 'free', value: free, unit: 'bytes' },
  ]);
}
