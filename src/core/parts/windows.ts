import { type MaintenanceWindow, windowAt } from '../calendar/maintenance.ts';
import { type Context, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Transition } from '../event.ts';
import type { Incident } from '../incident.ts';
import type { Cell } from '../record.ts';
import { beginDowntime, endDowntime } from './downtime.ts';
import { gateOf } from './gate.ts';
import { carriersOf } from './held-open.ts';
import { confirm } from './life.ts';
import { forgetSuspicions, verifyFailures } from './own-outage.ts';
import { joinUnwatched } from './self-watch.ts';
import { pausedBy, unobservedUntil } from './watch-hours.ts';

/**
 * In maintenance, and outside the hours in which it is observed, an open incident's escalation and its clock stand still;
 * at the end the state is confirmed afresh.
 */
export function pauseOrResume(draft: Draft, context: Context, incident: Incident): void {
  if (incident.service === null || (incident.status !== 'open' && incident.status !== 'recovering')) return;
  const window = windowAt(context.rules, draft.maintenance.current, incident.service, context.at);
  const unobserved = unobservedUntil(incident, context.rules, context.at);
  if (incident.pausedAt === null) {
    if (window !== null) pause(draft, context, incident, window);
    else if (unobserved !== null) leaveUnobserved(draft, context, incident, unobserved);
  } else if (window === null && unobserved === null) resume(draft, context, incident, incident.pausedAt);
}

function pause(draft: Draft, context: Context, incident: Incident, { from, to, reason }: MaintenanceWindow): void {
  const { at } = context;
  const facts = { until: to, reason: reason ?? '' };
  update(draft, incident.id, { pausedAt: at, ...endDowntime(incident, from) }, { at, type: 'maintenance-started', facts });
}

function leaveUnobserved(draft: Draft, context: Context, incident: Incident, until: number): void {
  const { at } = context;
  const facts = Number.isFinite(until) ? { until } : {};
  update(draft, incident.id, { pausedAt: at, ...endDowntime(incident, at) }, { at, type: 'watch-hours-ended', facts });
}

function resume(draft: Draft, context: Context, incident: Incident, pausedAt: number): void {
  const { at } = context;
  const lasted = at - pausedAt;
  const { escalation, resolveClaim } = incident;
  const told = escalation.told.map((entry) => (entry.at === 0 ? entry : { ...entry, at: entry.at + lasted }));
  const goesOn = incident.status === 'open' && incident.failing.length > 0;
  update(
    draft,
    incident.id,
    {
      pausedAt: null,
      escalation: { ...escalation, baseAt: escalation.baseAt + lasted, told },
      downSince: goesOn ? beginDowntime(draft, context, { ...incident, pausedAt: null }, at) : null,
      resolveClaim: resolveClaim === null ? null : { ...resolveClaim, until: resolveClaim.until + lasted },
    },
    { at, type: pausedBy(incident) === 'hours' ? 'watch-hours-began' : 'maintenance-ended' },
  );
  verifyFailures(draft, context, carriersOf(draft, incident));
}

/** Opens what waited at the gate: after the grace at once, after a window once it is confirmed afresh. */
export function releaseHeld(draft: Draft, context: Context): void {
  for (const [check, why] of draft.held.entries()) {
    const cell = draft.cells.get(check);
    if (cell === undefined || !isWaiting(cell)) draft.held.delete(check);
    else if (gateOf(draft, context, check, why === 'maintenance') === null) release(draft, context, check, cell, why);
  }
}

function isWaiting(cell: Cell): boolean {
  return isFailing(cell) || cell.suspect || cell.unwatched;
}

function isFailing({ hard }: Cell): boolean {
  return hard !== null && hard !== 'up';
}

function release(draft: Draft, context: Context, check: string, cell: Cell, why: 'maintenance' | 'grace'): void {
  draft.held.delete(check);
  if (why === 'grace') {
    if (isFailing(cell)) confirm(draft, waitingConfirmation(check, cell), context);
    return;
  }
  if (cell.unwatched) joinUnwatched(draft, context, check, cell.last?.message ?? '');
  verifyFailures(draft, context, [check]);
  forgetSuspicions(draft, context, [check]);
}

/** The confirmation that waited. */
export function waitingConfirmation(check: string, cell: Cell): Transition {
  const { reason, message, evidence } = cell.last ?? { reason: 'unknown' as const, message: '', evidence: [] };
  const observation = { reason, message, evidence, grade: cell.hard };
  return { type: 'reconfirmed', check, from: cell.hard, to: cell.hard, since: cell.since, cell, observation };
}
