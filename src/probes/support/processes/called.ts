/** Which processes go by a name. */
import { basename } from 'node:path';
import { matches } from '../pattern.ts';
import { argumentsOf, memoryOf, type ProcessEntry, programOf, readProcessTable } from './process-table.ts';

export interface Wanted {
  readonly name: string;
  /** What the command line must contain, as a pattern. */
  readonly args: string | undefined;
}

export interface Running {
  readonly count: number;
  readonly memoryBytes: number;
  /** Those that have ended and that nobody has cleared away. */
  readonly zombies: number;
  /** This user does not see the processes of others. */
  readonly isHidden: boolean;
}

/** Bytes of a name that the kernel keeps (TASK_COMM_LEN without its end). */
const kernelNameBytes = 15;

/** Those that run now. A text says why that cannot be told. Throws what /proc says, or as `signal` when it aborts. */
export async function findRunning(wanted: Wanted, folder: string, signal: AbortSignal): Promise<Running | string> {
  const { entries, isHidden } = await readProcessTable(folder, signal);
  let count = 0;
  let memoryBytes = 0;
  let zombies = 0;
  for (const entry of entries) {
    const verdict = await isCalled(entry, wanted, folder, signal);
    if (typeof verdict === 'string') return verdict;
    if (!verdict) continue;
    if (entry.isZombie) zombies += 1;
    else count += 1;
    memoryBytes += entry.isZombie ? 0 : memoryOf(folder, entry.pid);
  }
  return { count, memoryBytes, zombies, isHidden };
}

async function isCalled(entry: ProcessEntry, wanted: Wanted, folder: string, signal: AbortSignal): Promise<boolean | string> {
  const short = shortened(wanted.name);
  const hasName = entry.name === short;
  if (entry.isZombie) return hasName;
  const program = hasName && short === wanted.name ? wanted.name : programOf(folder, entry.pid);
  if (!hasName && program !== null && program !== wanted.name) return false;
  if (program === wanted.name && wanted.args === undefined) return true;
  const argv = await argumentsOf(folder, entry.pid, signal);
  if (argv === 'silent') return `process ${entry.pid} (${entry.name}) hangs and does not tell its arguments`;
  if (program !== wanted.name && !isNamedBy(argv, wanted.name, hasName)) return false;
  return wanted.args === undefined || hasArguments(argv, wanted.args);
}

/** What the kernel keeps of a name; the kernel cuts bytes, so the last character may be broken. */
function shortened(name: string): string {
  return Buffer.from(name).subarray(0, kernelNameBytes).toString();
}

/** The program as it was called, or the script that an interpreter runs; nothing known, and the kernel's name decides. */
function isNamedBy(argv: readonly string[], name: string, hasKernelName: boolean): boolean {
  if (argv.length === 0) return hasKernelName;
  return argv.slice(0, hasKernelName ? 3 : 1).some((word) => basename(word) === name);
}

function hasArguments(argv: readonly string[], pattern: string): boolean | string {
  const found = matches(pattern, argv.join(' '));
  return found === 'too-slow'
    ? `the expression ${pattern} takes too long on a command line; write a simpler one`
    : found === 'match';
}
