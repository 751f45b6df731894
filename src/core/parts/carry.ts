import { amend, type Context, logDecision, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Transition } from '../event.ts';
import type { Incident } from '../incident.ts';
import { affectedNow } from './affected.ts';
import { recategorize } from './categorization.ts';
import { beginDowntime, endDowntime } from './downtime.ts';
import { isHeldOpen } from './held-open.ts';
import { causeOf, sentenceOf } from './open.ts';
import { startRecovery } from './recovery.ts';
import { ofOwnService } from './share.ts';

/** The check carries this incident (again). */
export function join(draft: Draft, id: string, transition: Transition, context: Context): void {
  const incident = draft.incidents.get(id);
  if (incident === undefined) return;
  const known = incident.failing.includes(transition.check) && incident.status === 'open';
  const joined = { ...carriedBy(draft, context, incident, transition), verifyUntil: null };
  const entry = known || isRestless(incident, transition) ? undefined : entryOf(context, 'check-failed', transition);
  draft.incidents.set(id, amend(incident, joined, entry));
  recategorize(draft, context, id);
}

/** The check no longer carries the incident; with the last one gone it is recovering. */
export function leave(draft: Draft, id: string, transition: Transition, context: Context): void {
  const incident = draft.incidents.get(id);
  if (incident === undefined) return;
  const failing = incident.failing.filter((check) => check !== transition.check);
  const affected = affectedNow(draft, incident, failing, context);
  const entry = isRestless(incident, transition) ? undefined : entryOf(context, 'check-recovered', transition);
  update(draft, id, { failing, affected, verifyUntil: null }, entry);
  if (failing.length > 0) recategorize(draft, context, id);
  else if (isHeldOpen(draft, incident)) update(draft, id, endDowntime(incident, transition.since));
  else startRecovery(draft, context, id, transition.since);
}

/** The coming and going of a check that flaps is told by that one word. */
function isRestless({ flapping }: Incident, { cell }: Transition): boolean {
  return flapping && cell.flapping === true;
}

/** One bad observation while recovering: back to open, in silence. */
export function relapse(draft: Draft, context: Context, incident: Incident, transition: Transition): void {
  update(draft, incident.id, carriedBy(draft, context, incident, transition), entryOf(context, 'relapsed', transition));
  logDecision(context, 'incident relapsed', { incident: incident.id, check: transition.check });
}

/** A warning's check went down: the same incident goes on as the service's outage. */
export function worsen(draft: Draft, context: Context, warning: Incident, transition: Transition): void {
  const own = ofOwnService(warning, context);
  const outage = { ...warning, ...own, kind: 'outage', failing: [], downSince: null } as const;
  update(
    draft,
    warning.id,
    {
      ...own,
      ...carriedBy(draft, context, outage, transition),
      kind: 'outage',
      cause: causeOf(draft, context, transition.check),
      diagnosis: null,
      verifyUntil: null,
    },
    entryOf(context, 'check-failed', transition),
  );
  recategorize(draft, context, warning.id);
}

/** The incident open, the check among those that carry it; a stretch of downtime that is running runs on. */
function carriedBy(draft: Draft, context: Context, incident: Incident, { check, since }: Transition): Partial<Incident> {
  const failing = union(incident.failing, check);
  return {
    status: 'open',
    recoveringSince: null,
    recoveredAt: null,
    failing,
    affected: affectedNow(draft, incident, failing, context),
    checks: union(incident.checks, check),
    downSince: incident.downSince ?? beginDowntime(draft, context, incident, since),
  };
}

function union(list: readonly string[], one: string): readonly string[] {
  return list.includes(one) ? list : [...list, one];
}

function entryOf(context: Context, type: 'check-failed' | 'check-recovered' | 'relapsed', transition: Transition) {
  const { check, to, observation } = transition;
  const grade = type === 'check-recovered' ? (to ?? 'up') : (observation.grade ?? to ?? 'down');
  const facts = { check, grade, code: observation.reason };
  const sentence = type === 'check-failed' ? sentenceOf(context, check, observation.reason) : {};
  return { at: context.at, type, text: observation.message, facts, ...sentence };
}
