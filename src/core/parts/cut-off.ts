/** This server itself is cut off from the network: that is the one incident, and what it cannot see is affected. */
import { type Context, checkOf, incidentsOf, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import { type Incident, isRunning } from '../incident.ts';
import { type CheckRule, selfService } from '../rules.ts';
import { affectedNow } from './affected.ts';
import { recategorize } from './categorization.ts';
import { add, type Failure } from './open.ts';
import { startRecovery } from './recovery.ts';
import { reopenFor } from './reopen.ts';

/** True where looking into a check's failure found that this server has no network. */
export function isCutOff(draft: Draft, { key, local }: CheckRule): boolean {
  return !local && draft.inquiries.get(key)?.answer?.code === 'local-network';
}

/** The incident about it that is not closed. */
export function cutOffIncident(draft: Draft): Incident | undefined {
  return incidentsOf(draft, selfService).find(({ kind }) => kind === 'outage');
}

/** A check that cannot be looked at for want of a network carries the incident about that; gives its id. */
export function joinCutOff(draft: Draft, context: Context, check: string): string {
  const known = cutOffIncident(draft);
  if (known === undefined) return openCutOff(draft, context, check);
  const { at } = context;
  const text = draft.cells.get(check)?.last?.message ?? '';
  if (!isRunning(known)) {
    reopenFor(draft, context, known.id, { check, since: at, text, failure: failureOf(draft, context, check) });
    update(draft, known.id, { diagnosis: draft.inquiries.get(check)?.answer ?? null });
    return known.id;
  }
  const failing = [...new Set([...known.failing, check])];
  const back = known.status === 'recovering' ? ({ status: 'open', recoveringSince: null, recoveredAt: null } as const) : {};
  const affected = affectedNow(draft, known, failing, context);
  const checks = [...new Set([...known.checks, check])];
  const facts = { check, grade: 'down', code: 'local-network' };
  update(draft, known.id, { failing, checks, affected, ...back }, { at, type: 'check-failed', text, facts });
  recategorize(draft, context, known.id);
  return known.id;
}

function openCutOff(draft: Draft, context: Context, check: string): string {
  const incident = add(draft, context, {
    ...failureOf(draft, context, check),
    service: selfService,
    serviceName: selfService,
    failing: [check],
    checks: [check],
    headline: { code: 'local-network' },
    source: 'check',
    startedAt: Math.min(draft.cells.get(check)?.since ?? context.at, context.at),
    downSince: null,
    costPerHour: null,
  });
  update(draft, incident.id, {
    affected: affectedNow(draft, incident, [check], context),
    diagnosis: draft.inquiries.get(check)?.answer ?? null,
  });
  recategorize(draft, context, incident.id);
  return incident.id;
}

function failureOf(draft: Draft, { rules }: Context, check: string): Failure {
  const last = draft.cells.get(check)?.last;
  return {
    kind: 'outage',
    cause: { code: 'local-network', evidence: [last?.message ?? ''].filter((line) => line !== '') },
    severity: 'critical',
    category: 'network',
    impact: rules.services[checkOf(rules, check)?.service ?? '']?.impact ?? 'medium',
  };
}

/** A check that carried it can be seen again, or fails for a reason of its own: with the first one the network is back. */
export function leaveCutOff(draft: Draft, context: Context, id: string, check: string, since: number): void {
  const incident = draft.incidents.get(id);
  if (incident?.service !== selfService || !incident.failing.includes(check)) return;
  const failing = incident.failing.filter((key) => key !== check);
  const facts = { check, grade: 'up', code: 'local-network' };
  const affected = affectedNow(draft, incident, failing, context);
  update(draft, id, { failing, affected }, { at: context.at, type: 'check-recovered', facts });
  if (incident.status === 'open') startRecovery(draft, context, id, since);
}
