/** When something that is written at fixed times must have been written anew. */
import { lastMoment, type WeeklyMoment } from '../../../core/calendar/moments.ts';

export interface Due {
  /** The moment whose turn it is: the last one whose grace is over, epoch ms. */
  readonly at: number;
  /** What was written at this instant or earlier belongs to a moment before. */
  readonly after: number;
}

/**
 * What is due at `now`. What comes within the grace after a moment, half the way to the next one at most, is that moment's, late;
 * what comes later is the next one's. Null before there was any moment.
 */
export function dueAt(now: number, moments: readonly WeeklyMoment[], graceMs: number, timezone: string): Due | null {
  const at = lastMoment(moments, timezone, now - graceMs);
  const before = at === null ? null : lastMoment(moments, timezone, at - 1);
  if (at === null || before === null) return null;
  return { at, after: before + Math.min(graceMs, (at - before) / 2) };
}
