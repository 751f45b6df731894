/** The processes of this machine, from /proc (proc(5)). Their files are small and may vanish at any moment. */
import { readFileSync, readlinkSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { errorCode } from '../../../net/failure.ts';
import { askOnce } from '../file-system.ts';

export interface ProcessEntry {
  readonly pid: number;
  /** The kernel's name for it, its first 15 bytes. */
  readonly name: string;
  readonly isZombie: boolean;
}

/** `hidden`: this user is not shown those of others. */
export interface ProcessTable {
  readonly entries: readonly ProcessEntry[];
  readonly isHidden: boolean;
}

/** A flag of `stat`: a thread of the kernel (PF_KTHREAD), which runs no program. */
const kernelThread = 0x0020_0000;
/** How many files are read before other work has its turn: about two milliseconds. */
const batchSize = 100;
const argumentsLimit = 65_536;

/** All processes that run a program, but this one. Throws what /proc says, and as `signal` when it aborts. */
export async function readProcessTable(folder: string, signal: AbortSignal): Promise<ProcessTable> {
  const pids = (await readdir(folder)).filter((name) => /^\d+$/.test(name)).map(Number);
  const entries: ProcessEntry[] = [];
  // Process 1 is always there: where it is not shown, neither are others.
  let isHidden = !pids.includes(1);
  for (const [index, pid] of pids.entries()) {
    if (index % batchSize === 0) await nextTurn(undefined, { signal });
    const entry = pid === process.pid ? 'gone' : readEntry(folder, pid);
    if (entry === 'hidden') isHidden = true;
    else if (entry !== 'gone') entries.push(entry);
  }
  return { entries, isHidden };
}

function readEntry(folder: string, pid: number): ProcessEntry | 'gone' | 'hidden' {
  try {
    const stat = readFileSync(join(folder, String(pid), 'stat'), 'utf8');
    const end = stat.lastIndexOf(')');
    const [state = '', , , , , , flags = ''] = stat.slice(end + 2, end + 120).split(' ');
    if ((Number(flags) & kernelThread) !== 0) return 'gone';
    return { pid, name: stat.slice(stat.indexOf('(') + 1, end), isZombie: /[ZXx]/.test(state) };
  } catch (error) {
    return isForbidden(error) ? 'hidden' : 'gone';
  }
}

/** Name of the file that a process runs; null where this user is not told, or there is none. */
export function programOf(folder: string, pid: number): string | null {
  try {
    return basename(readlinkSync(join(folder, String(pid), 'exe')).replace(/ \(deleted\)$/, ''));
  } catch {
    return null;
  }
}

/** Bytes of memory that a process holds (VmRSS), shared ones included; 0 where it has none. */
export function memoryOf(folder: string, pid: number): number {
  try {
    const status = readFileSync(join(folder, String(pid), 'status'), 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/**
 * Program and arguments of a process as it was started, their first 64 KiB; none where it has gone. `silent`: a process that
 * hangs in the kernel keeps even those who ask for its arguments. Settles at the latest when `signal` aborts, and throws as it
 * does where there was no time to ask.
 */
export async function argumentsOf(folder: string, pid: number, signal: AbortSignal): Promise<readonly string[] | 'silent'> {
  const path = join(folder, String(pid), 'cmdline');
  const answer = await askOnce(path, signal, () => readStart(path));
  if (answer.how === 'answered') return answer.value.split('\0').slice(0, -1);
  if (answer.how === 'not-asked') throw signal.reason;
  return answer.how === 'refused' ? [] : 'silent';
}

async function readStart(path: string): Promise<string> {
  await using file = await open(path);
  const { bytesRead, buffer } = await file.read(Buffer.alloc(argumentsLimit), 0, argumentsLimit, 0);
  const text = buffer.toString('utf8', 0, bytesRead);
  return text === '' || text.endsWith('\0') ? text : `${text}\0`;
}

function isForbidden(error: unknown): boolean {
  return ['EACCES', 'EPERM'].includes(errorCode(error));
}
