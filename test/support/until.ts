import { setTimeout as sleep } from 'node:timers/promises';

/** Busy machines are slow; a test that waits longer than this waits for something that does not come. */
export const patienceMs = 15_000;

/** For tests of whole processes, which take far less unless the machine is busy. */
export const story = { timeout: 60_000 };

/** Looks until `look` gives something and returns it. Rejects after `withinMs` with what was waited for and `seen`. */
export async function until<Found>(
  what: string,
  look: () => Found | Promise<Found>,
  { withinMs = patienceMs, everyMs = 50, seen = () => '' }: { withinMs?: number; everyMs?: number; seen?: () => string } = {},
): Promise<NonNullable<Found>> {
  const end = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== false && found !== null && found !== undefined) return found;
    if (performance.now() > end) throw new Error(`waited ${withinMs} ms for ${what}; ${seen()}`);
    await sleep(everyMs);
  }
}

/** Holds for this long: for what must not happen. */
export function quiet(ms: number): Promise<void> {
  return sleep(ms);
}
