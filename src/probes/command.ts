import { basename } from 'node:path';
import { z } from 'zod';
import { isSecret } from '../lib/secret.ts';
import { cleanText, defineProbe, type Probe, TargetError, type Typed } from './contract.ts';
import { textOrSecret } from './support/options.ts';
import { shown } from './support/target.ts';

const schema = z.strictObject({
  /** The program and its arguments, run as they are, without a shell. */
  argv: z.array(textOrSecret).min(1).max(200),
  /** Further environment variables; the daemon's own are not handed on. */
  env: z.record(z.string().regex(/^[A-Za-z_]\w*$/), textOrSecret).default({}),
});
export type CommandOptions = z.output<typeof schema>;

const expected = 'a program with its arguments as a list, such as [/usr/lib/nagios/plugins/check_tcp, -H, printer, -p, "9100"]';
const describeLimit = 120;

/** Runs a Nagios-compatible plugin. */
export const command: Probe<CommandOptions> = defineProbe<CommandOptions>({
  kind: 'command',
  summary:
    'Runs a program that answers as Nagios plugins do: exit status 0 up, 1 degraded, 2 down, 3 unknown; its first line is the message, its performance data become measures. One that does not end in time is stopped and counts as down',
  category: 'application',
  schema,
  measures: [],
  target,
  describe: (options) =>
    cleanText([basename(shown(options.argv[0] ?? '')), ...options.argv.slice(1).map(shown)].join(' '), describeLimit),
  run: async () => Promise.reject(new Error('not built yet')),
  example: `- command: [/usr/lib/nagios/plugins/check_tcp, -H, printer, -p, "9100"]
- command: /usr/local/bin/check-nas`,
});

function target(typed: Typed): { readonly argv: CommandOptions['argv'] } {
  if (typed === null || typed === '') throw new TargetError(`command needs ${expected}`);
  if (typeof typed === 'object' && !isSecret(typed)) return { argv: typed.map((word) => (isSecret(word) ? word : String(word))) };
  const path = isSecret(typed) ? typed : String(typed).trim();
  if (/\s/.test(shown(path))) throw new TargetError(`expected ${expected}; no shell takes "${shown(path)}" apart`);
  return { argv: [path] };
}
