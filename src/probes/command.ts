import { basename } from 'node:path';
import { z } from 'zod';
import type { Measure, Observation } from '../core/observation.ts';
import { formatDuration } from '../lib/duration.ts';
import { isSecret, revealed } from '../lib/secret.ts';
import { type ChildResult, runBounded, whyNotStarted } from '../net/child.ts';
import { oneLine } from '../texts/clean.ts';
import { defineProbe, degraded, down, type Probe, type ProbeContext, TargetError, type Typed, unknown, up } from './contract.ts';
import { textOrSecret } from './support/options.ts';
import { milliseconds } from './support/outcome.ts';
import { type PluginOutput, parsePluginOutput } from './support/perfdata.ts';
import { shown } from './support/target.ts';

const schema = z.strictObject({
  argv: z.array(textOrSecret).min(1).max(200).describe('the program and its arguments, run as they are, without a shell'),
  env: z
    .record(z.string().regex(/^[A-Za-z_]\w*$/), textOrSecret)
    .default({})
    .describe("further environment variables; the daemon's own are not handed on"),
});
export type CommandOptions = z.output<typeof schema>;

const expected = 'a program with its arguments as a list, such as [/usr/lib/nagios/plugins/check_tcp, -H, printer, -p, "9100"]';
const describeLimit = 120;

/** Runs a Nagios-compatible plugin. */
export const command: Probe<CommandOptions> = defineProbe<CommandOptions>({
  kind: 'command',
  summary:
    'Runs a program that answers as Nagios plugins do: exit status 0 up, 1 degraded, 2 down, 3 unknown; its first line is the message, its performance data become measures. One that does not end in time is stopped and counts as down',
  category: 'other',
  spawns: true,
  schema,
  measures: [{ name: 'time', unit: 'ms', sort: 'current', worse: 'above', main: true, about: 'how long the program ran' }],
  target,
  describe: (options) =>
    oneLine([basename(shown(options.argv[0] ?? '')), ...options.argv.slice(1).map(shown)].join(' '), describeLimit),
  run,
  needs: ({ argv }) => [{ program: argv[0] ?? '' }],
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

async function run(options: CommandOptions, context: ProbeContext): Promise<Observation> {
  const [program = '', ...rest] = options.argv.map(revealed);
  const env = Object.fromEntries(Object.entries(options.env).map(([name, value]) => [name, revealed(value)]));
  const begun = performance.now();
  const result = await runBounded({ argv: [program, ...rest], env, signal: context.signal });
  const time = milliseconds('time', performance.now() - begun);
  return judge(result, time, shown(options.argv[0] ?? ''), context.timeoutMs);
}

function judge(result: ChildResult, time: Measure, program: string, timeoutMs: number): Observation {
  const output = outputOf(result.stdout, time);
  const { end } = result;
  switch (end.how) {
    case 'exited':
      return byExitStatus(end.code, output, program, oneLine(result.stderr, 200));
    case 'aborted':
      return down('timeout', `${program} did not end within ${formatDuration(timeoutMs)} and was stopped`);
    case 'signalled':
      return unknown(`${program} was ended by ${end.name}`);
    case 'flooded':
      return unknown(`${program} wrote more than 1 MiB and was stopped`);
    case 'not-started':
      return unknown(whyNotStarted(program, end.code));
  }
}

/** What the plugin said and measured; its own `time` gives way to ours, so that a limit always means the same. */
function outputOf(stdout: string, time: Measure): PluginOutput {
  const output = parsePluginOutput(stdout);
  return { ...output, measures: [time, ...output.measures.filter(({ name }) => name !== time.name)] };
}

function byExitStatus(code: number, output: PluginOutput, program: string, stderr: string): Observation {
  const said = output.message || stderr;
  const message = said || `${program} ended with status ${code} and said nothing`;
  switch (code) {
    case 0:
      return up(message, output.measures, output.details);
    case 1:
      return degraded('plugin', message, output.measures, output.details);
    case 2:
      return down('plugin', message, output.measures, output.details);
    case 3:
      return unknown(message, output.details);
    default:
      return unknown(`${program} ended with status ${code}, which plugins do not use: ${said || 'no output'}`, output.details);
  }
}
