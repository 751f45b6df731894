import { type Context, checkOf, incidentsOf, type Part } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Transition } from '../event.ts';
import { type Incident, isRunning } from '../incident.ts';
import { isPlain } from '../observe.ts';
import type { Cell } from '../record.ts';
import { inquire } from './briefing.ts';
import { join, leave, relapse, worsen } from './carry.ts';
import { handOver, isAboutAnother, leaveReplaced } from './certificates.ts';
import { followChangedCause } from './changed-cause.ts';
import { endExplained, probeDependencies } from './explain.ts';
import { followFlapping } from './flapping.ts';
import { inMaintenance } from './gate.ts';
import { isHeldBack } from './hold.ts';
import { merge } from './merge.ts';
import { open } from './open.ts';
import { reopen } from './reopen.ts';
import { certificateWarnings, isShared } from './share.ts';

/** By these a check begins to fail, or fails otherwise than before. */
const asking: ReadonlySet<Transition['type']> = new Set(['suspected', 'confirmed', 'reconfirmed', 'cause-changed']);

/** Keeps what a restart must not forget of a check, then lets its incidents live on. */
export const takeTransition: Part<'transition'> = (draft, { transition }, context) => {
  const rule = checkOf(context.rules, transition.check);
  if (rule === undefined) return;
  const before = draft.cells.get(transition.check);
  keepCell(draft, context, transition.check, rule.service, transition.cell);
  if (transition.type === 'suspected') probeDependencies(context, transition);
  if (asking.has(transition.type)) inquire(draft, context, transition);
  if (transition.type === 'confirmed' || transition.type === 'reconfirmed') confirm(draft, transition, context);
  else if (transition.type === 'recovered' || transition.type === 'cleared') clear(draft, transition, context);
  else if (transition.type === 'suspected' || transition.type === 'row') suspect(draft, transition, context);
  followChangedCause(draft, context, transition, before);
  followFlapping(draft, context, transition);
};

function keepCell(draft: Draft, context: Context, check: string, service: string, cell: Cell): void {
  if (isPlain(cell)) draft.inquiries.delete(check);
  if (isPlain(cell)) draft.cells.delete(check);
  else draft.cells.set(check, cell);
  const isSuspicion = cell.suspect && (cell.hard === null || cell.hard === 'up');
  if (isSuspicion && inMaintenance(draft, context, service)) draft.held.set(check, 'maintenance');
}

/** A check's failure is certain: it joins, opens, reopens, or waits. `isAlone`: it is known that no dependency explains it. */
export function confirm(draft: Draft, transition: Transition, context: Context, isAlone = false): void {
  if (isDismissed(draft, transition)) return;
  if (transition.to === 'down') confirmDown(draft, transition, context, isAlone);
  else confirmDegraded(draft, transition, context, isAlone);
}

/** A person closed the incident of this failure by force; where it got worse since, that counts anew. */
function isDismissed(draft: Draft, { check, from, to }: Transition): boolean {
  if (to === 'down' && from !== 'down') draft.dismissed.delete(check);
  return draft.dismissed.has(check);
}

/**
 * Down: the service's outage covers it. In order: an outage that is not over takes it in; one that waits to be closed
 * reopens; the check's own warning becomes the outage; else a new one opens. The check's own warning goes with it.
 */
function confirmDown(draft: Draft, transition: Transition, context: Context, isAlone: boolean): void {
  const { check } = transition;
  const service = serviceOfCheck(context, check);
  const incidents = ownIncidents(draft, context, check);
  const warning = incidents.find(
    (incident) => incident.kind === 'warning' && isRunning(incident) && incident.checks.includes(check),
  );
  const running = incidents.find((incident) => incident.kind === 'outage' && isRunning(incident));
  if (running === undefined && isHeldBack(draft, transition, context, isAlone)) return;
  const past =
    incidents.find(({ kind }) => kind === 'outage') ??
    (warning === undefined ? pastWarning(incidents, service, check) : undefined);
  const isOwn = warning !== undefined && !isShared(warning, context, service);
  if (isOwn && running === undefined && past === undefined) {
    worsen(draft, context, warning, transition);
    return;
  }
  if (isOwn) merge(draft, context, warning.id, running?.id ?? past?.id ?? '');
  const outage = running?.id ?? past?.id ?? open(draft, context, 'outage', check, transition.since);
  if (running !== undefined) join(draft, outage, transition, context);
  else if (past !== undefined) reopen(draft, context, outage, transition);
  if (warning !== undefined && !isOwn) handOver(draft, context, warning, outage, check);
}

function pastWarning(incidents: readonly Incident[], service: string, check: string): Incident | undefined {
  return incidents.find(
    (incident) => incident.kind === 'warning' && incident.service === service && incident.checks.includes(check),
  );
}

/**
 * Degraded: a check that was down leaves the outage; one that has a warning of its own carries that on; one that an
 * outage covers which is not over waits for its end; else its warning reopens or opens. What is about a certificate
 * shares the warning of all that see this one.
 */
function confirmDegraded(draft: Draft, transition: Transition, context: Context, isAlone: boolean): void {
  const { check } = transition;
  const incidents = ownIncidents(draft, context, check).filter(({ checks }) => checks.includes(check));
  const covering = incidents.find((incident) => incident.kind === 'outage' && isRunning(incident));
  const own = incidents.filter((incident) => incident.kind === 'warning');
  const isReplaced = (incident: Incident) => isAboutAnother(incident, transition);
  leaveReplaced(
    draft,
    context,
    own.filter((incident) => isRunning(incident) && isReplaced(incident)),
    transition,
  );
  const warnings = certificateWarnings(draft, transition.cell) ?? own.filter((incident) => !isReplaced(incident));
  const running = warnings.filter(isRunning);
  const warning = running.find(({ failing }) => failing.includes(check)) ?? running[0];
  if (covering?.failing.includes(check) === true) leave(draft, covering.id, transition, context);
  else if (warning?.checks.includes(check) === true) join(draft, warning.id, transition, context);
  else if (covering !== undefined || isHeldBack(draft, transition, context, isAlone)) return;
  else if (warning !== undefined) join(draft, warning.id, transition, context);
  else if (warnings[0] !== undefined) reopen(draft, context, warnings[0].id, transition);
  else open(draft, context, 'warning', check, transition.since);
}

/** Incidents that are not closed of the check's service, and warnings that it shares with others. */
function ownIncidents(draft: Draft, context: Context, check: string): Incident[] {
  const carried = draft.incidents.group(check).filter(({ status, fingerprint }) => status !== 'closed' && fingerprint !== null);
  return [...new Set([...incidentsOf(draft, serviceOfCheck(context, check)), ...carried])];
}

function serviceOfCheck({ rules }: Context, check: string): string {
  return checkOf(rules, check)?.service ?? '';
}

/** A check recovered, or a suspicion about it ended. */
function clear(draft: Draft, transition: Transition, context: Context): void {
  if (transition.to === 'up') {
    draft.held.delete(transition.check);
    if (transition.cell.flapping !== true) draft.dismissed.delete(transition.check);
    endExplained(draft, context, transition.check, transition.since);
  }
  for (const incident of ownIncidents(draft, context, transition.check)) {
    if (!incident.failing.includes(transition.check)) continue;
    if (transition.to === 'up' || incident.kind === 'outage') leave(draft, incident.id, transition, context);
  }
}

/** One down observation while recovering is a relapse; for a warning any bad one of its check is. */
function suspect(draft: Draft, transition: Transition, context: Context): void {
  const { check, observation } = transition;
  if (observation.grade === null || observation.grade === 'up') return;
  const incidents = ownIncidents(draft, context, check).filter(({ checks }) => checks.includes(check));
  const warning = incidents.find(
    (incident) => incident.kind === 'warning' && isRunning(incident) && !isAboutAnother(incident, transition),
  );
  const outage = observation.grade === 'down' ? incidents.find((incident) => incident.kind === 'outage') : undefined;
  const concerned = warning ?? outage;
  if (concerned?.status === 'recovering') relapse(draft, context, concerned, transition);
}
