import { amend, type Context, checkOf, incidentsOf, logDecision, type Part, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Transition } from '../event.ts';
import { isPlain } from '../observe.ts';
import type { Incident } from '../record.ts';
import { recategorize } from './categorization.ts';
import { gateOf } from './gate.ts';
import { merge } from './merge.ts';
import { causeOf, open } from './open.ts';
import { reopen, startRecovery } from './recovery.ts';

/** Keeps what a restart must not forget of a check, then lets its incidents live on. */
export const takeTransition: Part<'transition'> = (draft, { transition }, context) => {
  const rule = checkOf(context.rules, transition.check);
  if (rule === undefined) return;
  if (isPlain(transition.cell)) draft.cells.delete(transition.check);
  else draft.cells.set(transition.check, transition.cell);

  if (transition.type === 'confirmed' || transition.type === 'reconfirmed') confirm(draft, transition, context);
  else if (transition.type === 'recovered' || transition.type === 'cleared') clear(draft, transition, context);
  else if (transition.type === 'suspected' || transition.type === 'row') relapse(draft, transition, context);
};

/** A check's failure is certain: it joins, opens, reopens, or waits at the gate. */
export function confirm(draft: Draft, transition: Transition, context: Context): void {
  if (draft.dismissed.has(transition.check)) return;
  if (transition.to === 'down') confirmDown(draft, transition, context);
  else confirmDegraded(draft, transition, context);
}

/**
 * Down: the service's outage covers it. In order: an open outage takes it in, a resolved one reopens, the check's own
 * warning becomes the outage, else a new one opens.
 */
function confirmDown(draft: Draft, transition: Transition, context: Context): void {
  const { check } = transition;
  const service = checkOf(context.rules, check)?.service ?? '';
  const incidents = incidentsOf(draft, service);
  const warning = incidents.find((incident) => incident.kind === 'warning' && incident.checks.includes(check));
  const outage = incidents.find((incident) => incident.kind === 'outage' && incident.status !== 'resolved');
  if (outage !== undefined) {
    if (warning !== undefined && warning.status !== 'resolved') merge(draft, context, warning.id, outage.id);
    join(draft, outage.id, transition, context);
    return;
  }
  if (held(draft, transition, context)) return;
  const resolved = incidents.find((incident) => incident.kind === 'outage' && incident.status === 'resolved');
  if (resolved !== undefined) reopen(draft, context, resolved.id, transition);
  else if (warning !== undefined) worsen(draft, context, warning, transition);
  else open(draft, context, 'outage', transition.check, transition.since);
}

/** Degraded: the check's own warning; a check that was down leaves the outage, and its warning waits for the outage's end. */
function confirmDegraded(draft: Draft, transition: Transition, context: Context): void {
  const { check } = transition;
  const incidents = incidentsOf(draft, checkOf(context.rules, check)?.service ?? '');
  const outage = incidents.find((incident) => incident.kind === 'outage' && incident.failing.includes(check));
  if (outage !== undefined) {
    leave(draft, outage.id, transition, context);
    return;
  }
  const covering = incidents.find(
    (incident) => incident.kind === 'outage' && incident.checks.includes(check) && incident.status !== 'resolved',
  );
  if (covering !== undefined) return;
  const warning = incidents.find((incident) => incident.kind === 'warning' && incident.checks.includes(check));
  if (warning !== undefined && warning.status !== 'resolved') {
    join(draft, warning.id, transition, context);
    return;
  }
  if (held(draft, transition, context)) return;
  if (warning !== undefined) reopen(draft, context, warning.id, transition);
  else open(draft, context, 'warning', transition.check, transition.since);
}

/** Records that a failure waits (maintenance, or the grace after a boot); true when it does. */
function held(draft: Draft, transition: Transition, context: Context): boolean {
  const gate = gateOf(draft, context, transition.check, transition.type === 'reconfirmed');
  if (gate === null) {
    draft.held.delete(transition.check);
    return false;
  }
  draft.held.set(transition.check, gate);
  logDecision(context, 'failure waits', { check: transition.check, gate });
  return true;
}

/** The check carries this incident (again). */
function join(draft: Draft, id: string, transition: Transition, context: Context): void {
  const incident = draft.incidents.get(id);
  if (incident === undefined) return;
  const known = incident.failing.includes(transition.check) && incident.status === 'open';
  const back = backToOpen(incident);
  const joined = {
    ...back,
    failing: union(incident.failing, transition.check),
    checks: union(incident.checks, transition.check),
    verifyUntil: null,
  };
  const entry = {
    at: context.at,
    type: 'check-failed',
    text: transition.observation.message,
    facts: factsOf(transition),
  } as const;
  draft.incidents.set(id, known ? amend(incident, joined) : amend(incident, joined, entry));
  recategorize(draft, context, id);
}

function union(list: readonly string[], one: string): readonly string[] {
  return list.includes(one) ? list : [...list, one];
}

function backToOpen(incident: Incident): Partial<Incident> {
  return incident.status === 'recovering' ? { status: 'open', recoveringSince: null, recoveredAt: null } : {};
}

function factsOf({ check, to, observation }: Transition): Record<string, string> {
  return { check, grade: observation.grade ?? to ?? 'down', code: observation.reason };
}

/** A check recovered, or a suspicion about it ended. */
function clear(draft: Draft, transition: Transition, context: Context): void {
  if (transition.to === 'up') {
    draft.held.delete(transition.check);
    draft.dismissed.delete(transition.check);
  }
  const service = checkOf(context.rules, transition.check)?.service ?? '';
  for (const incident of incidentsOf(draft, service)) {
    if (!incident.failing.includes(transition.check)) continue;
    if (transition.to === 'up' || incident.kind === 'outage') leave(draft, incident.id, transition, context);
  }
}

/** The check no longer carries the incident; with the last one gone it is recovering. */
function leave(draft: Draft, id: string, transition: Transition, context: Context): void {
  const incident = draft.incidents.get(id);
  if (incident === undefined) return;
  const failing = incident.failing.filter((check) => check !== transition.check);
  update(draft, id, { failing, verifyUntil: null }, { at: context.at, type: 'check-recovered', facts: factsOf(transition) });
  if (failing.length === 0) startRecovery(draft, context, id, transition.since);
  else recategorize(draft, context, id);
}

/** One down observation while recovering is a relapse: back to open, in silence; for a warning any bad one is. */
function relapse(draft: Draft, transition: Transition, context: Context): void {
  const { grade } = transition.observation;
  if (grade === null || grade === 'up') return;
  const service = checkOf(context.rules, transition.check)?.service ?? '';
  for (const incident of incidentsOf(draft, service)) {
    const concerned = incident.kind === 'outage' ? grade === 'down' : incident.checks.includes(transition.check);
    if (incident.status !== 'recovering' || !concerned) continue;
    update(
      draft,
      incident.id,
      {
        ...backToOpen(incident),
        failing: union(incident.failing, transition.check),
        checks: union(incident.checks, transition.check),
      },
      { at: context.at, type: 'relapsed', text: transition.observation.message, facts: factsOf(transition) },
    );
    logDecision(context, 'incident relapsed', { incident: incident.id, check: transition.check });
  }
}

/** A warning's check went down: the same incident goes on as the service's outage. */
function worsen(draft: Draft, context: Context, warning: Incident, transition: Transition): void {
  if (warning.status === 'resolved') {
    reopen(draft, context, warning.id, transition);
    return;
  }
  update(
    draft,
    warning.id,
    {
      ...backToOpen(warning),
      kind: 'outage',
      failing: [transition.check],
      cause: causeOf(draft, context, transition.check),
      downSince: transition.since,
      verifyUntil: null,
    },
    { at: context.at, type: 'check-failed', text: transition.observation.message, facts: factsOf(transition) },
  );
  recategorize(draft, context, warning.id);
}
