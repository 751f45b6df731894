/** What Linux tells about processes in /proc. */
import { readdirSync, readFileSync } from 'node:fs';

/** One process of /proc/PID/stat (proc_pid_stat(5)); times in ms. */
export interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  /** Of all its threads. */
  readonly cpuMs: number;
  /** Of children that have ended and been waited for, and of theirs. */
  readonly endedChildrenMs: number;
}

/** Linux counts the times of /proc in hundredths of a second on every machine that Node runs on (USER_HZ). */
const tickMs = 10;
const mebibyte = 1024;

/** Reads the text of a stat file; the name in brackets may hold anything. */
export function parseStat(text: string): ProcessStat {
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const field = (number: number) => fields[number - 3] ?? 0;
  return {
    pid: Number.parseInt(text, 10),
    parent: field(4),
    cpuMs: (field(14) + field(15)) * tickMs,
    endedChildrenMs: (field(16) + field(17)) * tickMs,
  };
}

/** CPU time of a process and everything that it started: threads, living and ended children, their children. */
export function cpuOfTree(root: number, processes: readonly ProcessStat[]): number {
  const own = processes.find(({ pid }) => pid === root);
  if (own === undefined) return 0;
  const children = processes.filter(({ parent }) => parent === root);
  return own.cpuMs + own.endedChildrenMs + children.reduce((total, { pid }) => total + cpuOfTree(pid, processes), 0);
}

/** All processes that can be read now. */
export function processes(): readonly ProcessStat[] {
  return readdirSync('/proc').flatMap((name) => {
    const text = /^\d+$/.test(name) ? readOrNull(`/proc/${name}/stat`) : null;
    return text === null ? [] : [parseStat(text)];
  });
}

/** A line such as `VmRSS:   12345 kB` in MiB; NaN where there is none. */
export function mebibytesIn(text: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1] ?? Number.NaN) / mebibyte;
}

/** Memory in MiB: resident, and proportional (shared pages counted by share). */
export interface Memory {
  readonly residentMb: number;
  readonly proportionalMb: number;
}

export function memoryOf(pid: number): Memory {
  return {
    residentMb: mebibytesIn(readOrNull(`/proc/${pid}/status`) ?? '', 'VmRSS'),
    proportionalMb: mebibytesIn(readOrNull(`/proc/${pid}/smaps_rollup`) ?? '', 'Pss'),
  };
}

/** How long the first thread of a process has been ready to run without a core to run on, ms; 0 where the kernel does not tell. */
export function waitedForCoreMs(pid: number): number {
  return Number(readOrNull(`/proc/${pid}/schedstat`)?.split(' ')[1] ?? 0) / 1e6;
}

/** Milliseconds since the machine's boot, on the clock that all its processes share. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** A process may end at any moment. */
function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
