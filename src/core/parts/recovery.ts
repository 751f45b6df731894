import { type Context, checkOf, logDecision, serviceOf, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import { type Incident, isRunning } from '../incident.ts';
import { contactsOf, levelsOf, personOf } from '../people.ts';
import type { CheckRule } from '../rules.ts';
import { affectedNow, allEnded } from './affected.ts';
import { isUndocumented } from './archive.ts';
import { foldPointless } from './collect.ts';
import { endDowntime } from './downtime.ts';
import { inMaintenance } from './gate.ts';
import { tell, toldSoFar } from './notify.ts';
import { open } from './open.ts';
import { recurringReopenMs } from './recurring.ts';
import { certificateWarnings, takeIn } from './share.ts';
import { fireDue } from './tell-level.ts';
import { isDigested } from './timing.ts';

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

/** How an incident came to its end, where it was not by a confirmed recovery. */
export interface Ending {
  readonly by?: string;
  /**
   * `closed-by-force`: a person closed it while it was failing; `no-answer`: nobody has acted on a report;
   * `certificate-replaced`: the certificate that it was about is no longer in use.
   */
  readonly why?: 'closed-by-force' | 'no-answer' | 'certificate-replaced';
}

/** Recovery is certain, or a person says so: everybody who was told is told, with the report in the same mail. */
export function resolve(draft: Draft, context: Context, id: string, ending: Ending = {}): void {
  const incident = draft.incidents.get(id);
  if (incident === undefined) return;
  const { at } = context;
  const { by, why } = ending;
  const resolved = update(
    draft,
    id,
    {
      ...endDowntime(incident, at),
      status: 'resolved',
      flapping: false,
      affected: affectedNow(draft, incident, [], context),
      resolvedAt: at,
      recoveredAt: incident.recoveredAt ?? (why === 'closed-by-force' ? null : at),
      recoveringSince: null,
      resolveClaim: null,
      verifyUntil: null,
      pausedAt: null,
      closeAt: at + reopenWindow(incident, context),
    },
    { at, type: 'resolved', ...(by === undefined ? {} : { by }), ...(why === undefined ? {} : { facts: { why } }) },
  );
  const reason = why ?? (by === undefined ? 'recovered-and-quiet' : 'resolved-by-person');
  logDecision(context, 'incident resolved', { incident: id, reason });
  const remaining = incident.kind === 'outage' ? continueAsWarnings(draft, context, incident) : noneLeft;
  tellRecovered(draft, context, resolved, remaining, ending);
}

/** What of an outage goes on: names of checks, and the incidents that carry those from now on. */
interface Remaining {
  readonly names: readonly string[];
  readonly warnings: readonly string[];
}

const noneLeft: Remaining = { names: [], warnings: [] };

/** Of P4 and P5, and of what nobody answered, only the reporters hear the end. */
function tellRecovered(draft: Draft, context: Context, incident: Incident, remaining: Remaining, { by, why }: Ending): void {
  const reporters = incident.reporters.flatMap((name) => personOf(name, context.rules));
  const quiet = isDigested(incident.priority) || why === 'no-answer';
  const told = quiet ? reporters : [...new Set([...toldSoFar(draft, context, incident.id), ...reporters])];
  const heard = tell(draft, context, incident, told, {
    kind: 'recovered',
    reason: why ?? 'recovered',
    facts: { remaining: remaining.names, ...(by === undefined ? {} : { by }), ...(why === undefined ? {} : { why }) },
    also: remaining.warnings,
    personal: true,
  });
  tellOfWarnings(draft, context, remaining.warnings, heard, incident.id);
  foldPointless(draft, incident.id);
}

/**
 * Checks of a recovered outage that are still degraded go on as warnings, to be named in the message about its end. In
 * maintenance they wait for its end.
 */
export function continueAsWarnings(draft: Draft, context: Context, outage: Incident): Remaining {
  const checks = (serviceOf(context.rules, outage)?.checks ?? []).filter(({ key }) => isLeftDegraded(draft, outage, key));
  const names = checks.map(({ kind, target }) => `${kind} ${target}`);
  if (outage.service !== null && inMaintenance(draft, context, outage.service)) {
    for (const { key } of checks) draft.held.set(key, 'maintenance');
    return { names, warnings: [] };
  }
  return { names, warnings: checks.flatMap(({ key }) => goOnAsWarning(draft, context, key)) };
}

/** A warning of its own, unless one about the same certificate is open: that takes the check in, and nobody is told anew. */
function goOnAsWarning(draft: Draft, context: Context, check: string): readonly string[] {
  const cell = draft.cells.get(check);
  const shared = certificateWarnings(draft, cell)?.find(isRunning);
  if (shared === undefined) return [open(draft, context, 'warning', check, cell?.since ?? context.at)];
  takeIn(draft, context, shared, check);
  return [];
}

function isLeftDegraded(draft: Draft, outage: Incident, check: string): boolean {
  const hard = draft.cells.get(check)?.hard;
  if ((hard !== 'minor' && hard !== 'major') || draft.dismissed.has(check) || draft.held.has(check)) return false;
  const carried = [...draft.incidents.group(outage.service ?? ''), ...draft.incidents.group(check)];
  return !carried.some((incident) => incident.kind === 'warning' && isRunning(incident) && incident.failing.includes(check));
}

/**
 * The message about an outage's end has named the warnings that go on: where all of their first level get it, they need
 * no second one. Else they are told like any other.
 */
export function tellOfWarnings(
  draft: Draft,
  context: Context,
  warnings: readonly string[],
  heard: readonly string[],
  outage: string,
): void {
  for (const id of warnings) {
    if (haveHeard(draft, context, id, heard)) countAsTold(draft, context, id, heard, outage);
    else fireDue(draft, context, id);
  }
}

function haveHeard(draft: Draft, { rules }: Context, id: string, heard: readonly string[]): boolean {
  const warning = draft.incidents.get(id);
  const first = warning === undefined ? [] : contactsOf(levelsOf(warning, rules)[0]?.notify ?? [], warning, rules);
  return first.length > 0 && first.every((contact) => heard.includes(contact));
}

function countAsTold(draft: Draft, context: Context, id: string, heard: readonly string[], outage: string): void {
  const warning = draft.incidents.get(id);
  if (warning === undefined) return;
  const { at, rules } = context;
  const level = levelsOf(warning, rules)[0]?.number ?? 1;
  const told = Array.from({ length: level }, (_, index) => ({ at: index === level - 1 ? at : 0, reminders: 0 }));
  const facts = { level, to: heard, with: outage };
  update(draft, id, { escalation: { ...warning.escalation, level, told } }, { at, type: 'escalated', facts });
}

function reopenWindow(incident: Incident, context: Context): number {
  const windows = rulesOf(incident, context).map((rule) => Math.max(rule.reopenWithinMs, 2 * rule.intervalMs));
  const configured = windows.length > 0 ? Math.max(...windows) : defaultReopenMs;
  return incident.recurring ? Math.max(recurringReopenMs, configured) : configured;
}

/** The reopen window is over: the record is complete. The owner is asked where cause or fix is missing. */
export function closeIfDue(draft: Draft, context: Context, incident: Incident): void {
  if (incident.status !== 'resolved' || incident.closeAt === null || incident.closeAt > context.at) return;
  close(draft, context, incident.id);
}

/** Closes an incident; `by` where a person did. */
export function close(draft: Draft, context: Context, id: string, by?: string): void {
  const { at } = context;
  const before = draft.incidents.get(id);
  const incident = update(
    draft,
    id,
    {
      ...(before === undefined ? {} : { affected: allEnded(before, at) }),
      status: 'closed',
      flapping: false,
      closedAt: at,
      closeAt: null,
      failing: [],
      recoveringSince: null,
      pausedAt: null,
      verifyUntil: null,
    },
    { at, type: 'closed', ...(by === undefined ? {} : { by }) },
  );
  logDecision(context, 'incident closed', { incident: id });
  if (!isUndocumented(incident)) return;
  const owners = contactsOf(['owner'], incident, context.rules);
  tell(draft, context, incident, owners, { kind: 'cause-missing', reason: 'cause-missing' });
}
