/** The third incident of one service and cause within a day is marked as recurring. */
import type { Context } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Incident } from '../incident.ts';

/** Counts an incident that has just opened. */
export function noteOccurrence(_draft: Draft, _context: Context, _incident: Incident): void {}

export function pruneOccurrences(_draft: Draft, _context: Context): void {}
