import type { RemedyEnd } from '../core/remedy.ts';
import { revealed } from '../lib/secret.ts';
import { type ChildEnd, runBounded, whyNotStarted } from '../net/child.ts';
import { longestRun, type Program, type RemedyRequest } from './contract.ts';
import { shown } from './output.ts';
import { environmentOf, incidentOf } from './told.ts';

/** Bytes of each output that are read before it is cut; sixteen times as many end the program. */
const outputLimit = 65_536;

/** Runs a program with the incident as JSON on standard input; exit status 0 is well. */
export async function runProgram(
  { run }: Program,
  request: RemedyRequest,
  conceal: (text: string) => string,
  signal: AbortSignal,
): Promise<RemedyEnd> {
  const [program = '', ...rest] = run.map(revealed);
  const { end, stdout, stderr } = await runBounded({
    argv: [program, ...rest],
    env: environmentOf(request),
    input: JSON.stringify(incidentOf(request)),
    signal,
    outputLimit,
  });
  const ok = end.how === 'exited' && end.code === 0;
  // What says why it failed comes first.
  const said = (ok ? [stdout, stderr] : [stderr, stdout]).map((one) => one.trim()).filter((one) => one !== '');
  return { ok, outcome: conceal(outcomeOf(end, String(run[0]))), output: shown(conceal(said.join('\n'))) };
}

function outcomeOf(end: ChildEnd, program: string): string {
  switch (end.how) {
    case 'exited':
      return `exit status ${end.code}${meanings.get(end.code) ?? ''}`;
    case 'aborted':
      return `stopped, as it did not end within ${longestRun}; let it hand longer work to something else`;
    case 'flooded':
      return 'stopped, as it wrote more than 1 MiB; let it write into a file';
    case 'signalled':
      return `ended by ${end.name}`;
    case 'not-started':
      return whyNotStarted(program, end.code);
    default:
      return end satisfies never;
  }
}

/** Statuses by which shells say that they could not run something. */
const meanings: ReadonlyMap<number, string> = new Map([
  [126, ': a program that it calls may not be run; check the permissions'],
  [127, ': a program that it calls is missing; write its full path'],
]);
