/** Whether a device on the same network answers at all, by what the kernel knows of its network card. */
import { readFileSync } from 'node:fs';
import { runBounded } from '../../net/child.ts';

/**
 * `there`: it has answered just now (ARP, neighbour discovery); `gone`: it was asked and did not; `unsure`: it answered some
 * time ago, or nothing is known.
 */
export type Neighbour = 'there' | 'gone' | 'unsure';

/** Asks ip(8), and where that is missing the ARP table. */
export async function neighbour(address: string, signal: AbortSignal): Promise<Neighbour> {
  const [bare = '', through] = address.split('%');
  const on = through === undefined ? [] : ['dev', through];
  const { end, stdout } = await runBounded({ argv: ['ip', '-o', 'neigh', 'show', 'to', bare, ...on], signal });
  if (end.how === 'exited' && end.code === 0) return fromState(stdout);
  try {
    return fromArp(readFileSync('/proc/net/arp', 'utf8'), bare);
  } catch {
    return 'unsure';
  }
}

/** States of ip-neighbour(8); the last word of a line. */
export function fromState(output: string): Neighbour {
  const states = output
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).at(-1) ?? '');
  if (states.some((state) => ['REACHABLE', 'PERMANENT', 'NOARP'].includes(state))) return 'there';
  return states.some((state) => state === 'FAILED' || state === 'INCOMPLETE') ? 'gone' : 'unsure';
}

/** `/proc/net/arp` (proc(5)): flag 2 is a complete entry, which may be some minutes old. */
export function fromArp(table: string, address: string): Neighbour {
  const line = table.split('\n').find((one) => one.startsWith(`${address} `));
  const flags = line?.trim().split(/\s+/)[2];
  if (flags === undefined) return 'unsure';
  return (Number(flags) & 2) === 0 ? 'gone' : 'there';
}
