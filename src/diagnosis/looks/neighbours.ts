/** Whether a device on the same network answers at all, by what the kernel knows of its network card. */
import { readFileSync } from 'node:fs';
import { runBounded } from '../../net/child.ts';

/**
 * `there`: it has answered just now (ARP, neighbour discovery); `gone`: it was asked and did not; `unsure`: what is known is
 * older than the look. An entry stays complete for up to a minute after a device has lost its power.
 */
export type Neighbour = 'there' | 'gone' | 'unsure';

/** An answer as old as this came while we looked. */
const freshSeconds = 3;

/** Asks ip(8), and where that is missing the ARP table. */
export async function neighbour(address: string, signal: AbortSignal): Promise<Neighbour> {
  const [bare = '', through] = address.split('%');
  const on = through === undefined ? [] : ['dev', through];
  const { end, stdout } = await runBounded({ argv: ['ip', '-s', '-o', 'neigh', 'show', 'to', bare, ...on], signal });
  if (end.how === 'exited' && end.code === 0) return fromState(stdout);
  try {
    return fromArp(readFileSync('/proc/net/arp', 'utf8'), bare);
  } catch {
    return 'unsure';
  }
}

/** Lines of `ip -s neigh` (ip-neighbour(8)): `… used 9/2/1 probes 1 REACHABLE`, the second number seconds since an answer. */
export function fromState(output: string): Neighbour {
  const lines = output.trim().split('\n');
  const isThere = lines.some((line) => {
    const [, confirmed] = / used \d+\/(\d+)\/\d+ .*REACHABLE\s*$/.exec(line) ?? [];
    return confirmed !== undefined && Number(confirmed) <= freshSeconds;
  });
  if (isThere) return 'there';
  return lines.some((line) => /\b(FAILED|INCOMPLETE)\s*$/.test(line)) ? 'gone' : 'unsure';
}

/** `/proc/net/arp` (proc(5)): without flag 2 an entry is incomplete; a complete one may be some minutes old. */
export function fromArp(table: string, address: string): Neighbour {
  const line = table.split('\n').find((one) => one.startsWith(`${address} `));
  const flags = line?.trim().split(/\s+/)[2];
  return flags !== undefined && (Number(flags) & 2) === 0 ? 'gone' : 'unsure';
}
