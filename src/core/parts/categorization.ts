import { categoryOf, higher, outageSeverity, priorityOf, warningSeverity } from '../categorize.ts';
import { type Context, checkOf, logDecision, serviceOf, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import { policyOf } from '../people.ts';
import type { Incident } from '../record.ts';
import { type Severity, severities } from '../rules.ts';
import { fold } from './collect.ts';
import { tell, toldSoFar } from './notify.ts';

/** Severity as the facts stand now. */
function severityOf(draft: Draft, context: Context, incident: Incident): Severity {
  if (incident.kind === 'report' || incident.failing.length === 0) return incident.severity;
  if (incident.kind === 'outage') return outageSeverity(incident.failing.map((key) => checkOf(context.rules, key)));
  return warningSeverity(draft.cells.get(incident.checks[0] ?? ''));
}

/**
 * Severity, impact, category and priority anew after facts changed. The priority never falls while a check is down;
 * a rise is told to those already told, and a rise of severity ends the acknowledgement, its taker told first.
 */
export function recategorize(draft: Draft, context: Context, id: string): void {
  const incident = draft.incidents.get(id);
  if (incident === undefined) return;
  const service = serviceOf(context.rules, incident);
  const severity = severityOf(draft, context, incident);
  const impact = service?.impact ?? incident.impact;
  const computed = priorityOf(severity, impact);
  const priority = incident.kind === 'outage' ? higher(computed, incident.priority) : computed;
  const rule = checkOf(context.rules, incident.failing[0] ?? incident.checks[0] ?? '');
  const category = incident.kind === 'report' ? incident.category : categoryOf(incident.cause.code, rule, service);
  if (
    severity === incident.severity &&
    priority === incident.priority &&
    category === incident.category &&
    impact === incident.impact
  ) {
    return;
  }
  update(draft, id, { severity, impact, category, priority });
  if (severities.indexOf(severity) > severities.indexOf(incident.severity)) endAcknowledgement(draft, context, incident);
  if (priority !== incident.priority) changePriority(draft, context, incident);
}

function endAcknowledgement(draft: Draft, context: Context, before: Incident): void {
  if (before.acknowledged === null) return;
  const { by } = before.acknowledged;
  const incident = update(
    draft,
    before.id,
    { acknowledged: null },
    { at: context.at, type: 'acknowledgement-ended', by, facts: { why: 'severity-risen' } },
  );
  tell(draft, context, incident, [by], { kind: 'raised', reason: raisedReason(incident), facts: { from: before.priority } });
}

function changePriority(draft: Draft, context: Context, before: Incident): void {
  const after = draft.incidents.get(before.id) ?? before;
  const rises = after.priority < before.priority;
  const escalation = {
    ...after.escalation,
    policy: policyOf(after, context.rules),
    stepwise: rises || after.escalation.stepwise,
  };
  const incident = update(
    draft,
    before.id,
    { escalation },
    {
      at: context.at,
      type: 'priority-changed',
      facts: { from: before.priority, to: after.priority },
    },
  );
  logDecision(context, 'priority changed', { incident: incident.id, from: before.priority, to: incident.priority });
  if (!rises) return;
  const told = toldSoFar(draft, before.id);
  tell(draft, context, incident, told, { kind: 'raised', reason: raisedReason(incident), facts: { from: before.priority } });
  foldDigests(draft, incident);
}

function raisedReason({ priority }: Incident): string {
  return `raised-${priority}`;
}

/** What still waits for a digest at the old priority is told by the rise. */
function foldDigests(draft: Draft, incident: Incident): void {
  const entries = draft.outbox.values().filter((entry) => entry.incidents.includes(incident.id) && entry.state === 'queued');
  for (const entry of entries) {
    const raised = entries.find((other) => other.kind === 'raised' && other.to === entry.to && other.channel === entry.channel);
    if (entry.collect === 'digest' && raised !== undefined && entry.key !== raised.key) fold(draft, entry, raised.key);
  }
}
