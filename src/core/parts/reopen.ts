import { priorityOf } from '../categorize.ts';
import { type Context, logDecision, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Transition } from '../event.ts';
import type { Incident } from '../incident.ts';
import { policyOf } from '../people.ts';
import { beginDowntime } from './downtime.ts';
import { freshEscalation } from './escalate.ts';
import { toldSoFar } from './notify.ts';
import { type Failure, failureOf } from './open.ts';
import { ofOwnService } from './share.ts';
import { tellReopened } from './tell-level.ts';

/** The same service failed hard again while its incident was still waiting to close: the same id, from level 1, told as "again". */
export function reopen(draft: Draft, context: Context, id: string, transition: Transition): void {
  const { check, since, observation } = transition;
  const kind = transition.to === 'down' ? 'outage' : 'warning';
  reopenFor(draft, context, id, { check, since, text: observation.message, failure: failureOf(draft, context, kind, check) });
}

export interface Reopening {
  readonly check: string;
  /** First bad observation of the new row. */
  readonly since: number;
  readonly text: string;
  readonly failure: Failure;
}

/** `reopen` for a failure that is described already. */
export function reopenFor(draft: Draft, context: Context, id: string, { check, since, text, failure }: Reopening): void {
  const found = draft.incidents.get(id);
  if (found === undefined) return;
  const { at, rules } = context;
  const before = failure.kind === 'outage' ? { ...found, ...ofOwnService(found, context) } : found;
  const told = toldSoFar(draft, context, id);
  const reopened: Incident = {
    ...before,
    ...failure,
    status: 'open',
    episode: before.episode + 1,
    diagnosis: null,
    known: hasKnown(before) ? before.known : null,
    failing: [check],
    checks: before.checks.includes(check) ? before.checks : [...before.checks, check],
    priority: priorityOf(failure.severity, failure.impact),
    acknowledged: null,
    resolution: null,
    recoveredAt: null,
    resolvedAt: null,
    closeAt: null,
    verifyUntil: null,
    downSince: beginDowntime(draft, context, { ...before, kind: failure.kind }, since),
  };
  const facts = { episode: reopened.episode, since, check, code: failure.cause.code };
  draft.incidents.set(id, { ...reopened, escalation: freshEscalation(policyOf(reopened, rules), at) });
  const { sentence } = failure.cause;
  update(draft, id, {}, { at, type: 'reopened', text, facts, ...(sentence === undefined ? {} : { sentence }) });
  logDecision(context, 'incident reopened', { incident: id, episode: reopened.episode, cause: failure.cause.code });
  tellReopened(draft, context, id, told);
}

/** False where nothing was found, or could be asked: then the history is asked once more. */
function hasKnown({ known }: Incident): boolean {
  return known !== null && known.similar.length > 0;
}
