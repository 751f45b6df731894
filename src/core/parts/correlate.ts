/** One cause, one incident: failures that a dependency explains. */
import type { Context, Part } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Explained } from '../record.ts';

export const noteLooked: Part<'looked'> = () => {};

export function settleExplained(_draft: Draft, _context: Context): void {}

export function explanationDue(_explained: Explained): number | null {
  return null;
}
