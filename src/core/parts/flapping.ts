/** A check whose status changes too often has one incident, held open until it is steady. */
import { type Context, checkOf, incidentsOf, logDecision, update } from '../context.ts';
import { dependenciesOf } from '../dependencies.ts';
import type { Draft } from '../draft.ts';
import type { Transition } from '../event.ts';
import { type Incident, isRunning } from '../incident.ts';
import type { Cell } from '../record.ts';
import { affectedNow } from './affected.ts';
import { endDowntime } from './downtime.ts';
import { gateOf, inMaintenance } from './gate.ts';
import { isHeldOpen } from './held-open.ts';
import { tell, toldSoFar } from './notify.ts';
import { open } from './open.ts';
import { startRecovery } from './recovery.ts';
import { reopen } from './reopen.ts';
import { standingOf } from './standing.ts';

/**
 * Makes a flapping check's incident follow; called after everything else that a transition means. Only with a change of
 * status: what changed in a window, or while a dependency was down, and is steady since then, is no trouble any more.
 */
export function followFlapping(draft: Draft, context: Context, transition: Transition): void {
  const { check, cell } = transition;
  const rule = checkOf(context.rules, check);
  if (cell.flapping !== true && !isFailing(cell) && !cell.suspect) draft.dismissed.delete(check);
  if (rule === undefined || !isFlappingNow(transition) || draft.dismissed.has(check)) return;
  if (inMaintenance(draft, context, rule.service)) return;
  const running = runningFor(draft, rule.service, check);
  if (running?.flapping === true) return;
  if (running !== undefined) begin(draft, context, running, check);
  else if (!isHeld(draft, context, rule.service, transition)) openFlapping(draft, context, transition, rule.service);
}

function isFlappingNow({ cell, observation }: Transition): boolean {
  return cell.flapping === true && observation.grade !== null && cell.recent.at(-1) !== cell.recent.at(-2);
}

/** The incident that the check carries, a shared warning too; else the outage that covers all of its service. */
function runningFor(draft: Draft, service: string, check: string): Incident | undefined {
  const running = [...incidentsOf(draft, service), ...draft.incidents.group(check)].filter(
    (incident) => isRunning(incident) && incident.kind !== 'report',
  );
  return (
    running.find(({ failing }) => failing.includes(check)) ??
    running.find(({ checks }) => checks.includes(check)) ??
    running.find(({ kind }) => kind === 'outage')
  );
}

/** The grace after a boot, and a dependency that is down or may be: the next change asks again. */
function isHeld(draft: Draft, context: Context, service: string, { check, cell }: Transition): boolean {
  if (gateOf(draft, context, check, isFailing(cell)) !== null || draft.explained.has(check)) return true;
  const dependencies = checkOf(context.rules, check)?.independent ? [] : dependenciesOf(service, context.rules);
  return dependencies.some((one) => standingOf(draft, context, one) !== 'other');
}

function begin(draft: Draft, context: Context, incident: Incident, check: string): void {
  const flapping = mark(draft, context, incident, check);
  const reason = `flapping-started-${context.at}`;
  tell(draft, context, flapping, toldSoFar(draft, context, incident.id), { kind: 'flapping-started', reason });
}

/** From now on it is held open; what a single bad look had brought back fails no more, and is no downtime. */
function mark(draft: Draft, context: Context, incident: Incident, check: string): Incident {
  const { id } = incident;
  const cell = draft.cells.get(check);
  const isCertain = incident.kind === 'outage' ? cell?.hard === 'down' : cell !== undefined && isFailing(cell);
  const failing = incident.failing.filter((key) => key !== check || isCertain);
  const ended = failing.length > 0 ? {} : endDowntime(incident, cell?.hard === 'up' ? cell.since : context.at);
  logDecision(context, 'incident flaps', { incident: id, check });
  return update(
    draft,
    id,
    {
      flapping: true,
      status: 'open',
      recoveringSince: null,
      recoveredAt: null,
      failing,
      checks: [...new Set([...incident.checks, check])],
      affected: affectedNow(draft, incident, failing, context),
      ...ended,
    },
    { at: context.at, type: 'flapping-started', facts: { check } },
  );
}

/** Its first message is the one about its start. */
function openFlapping(draft: Draft, context: Context, transition: Transition, service: string): void {
  const { check } = transition;
  const kind = kindOf(transition.cell);
  const past = pastFor(incidentsOf(draft, service), kind, check);
  const id = past?.id ?? open(draft, context, kind, check, context.at);
  if (past !== undefined)
    reopen(draft, context, id, { ...transition, to: kind === 'outage' ? 'down' : 'minor', since: context.at });
  const opened = draft.incidents.get(id);
  if (opened !== undefined) mark(draft, context, opened, check);
}

function kindOf(cell: Cell): 'outage' | 'warning' {
  if (isFailing(cell)) return cell.hard === 'down' ? 'outage' : 'warning';
  return cell.recent.includes('down') ? 'outage' : 'warning';
}

/** What has recovered and waits to be closed, as a confirmed failure of that kind would reopen it. */
function pastFor(incidents: readonly Incident[], kind: 'outage' | 'warning', check: string): Incident | undefined {
  const past = incidents.filter(({ status }) => status === 'resolved');
  const outage = kind === 'outage' ? past.find((incident) => incident.kind === 'outage') : undefined;
  return outage ?? past.find((incident) => incident.kind === 'warning' && incident.checks.includes(check));
}

function isFailing({ hard }: Cell): boolean {
  return hard !== null && hard !== 'up';
}

/** None of its checks flaps any more: it goes on as the failure that it is, or recovers. */
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
