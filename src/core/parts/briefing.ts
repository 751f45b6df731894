/** What the first message is to say besides: why it fails, and what helped before. */
import type { Context, Part } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Transition } from '../event.ts';
import type { Incident } from '../incident.ts';

/** A check has begun to fail, or fails for another reason: why is found out before anybody is told. */
export function inquire(_draft: Draft, _context: Context, _transition: Transition): void {}

export const takeDiagnosis: Part<'diagnosed'> = () => {};

export const takeRecall: Part<'recalled'> = () => {};

/** An incident that has just opened gets what is known already, and asks for the rest. */
export function seekAdvice(_draft: Draft, _context: Context, _incident: Incident): void {}
