import { categoryOf, higher, outageSeverity, priorityOf, warningSeverity } from '../categorize.ts';
import { type Context, checkOf, logDecision, serviceOf, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Escalation, Incident } from '../incident.ts';
import { personOf, policyOf, recipientOf } from '../people.ts';
import { type Impact, impacts, type Severity, severities } from '../rules.ts';
import { fold } from './collect.ts';
import { hasOverdueLevel } from './escalate.ts';
import { tell, toldSoFar } from './notify.ts';

/** Severity as the facts stand now. */
function severityOf(draft: Draft, context: Context, incident: Incident): Severity {
  if (incident.kind === 'report' || incident.failing.length === 0) return incident.severity;
  if (incident.kind === 'outage') return outageSeverity(incident.failing.map((key) => checkOf(context.rules, key)));
  const severities = incident.failing.map((key) => warningSeverity(draft.cells.get(key)));
  return severities.includes('major') ? 'major' : 'minor';
}

/** The highest impact of the incident's own service, of those whose checks have carried it, and of those affected now. */
function impactOf(context: Context, incident: Incident): Impact {
  const services = incident.checks.map((key) => context.rules.services[checkOf(context.rules, key)?.service ?? '']);
  const affected = incident.affected.filter(({ to }) => to === null).map(({ service }) => context.rules.services[service]);
  const own = serviceOf(context.rules, incident)?.impact ?? incident.impact;
  return [...services, ...affected].reduce((highest, service) => moreSerious(highest, service?.impact ?? highest), own);
}

function moreSerious(a: Impact, b: Impact): Impact {
  return impacts.indexOf(a) >= impacts.indexOf(b) ? a : b;
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
  const impact = impactOf(context, incident);
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
  const taker = personOf(by, context.rules);
  tell(draft, context, incident, taker, {
    kind: 'raised',
    reason: raisedReason(incident, context),
    facts: { from: before.priority, by },
    personal: true,
  });
}

function changePriority(draft: Draft, context: Context, before: Incident): void {
  const after = draft.incidents.get(before.id) ?? before;
  const rises = after.priority < before.priority;
  const incident = update(
    draft,
    before.id,
    { escalation: escalationAfter(after, context, rises) },
    { at: context.at, type: 'priority-changed', facts: { from: before.priority, to: after.priority } },
  );
  logDecision(context, 'priority changed', { incident: incident.id, from: before.priority, to: incident.priority });
  if (!rises) return;
  const told = toldSoFar(draft, context, before.id);
  tell(draft, context, incident, told, {
    kind: 'raised',
    reason: raisedReason(incident, context),
    facts: { from: before.priority },
  });
  foldDigests(draft, incident);
}

/** A rise goes on from the level reached, in another policy, too, and up the overdue levels one at a time. */
function escalationAfter(incident: Incident, { rules, at }: Context, rises: boolean): Escalation {
  const { escalation } = incident;
  const policy = policyOf(incident, rules);
  if (!rises) return { ...escalation, policy };
  return { ...escalation, policy, stepwise: hasOverdueLevel(incident, rules, at) };
}

function raisedReason({ priority }: Incident, { at }: Context): string {
  return `raised-${priority}-${at}`;
}

/** What still waits for a digest at the old priority is told by the rise. */
function foldDigests(draft: Draft, incident: Incident): void {
  const entries = draft.outbox.group(incident.id).filter((entry) => entry.state === 'queued');
  for (const entry of entries) {
    const raised = entries.find((other) => other.kind === 'raised' && recipientOf(other) === recipientOf(entry));
    if (entry.collect === 'digest' && raised !== undefined && entry.key !== raised.key) fold(draft, entry, raised.key);
  }
}
