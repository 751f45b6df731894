import { z } from 'zod';
import { isSecret } from '../lib/secret.ts';
import { defineProbe, type Probe, TargetError, type Typed } from './contract.ts';
import { textOrSecret } from './support/options.ts';
import { oneWord, shown } from './support/target.ts';

const schema = z.strictObject({
  /** Any folder of the file system that is meant. */
  path: textOrSecret,
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
  run: async () => Promise.reject(new Error('not built yet')),
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
