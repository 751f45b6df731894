/** What the admin allowed to be tried. */
import { type Context, logDecision, type Part, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Incident } from '../incident.ts';
import type { LiveRecord } from '../record.ts';
import type { RemedyRun } from '../remedy.ts';
import type { RemedyRule, Rules } from '../rules.ts';
import { countStart, remedyOf } from './remedy-budget.ts';
import { choose, holdUntil, isBeingVerified, maySuit, mayTry, restsUntil, suits } from './remedy-choice.ts';
import { changeRun, endRun, isUnderWay, nextKey, runOf, withRun } from './remedy-runs.ts';
import { abandonRunning, judgeRun, lostAfterMs, noteLastLook } from './remedy-verdict.ts';

/** A run that must be started, with what it is told. */
export interface RemedyDuty {
  readonly run: RemedyRun;
  readonly rule: RemedyRule;
  readonly incident: Incident;
}

/** Time that a remedy is given which is no longer in the rules when it has ended. */
const usualWaitMs = 30_000;
/** Checks are asked at the earliest so long after its end, so that no look before it counts. */
const leastWaitMs = 1_000;

/** Requested runs, oldest first. */
export function remediesToRun(record: LiveRecord, rules: Rules, at: number): readonly RemedyDuty[] {
  const duties = [...record.incidents.values()].flatMap((incident) =>
    incident.remedies.flatMap((run) => {
      const rule = run.state === 'requested' ? remedyOf(rules, run.remedy) : undefined;
      return rule !== undefined && mayStart(incident, rule, at) ? [{ run, rule, incident }] : [];
    }),
  );
  return duties.toSorted((a, b) => a.run.requestedAt - b.run.requestedAt);
}

/** Runs that have been marked as running, by their keys. */
export function startedRemedies(record: LiveRecord, rules: Rules, keys: readonly string[]): readonly RemedyDuty[] {
  return keys.flatMap((key) => {
    const incident = record.incidents.get(key.split('/')[0] ?? '');
    const run = incident?.remedies.find((one) => one.key === key && one.state === 'running');
    const rule = remedyOf(rules, run?.remedy ?? '');
    return incident === undefined || run === undefined || rule === undefined ? [] : [{ run, rule, incident }];
  });
}

/** When time alone changes something about an incident's remedies; null: never. */
export function remedyDue(incident: Incident, rules: Rules, at: number): number | null {
  const times = incident.remedies.map((run) => runDue(incident, run, rules, at)).filter((time) => time !== null);
  const all = incident.remedyUntil === null ? times : [...times, incident.remedyUntil];
  return all.length === 0 ? null : Math.min(...all);
}

function runDue(incident: Incident, { remedy, state, startedAt, judgeAt }: RemedyRun, rules: Rules, at: number): number | null {
  if (state === 'waiting') return judgeAt;
  if (state === 'running') return (startedAt ?? 0) + lostAfterMs;
  const rule = state === 'failed' ? remedyOf(rules, remedy) : undefined;
  return rule === undefined ? null : restsUntil(incident, rule, at);
}

function mayStart(incident: Incident, rule: RemedyRule, at: number): boolean {
  return maySuit(incident) && suits(rule, incident) && !isBeingVerified(incident, at);
}

/** Marks what may still be started as running, and counts it. */
export const startRemedies: Part<'remedy-started'> = (draft, { keys }, context) => {
  const { at, rules } = context;
  for (const key of keys) {
    const found = runOf(draft, key);
    const rule = remedyOf(rules, found?.run.remedy ?? '');
    if (found === undefined || rule === undefined || found.run.state !== 'requested') continue;
    const { incident, run } = found;
    if (!mayStart(incident, rule, at)) continue;
    const facts = { remedy: run.label };
    changeRun(draft, incident.id, { ...run, state: 'running', startedAt: at }, { at, type: 'remedy-started', facts });
    countStart(draft, rules, rule, at);
    logDecision(context, 'remedy started', { incident: incident.id, remedy: run.label, key });
  }
};

/** A run has ended: where it says that it went well, the checks are asked. */
export const endRemedy: Part<'remedy-ended'> = (draft, { key, end }, context) => {
  const found = runOf(draft, key);
  if (found?.run.state !== 'running') return;
  const { at, rules } = context;
  const { incident } = found;
  const { ok, outcome, output } = end;
  const run = { ...found.run, endedAt: at, outcome, output };
  if (!ok) {
    endRun(draft, context, incident.id, run, 'failed');
    return;
  }
  const waitMs = remedyOf(rules, run.remedy)?.waitMs ?? usualWaitMs;
  changeRun(draft, incident.id, { ...run, state: 'waiting', judgeAt: at + Math.max(waitMs, leastWaitMs) });
  if (incident.failing.length > 0) context.effects.push({ type: 'probe', checks: incident.failing });
};

/** A new life begins: what ran when the last one ended is not known to have ended. */
export const resumeRemedies: Part<'started'> = (draft, _event, context) => abandonRunning(draft, context);

/** A look that a verdict waits for has been made. */
export const noteRemedyLook: Part<'looked'> = (draft, { check }, context) => noteLastLook(draft, context, check);

/** Requests what may be tried now, and judges what has had its time. */
export function tryRemedies(draft: Draft, context: Context, { id, service, remedies, remedyUntil }: Incident): void {
  if (remedies.length === 0 && remedyUntil === null && isWithoutRemedies(context, service)) return;
  for (const incident of draft.incidents.group(service ?? '')) settleRuns(draft, context, incident);
  const incident = draft.incidents.get(id);
  if (incident === undefined) return;
  if (mayTry(draft, context, incident)) tryNext(draft, context, incident);
  const current = draft.incidents.get(id) ?? incident;
  const until = holdUntil(current, context.rules, context.at);
  if (until !== current.remedyUntil) update(draft, id, { remedyUntil: until });
}

function isWithoutRemedies({ rules }: Context, service: string | null): boolean {
  return (rules.services[service ?? '']?.remedies.length ?? 0) === 0;
}

/** Takes back what may no longer be started, and judges the rest: of an incident that is over, too. */
export function settleRuns(draft: Draft, context: Context, { id, remedies }: Incident): void {
  if (!remedies.some(isUnderWay)) return;
  withdraw(draft, context, id);
  const incident = draft.incidents.get(id);
  if (incident !== undefined) judgeRun(draft, context, incident);
  const { status, remedyUntil } = draft.incidents.get(id) ?? {};
  if (status === 'closed' && remedyUntil !== null) update(draft, id, { remedyUntil: null });
}

function withdraw(draft: Draft, { rules }: Context, id: string): void {
  const incident = draft.incidents.get(id);
  for (const run of incident?.remedies ?? []) {
    const rule = run.state === 'requested' ? remedyOf(rules, run.remedy) : undefined;
    const isWanted = incident !== undefined && rule !== undefined && maySuit(incident) && suits(rule, incident);
    if (run.state === 'requested' && !isWanted) changeRun(draft, id, { ...run, state: 'withdrawn' });
  }
}

function tryNext(draft: Draft, context: Context, incident: Incident): void {
  const choice = choose(draft, context, incident);
  const { id } = incident;
  const { at } = context;
  if (choice.type === 'exhausted' && !hasTold(incident)) update(draft, id, {}, { at, type: 'remedies-exhausted' });
  if (choice.type !== 'try') return;
  const { rule, number } = choice;
  const run: RemedyRun = {
    key: nextKey(incident, number),
    remedy: rule.key,
    label: rule.label,
    state: 'requested',
    requestedAt: at,
    startedAt: null,
    endedAt: null,
    judgeAt: null,
    outcome: null,
    output: '',
  };
  update(draft, id, { remedies: withRun(incident.remedies, run) });
  logDecision(context, 'remedy requested', { incident: id, remedy: rule.label, key: run.key });
}

/** True when this episode's log says already that nothing more may be tried. */
function hasTold({ timeline }: Incident): boolean {
  const last = timeline.findLast(({ type }) => type === 'remedies-exhausted' || type === 'reopened');
  return last?.type === 'remedies-exhausted';
}
