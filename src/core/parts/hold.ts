import { type Context, logDecision } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Transition } from '../event.ts';
import { isExplained } from './explain.ts';
import { gateOf } from './gate.ts';

/**
 * Records that a failure waits (maintenance, the grace after a boot, a dependency that may explain it); true when it does.
 * `isAlone`: it is known that no dependency explains it.
 */
export function isHeldBack(draft: Draft, transition: Transition, context: Context, isAlone: boolean): boolean {
  const gate = gateOf(draft, context, transition.check, transition.type === 'reconfirmed');
  if (gate === null) {
    draft.held.delete(transition.check);
    return !isAlone && isExplained(draft, context, transition);
  }
  draft.held.set(transition.check, gate);
  logDecision(context, 'failure waits', { check: transition.check, gate });
  return true;
}
