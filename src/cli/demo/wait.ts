import { setTimeout } from 'node:timers/promises';
import { Stop } from '../stop.ts';

const lookEveryMs = 100;

/** Passes time; rejects with the signal's reason as soon as it aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/** What a wait is for, as the end of "waited 20 s for …", and how long it may take. */
export interface Awaited {
  readonly what: string;
  readonly withinMs: number;
  readonly signal: AbortSignal;
}

/** Looks again and again until there is something; rejects with a Stop when it took too long, with the signal's reason when that aborts. */
export async function until<Found>(look: () => Promise<Found | null>, { what, withinMs, signal }: Awaited): Promise<Found> {
  const deadline = performance.now() + withinMs;
  while (true) {
    signal.throwIfAborted();
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > deadline) throw new Stop(`the story went wrong: waited ${withinMs / 1000} s for ${what}`);
    await pause(lookEveryMs, signal);
  }
}
