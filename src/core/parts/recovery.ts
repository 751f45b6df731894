import { categoryOf, outageSeverity, priorityOf, warningSeverity } from '../categorize.ts';
import { type Context, checkOf, logDecision, serviceOf, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Transition } from '../event.ts';
import { contactsOf, policyOf } from '../people.ts';
import type { Incident } from '../record.ts';
import type { CheckRule } from '../rules.ts';
import { fold } from './collect.ts';
import { isPointless } from './deliver.ts';
import { freshEscalation, tellReopened } from './escalate.ts';
import { tell, toldSoFar } from './notify.ts';
import { causeOf, open } from './open.ts';

/** Used where an incident's checks are gone from the configuration, and for reports. */
const defaultConfirmMs = 120_000;
const defaultReopenMs = 30 * 60_000;

/** No check of the incident fails any more, since `recoveredAt`; no level fires until this is confirmed. */
export function startRecovery(draft: Draft, context: Context, id: string, recoveredAt: number): void {
  const { at } = context;
  update(draft, id, { status: 'recovering', recoveringSince: at, recoveredAt, resolveClaim: null }, { at, type: 'recovering' });
  logDecision(context, 'incident recovering', { incident: id });
}

/** When a recovery may be called confirmed, as far as time goes. */
export function recoveryDue(incident: Incident, context: Pick<Context, 'rules'>): number {
  const confirmFor = rulesOf(incident, context).map((rule) => rule.confirmForMs);
  return (incident.recoveringSince ?? 0) + Math.max(...(confirmFor.length > 0 ? confirmFor : [defaultConfirmMs]));
}

/** Resolves what has recovered for long enough, with at least one more good observation of each of its checks. */
export function endRecovery(draft: Draft, context: Context, incident: Incident): void {
  if (incident.status !== 'recovering' || recoveryDue(incident, context) > context.at) return;
  if (incident.checks.some((check) => draft.cells.get(check)?.settling === true)) return;
  resolve(draft, context, incident.id);
}

function rulesOf(incident: Incident, { rules }: Pick<Context, 'rules'>): CheckRule[] {
  return incident.checks.map((key) => checkOf(rules, key)).filter((rule) => rule !== undefined);
}

/** Recovery is certain, or a person says so: everybody who was told is told, with the report in the same mail. */
export function resolve(draft: Draft, context: Context, id: string, by?: string): void {
  const incident = draft.incidents.get(id);
  if (incident === undefined) return;
  const { at } = context;
  const ran = incident.downSince === null ? 0 : Math.max(0, (incident.recoveredAt ?? at) - incident.downSince);
  const resolved = update(
    draft,
    id,
    {
      status: 'resolved',
      resolvedAt: at,
      recoveredAt: incident.recoveredAt ?? at,
      recoveringSince: null,
      resolveClaim: null,
      pausedAt: null,
      downtimeMs: incident.downtimeMs + ran,
      downSince: null,
      closeAt: at + reopenWindow(incident, context),
    },
    { at, type: 'resolved', ...(by === undefined ? {} : { by }) },
  );
  logDecision(context, 'incident resolved', {
    incident: id,
    reason: by === undefined ? 'recovered-and-quiet' : 'resolved-by-person',
  });
  const remaining = incident.kind === 'outage' ? continueAsWarnings(draft, context, incident) : [];
  tellRecovered(draft, context, resolved, remaining);
}

function tellRecovered(draft: Draft, context: Context, incident: Incident, remaining: readonly string[]): void {
  const reporters = contactsOf(incident.reporters, incident, context.rules);
  const quiet = incident.priority === 'P4' || incident.priority === 'P5';
  const told = quiet ? reporters : [...new Set([...toldSoFar(draft, incident.id), ...reporters])];
  tell(draft, context, incident, told, { kind: 'recovered', reason: 'recovered', facts: { remaining } });
  const entries = draft.outbox.values().filter((entry) => entry.incidents.includes(incident.id));
  for (const recovery of entries.filter((entry) => entry.kind === 'recovered' && entry.state === 'queued')) {
    const pointless = entries.filter((entry) => isPointless(entry, recovery));
    for (const entry of pointless) fold(draft, entry, recovery.key);
    if (pointless.length > 0) {
      draft.outbox.set(recovery.key, { ...recovery, facts: { ...recovery.facts, folded: pointless.map(({ kind }) => kind) } });
    }
  }
}

/** Checks of a recovered outage that are still degraded go on as warnings; the recovery mail names them. */
function continueAsWarnings(draft: Draft, context: Context, outage: Incident): string[] {
  const service = serviceOf(context.rules, outage);
  const degraded = (service?.checks ?? []).filter(({ key }) => {
    const hard = draft.cells.get(key)?.hard;
    const covered = draft.incidents
      .values()
      .some((incident) => incident.kind === 'warning' && incident.status !== 'closed' && incident.checks.includes(key));
    return (hard === 'minor' || hard === 'major') && !covered;
  });
  for (const { key } of degraded) {
    const id = open(draft, context, 'warning', key, draft.cells.get(key)?.since ?? context.at);
    const warning = draft.incidents.get(id);
    if (warning === undefined) continue;
    const told = [{ at: context.at, reminders: 0 }];
    update(draft, id, { escalation: { ...warning.escalation, level: 1, told } });
  }
  return degraded.map(({ kind, target }) => `${kind} ${target}`);
}

function reopenWindow(incident: Incident, context: Context): number {
  const windows = rulesOf(incident, context).map((rule) => Math.max(rule.reopenWithinMs, 2 * rule.intervalMs));
  return windows.length > 0 ? Math.max(...windows) : defaultReopenMs;
}

/** The same service failed hard again while its incident was still waiting to close: the same id, from level 1, told as "again". */
export function reopen(draft: Draft, context: Context, id: string, transition: Transition): void {
  const before = draft.incidents.get(id);
  if (before === undefined) return;
  const { at, rules } = context;
  const rule = checkOf(rules, transition.check);
  const service = serviceOf(rules, before);
  const kind = transition.to === 'down' ? 'outage' : 'warning';
  const severity = kind === 'outage' ? outageSeverity([rule]) : warningSeverity(draft.cells.get(transition.check));
  const cause = causeOf(draft, context, transition.check);
  const told = toldSoFar(draft, id);
  const reopened: Incident = {
    ...before,
    kind,
    status: 'open',
    episode: before.episode + 1,
    failing: [transition.check],
    checks: before.checks.includes(transition.check) ? before.checks : [...before.checks, transition.check],
    cause,
    severity,
    category: categoryOf(cause.code, rule, service),
    priority: priorityOf(severity, service?.impact ?? before.impact),
    acknowledged: null,
    resolution: null,
    recoveredAt: null,
    resolvedAt: null,
    closeAt: null,
    downSince: kind === 'outage' ? transition.since : null,
  };
  draft.incidents.set(id, { ...reopened, escalation: freshEscalation(policyOf(reopened, rules), at) });
  update(
    draft,
    id,
    {},
    {
      at,
      type: 'reopened',
      text: transition.observation.message,
      facts: { episode: reopened.episode, check: transition.check, code: cause.code },
    },
  );
  logDecision(context, 'incident reopened', { incident: id, episode: reopened.episode, cause: cause.code });
  tellReopened(draft, context, id, told);
}

/** The reopen window is over: the record is complete. The owner is asked where cause or fix is missing. */
export function closeIfDue(draft: Draft, context: Context, incident: Incident): void {
  if (incident.status !== 'resolved' || incident.closeAt === null || incident.closeAt > context.at) return;
  close(draft, context, incident.id);
}

/** Closes an incident; `by` where a person did. */
export function close(draft: Draft, context: Context, id: string, by?: string): void {
  const { at } = context;
  const incident = update(
    draft,
    id,
    { status: 'closed', closedAt: at, closeAt: null, failing: [], recoveringSince: null },
    { at, type: 'closed', ...(by === undefined ? {} : { by }) },
  );
  logDecision(context, 'incident closed', { incident: id });
  const documented = incident.resolution?.cause !== undefined && incident.resolution.fix !== undefined;
  if (documented || incident.priority === 'P4' || incident.priority === 'P5') return;
  tell(draft, context, incident, contactsOf(['owner'], incident, context.rules), {
    kind: 'cause-missing',
    reason: 'cause-missing',
  });
}
