import { type Context, logDecision, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import { allEnded } from './affected.ts';
import { endDowntime } from './downtime.ts';
import { tell, toldSoFar } from './notify.ts';
import { forgetOccurrence } from './recurring.ts';

/**
 * Closes one incident into another: one mail in its own thread; its people count as told of the other, its
 * acknowledgement is carried over, acts on its id act on the other.
 */
export function merge(draft: Draft, context: Context, from: string, into: string): void {
  const { at } = context;
  const merged = draft.incidents.get(from);
  const target = draft.incidents.get(into);
  if (merged === undefined || target === undefined || from === into) return;
  const told = toldSoFar(draft, context, from);
  const closed = update(
    draft,
    from,
    {
      ...endDowntime(merged, at),
      status: 'closed',
      flapping: false,
      closedAt: at,
      mergedInto: into,
      failing: [],
      affected: allEnded(merged, at),
      acknowledged: null,
      recoveringSince: null,
      closeAt: null,
      pausedAt: null,
      verifyUntil: null,
      resolveClaim: null,
    },
    { at, type: 'merged', facts: { into } },
  );
  update(
    draft,
    into,
    { mergedFrom: [...target.mergedFrom, ...merged.mergedFrom, from], acknowledged: target.acknowledged ?? merged.acknowledged },
    { at, type: 'merged', facts: { from } },
  );
  forgetOccurrence(draft, merged);
  tell(draft, context, closed, told, { kind: 'merged', reason: 'merged', facts: { into } });
  logDecision(context, 'incident merged', { incident: from, into });
}
