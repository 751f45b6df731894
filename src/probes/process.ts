import { z } from 'zod';
import type { Observation } from '../core/observation.ts';
import { formatSize } from '../lib/duration.ts';
import { isSecret } from '../lib/secret.ts';
import { errorCode } from '../net/failure.ts';
import { defineProbe, down, type Probe, type ProbeContext, TargetError, type Typed, unknown, up } from './contract.ts';
import { pattern } from './support/options.ts';
import { findRunning, type Running } from './support/processes/called.ts';
import { oneWord } from './support/target.ts';

const count = z.int().min(0).max(100_000);

const schema = z
  .strictObject({
    name: z.string().min(1).max(255).describe('name of the program, without its folder'),
    args: pattern
      .optional()
      .describe(
        'text, or regular expression between slashes, that the command line must contain, to tell programs of one name apart',
      ),
    min: count.default(1).describe('how many of them must run at least'),
    max: count.optional().describe('how many of them may run at most; 0 with `min: 0`: none'),
  })
  .refine(({ min, max }) => max === undefined || max >= min, { path: ['max'], error: 'max is smaller than min (default 1)' });
export type ProcessOptions = z.output<typeof schema>;

const expected = 'the name of a program without its folder, such as nginx';

/** Watches whether a program runs on this machine. */
export const process: Probe<ProcessOptions> = defineProbe<ProcessOptions>({
  kind: 'process',
  summary:
    'Counts the processes of a program on this machine, by its name as ps and top show it or by the name of the file that it runs; those that have ended (zombies) do not count. What systemd starts is better watched by `systemd`',
  category: 'application',
  local: true,
  schema,
  measures: [
    { name: 'count', unit: 'count', sort: 'forewarning', worse: 'above', main: true, about: 'how many processes run' },
    {
      name: 'memory',
      unit: 'bytes',
      sort: 'forewarning',
      worse: 'above',
      about: 'memory of all of them together (RSS); what they share is counted for each',
    },
  ],
  target,
  describe: ({ name, args }) => (args === undefined ? name : `${name} ${args}`),
  run: (options, { signal }) => lookAt('/proc', options, signal),
  sentences: {
    content: { en: 'the program is not running', de: 'das Programm läuft nicht' },
    threshold: {
      en: 'too few or too many of its processes run, or they take too much memory',
      de: 'es sind zu wenige oder zu viele Prozesse, oder sie brauchen zu viel Speicher',
    },
  },
  firstSteps: {
    content: {
      en: 'Start the program again, and read in its log why it has ended.',
      de: 'Das Programm neu starten und in seinem Protokoll nachlesen, warum es sich beendet hat.',
    },
    threshold: {
      en: 'Look at its processes on the machine (top), and start the program again where they hang.',
      de: 'Die Prozesse auf dem Rechner ansehen (top) und das Programm neu starten, wenn sie hängen.',
    },
  },
  example: `- process: nginx
- process: python3
  args: /srv/import/run.py
  max: 1
- process: php-fpm8.2
  warning: { count: 40, memory: 4GiB }`,
});

function target(typed: Typed): { readonly name: string } {
  const name = oneWord(typed, expected);
  if (name === null || isSecret(name)) throw new TargetError(`process needs ${expected}`);
  if (name.includes('/'))
    throw new TargetError(`expected ${expected}, found "${name}"; what else tells it apart goes to \`args\``);
  return { name };
}

/** One look at the processes that a folder like /proc shows. */
export async function lookAt(folder: string, options: ProcessOptions, signal: ProbeContext['signal']): Promise<Observation> {
  try {
    const running = await findRunning({ name: options.name, args: options.args }, folder, signal);
    return typeof running === 'string' ? unknown(running) : judge(options, running);
  } catch (error) {
    if (signal.aborted) return unknown('there was no time to look at all processes; the machine may be too busy');
    return unknown(`${folder} cannot be read, where Linux shows its processes (${errorCode(error)})`);
  }
}

function judge(options: ProcessOptions, running: Running): Observation {
  const { count, memoryBytes } = running;
  const which = options.args === undefined ? options.name : `${options.name} with "${options.args}" in its arguments`;
  if (running.isHidden && (count < options.min || options.max !== undefined)) return unknown(hidden(which));
  const measures = [
    { name: 'count', value: count, unit: 'count' as const },
    { name: 'memory', value: memoryBytes, unit: 'bytes' as const },
  ];
  const some = `${count} process${count === 1 ? '' : 'es'} of ${which}`;
  const run = count === 1 ? `${some} runs` : `${some} run`;
  const zombies = running.zombies === 0 ? '' : `, beside ${running.zombies} that ended and nobody has cleared away (zombie)`;
  if (count === 0 && options.min > 0) return down('content', `no process of ${which} runs${zombies}`, measures);
  if (count < options.min) return down('threshold', `only ${run}, expected ${options.min} at least${zombies}`, measures);
  if (options.max !== undefined && count > options.max)
    return down('threshold', `${run}, expected ${options.max} at most`, measures);
  return up(
    count === 0 ? `no process of ${which} runs, as it should be` : `${some}, ${formatSize(memoryBytes)} of memory`,
    measures,
  );
}

function hidden(which: string): string {
  return `the processes of other users are hidden from this one, ${which} may be among them; run incidentd with ProtectProc=default, or put its user into the group that /proc is mounted with (gid=)`;
}
