/** What keeps this machine busy: the processes that take most of the processors, and most of the memory. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { formatSize } from '../../lib/duration.ts';
import { oneLine } from '../../texts/clean.ts';
import type { Sight } from '../vocabulary.ts';

export interface Usage {
  readonly name: string;
  /** Ticks of processor time so far. */
  readonly ticks: number;
  readonly memoryBytes: number;
  /** Waits for a disk or a network drive (state D). */
  readonly waits: boolean;
}

const spanMs = 500;
/** USER_HZ, the same on every machine that Node runs on. */
const ticksPerSecond = 100;
const shownLimit = 3;
const batchSize = 100;

/** Looks twice, half a second apart. */
export async function lookAtProcesses(signal: AbortSignal, folder = '/proc'): Promise<Sight<'machine'>> {
  try {
    const before = await readUsage(folder, signal);
    await wait(spanMs, undefined, { signal });
    const after = await readUsage(folder, signal);
    return { saw: 'counted', subject: 'processes', detail: oneLine(inWords(before, after)) };
  } catch {
    return { saw: 'unclear', subject: 'processes', detail: `${folder} could not be read in time` };
  }
}

async function readUsage(folder: string, signal: AbortSignal): Promise<ReadonlyMap<string, Usage>> {
  const usage = new Map<string, Usage>();
  const pageBytes = pageSize();
  const pids = readdirSync(folder).filter((name) => /^\d+$/.test(name));
  for (const [index, pid] of pids.entries()) {
    if (index % batchSize === 0) await nextTurn(undefined, { signal });
    const one = read(join(folder, pid, 'stat'), pageBytes);
    if (one !== null) usage.set(pid, one);
  }
  return usage;
}

/** Some ARM machines have larger pages: what this process holds in bytes and in pages (proc_pid_statm(5)) tells. */
function pageSize(): number {
  const [, pages] = readFileSync('/proc/self/statm', 'utf8').split(' ');
  return 2 ** Math.round(Math.log2(process.memoryUsage.rss() / Number(pages)));
}

function read(path: string, pageBytes: number): Usage | null {
  try {
    return parseStat(readFileSync(path, 'utf8'), pageBytes);
  } catch {
    return null;
  }
}

/** A line of `/proc/PID/stat` (proc_pid_stat(5)): after the name, state is field 3, utime and stime 14 and 15, rss 24. */
export function parseStat(stat: string, pageBytes: number): Usage | null {
  const end = stat.lastIndexOf(')');
  const fields = stat.slice(end + 2).split(' ');
  const [state, userTicks, systemTicks, pages] = [fields[0], fields[11], fields[12], fields[21]];
  if (end < 0 || pages === undefined) return null;
  const name = stat.slice(stat.indexOf('(') + 1, end);
  return {
    name,
    ticks: Number(userTicks) + Number(systemTicks),
    memoryBytes: Number(pages) * pageBytes,
    waits: state === 'D',
  };
}

interface Consumer {
  readonly name: string;
  /** Of one processor core, in percent. */
  readonly share: number;
  readonly memoryBytes: number;
  readonly waits: boolean;
}

/** What the processes of each name took together between two looks. */
function consumers(before: ReadonlyMap<string, Usage>, after: ReadonlyMap<string, Usage>): readonly Consumer[] {
  const entries = Array.from(after, ([pid, usage]) => ({
    ...usage,
    used: usage.ticks - (before.get(pid)?.ticks ?? usage.ticks),
  }));
  const byName = Map.groupBy(entries, ({ name }) => name);
  return Array.from(byName, ([name, alike]) => ({
    name: alike.length > 1 ? `${name} (${alike.length}×)` : name,
    share: Math.round((alike.reduce((sum, { used }) => sum + used, 0) * 100_000) / (ticksPerSecond * spanMs)),
    memoryBytes: alike.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
    waits: alike.some(({ waits }) => waits),
  }));
}

/** `busiest: node 98% of a core; most memory: postgres 2.1GiB; waiting for a disk: rsync`. */
export function inWords(before: ReadonlyMap<string, Usage>, after: ReadonlyMap<string, Usage>): string {
  const all = consumers(before, after);
  const busiest = all.filter(({ share }) => share >= 5).toSorted((a, b) => b.share - a.share);
  const largest = all.filter(({ memoryBytes }) => memoryBytes > 0).toSorted((a, b) => b.memoryBytes - a.memoryBytes);
  const waiting = all.filter(({ waits }) => waits);
  return [
    ...listed('busiest', busiest, ({ name, share }) => `${name} ${share}% of a core`),
    ...listed('most memory', largest, ({ name, memoryBytes }) => `${name} ${formatSize(memoryBytes)}`),
    ...listed('waiting for a disk', waiting, ({ name }) => name),
  ].join('; ');
}

function listed(what: string, some: readonly Consumer[], shown: (one: Consumer) => string): readonly string[] {
  return some.length === 0 ? [] : [`${what}: ${some.slice(0, shownLimit).map(shown).join(', ')}`];
}
