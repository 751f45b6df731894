/** A check whose status changes too often has one incident, held open until it is steady. */
import { type Context, checkOf, incidentsOf, logDecision, update } from '../context.ts';
import { dependenciesOf } from '../dependencies.ts';
import type { Draft } from '../draft.ts';
import type { Transition } from '../event.ts';
import { type Incident, isRunning } from '../incident.ts';
import type { Cell } from '../record.ts';
import { gateOf } from './gate.ts';
import { isHeldOpen } from './held-open.ts';
import { tell, toldSoFar } from './notify.ts';
import { open } from './open.ts';
import { startRecovery } from './recovery.ts';
import { reopen } from './reopen.ts';
import { standingOf } from './standing.ts';

/** Makes a flapping check's incident follow; called after everything else that a transition means. */
export function followFlapping(draft: Draft, context: Context, transition: Transition): void {
  const { check, cell } = transition;
  const rule = checkOf(context.rules, check);
  if (cell.flapping !== true && !isFailing(cell)) draft.dismissed.delete(check);
  if (cell.flapping !== true || rule === undefined || draft.dismissed.has(check)) return;
  const incidents = incidentsOf(draft, rule.service).filter(({ kind }) => kind !== 'report');
  const carrying = incidents.find((one) => isRunning(one) && one.checks.includes(check));
  const running = carrying ?? incidents.find((one) => isRunning(one) && one.kind === 'outage');
  if (running !== undefined) {
    if (!running.flapping) begin(draft, context, running, check);
  } else if (!isHeld(draft, context, rule.service, check)) openFlapping(draft, context, transition, incidents);
}

/** Maintenance, the grace after a boot, and a dependency that is down or may be: the next result asks again. */
function isHeld(draft: Draft, context: Context, service: string, check: string): boolean {
  if (gateOf(draft, context, check, true) !== null || draft.explained.has(check)) return true;
  const dependencies = checkOf(context.rules, check)?.independent ? [] : dependenciesOf(service, context.rules);
  return dependencies.some((one) => standingOf(draft, context, one) !== 'other');
}

function begin(draft: Draft, context: Context, incident: Incident, check: string): void {
  const flapping = mark(draft, context, incident, check);
  const reason = `flapping-started-${context.at}`;
  tell(draft, context, flapping, toldSoFar(draft, context, incident.id), { kind: 'flapping-started', reason });
}

function mark(draft: Draft, context: Context, { id, status, checks }: Incident, check: string): Incident {
  const back = status === 'recovering' ? ({ status: 'open', recoveringSince: null, recoveredAt: null } as const) : {};
  logDecision(context, 'incident flaps', { incident: id, check });
  return update(
    draft,
    id,
    { flapping: true, checks: [...new Set([...checks, check])], ...back },
    { at: context.at, type: 'flapping-started', facts: { check } },
  );
}

/** Its first message is the one about its start. Nothing is down as long as no row of results says so. */
function openFlapping(draft: Draft, context: Context, transition: Transition, incidents: readonly Incident[]): void {
  const { check, cell } = transition;
  const kind = cell.recent.includes('down') ? 'outage' : 'warning';
  const past = incidents.find((one) => one.status === 'resolved' && (one.kind === kind || one.checks.includes(check)));
  if (past === undefined) open(draft, context, kind, check, context.at);
  else reopen(draft, context, past.id, { ...transition, to: kind === 'outage' ? 'down' : 'minor', since: context.at });
  const opened = incidentsOf(draft, checkOf(context.rules, check)?.service ?? '').find(
    (one) => isRunning(one) && one.failing.includes(check),
  );
  if (opened === undefined) return;
  if (!isFailing(cell)) update(draft, opened.id, { failing: [], downSince: null });
  mark(draft, context, draft.incidents.get(opened.id) ?? opened, check);
}

function isFailing({ hard }: Cell): boolean {
  return hard !== null && hard !== 'up';
}

/** None of its checks flaps any more: it goes on as the outage that it is, or recovers. */
export function endFlapping(draft: Draft, context: Context, incident: Incident): void {
  if (!incident.flapping || !isRunning(incident) || isHeldOpen(draft, incident)) return;
  const { at } = context;
  const steady = update(draft, incident.id, { flapping: false }, { at, type: 'flapping-ended' });
  logDecision(context, 'incident flaps no longer', { incident: incident.id });
  if (steady.failing.length === 0) startRecovery(draft, context, incident.id, at);
  else {
    const reason = `flapping-ended-${at}`;
    tell(draft, context, steady, toldSoFar(draft, context, incident.id), { kind: 'flapping-ended', reason });
  }
}
