import { windowAt } from '../calendar/maintenance.ts';
import { type Context, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Transition } from '../event.ts';
import type { Cell, Incident } from '../record.ts';
import { gateOf } from './gate.ts';
import { confirm } from './life.ts';
import { verifyFailures } from './own-outage.ts';

/** In maintenance an open incident's escalation and its clock stand still; at the end the state is confirmed afresh. */
export function pauseOrResume(draft: Draft, context: Context, incident: Incident): void {
  if (incident.service === null || (incident.status !== 'open' && incident.status !== 'recovering')) return;
  const window = windowAt(context.rules, draft.maintenance.current, incident.service, context.at);
  if (window !== null && incident.pausedAt === null) pause(draft, context, incident, window);
  if (window === null && incident.pausedAt !== null) resume(draft, context, incident, incident.pausedAt);
}

function pause(draft: Draft, context: Context, incident: Incident, window: { to: number; reason?: string | null }): void {
  const { at } = context;
  const ran = incident.downSince === null ? 0 : Math.max(0, (incident.recoveredAt ?? at) - incident.downSince);
  update(
    draft,
    incident.id,
    { pausedAt: at, downtimeMs: incident.downtimeMs + ran, downSince: null },
    { at, type: 'maintenance-started', facts: { until: window.to, reason: window.reason ?? '' } },
  );
}

function resume(draft: Draft, context: Context, incident: Incident, pausedAt: number): void {
  const { at } = context;
  const lasted = at - pausedAt;
  const { escalation } = incident;
  const told = escalation.told.map((entry) => (entry.at === 0 ? entry : { ...entry, at: entry.at + lasted }));
  update(
    draft,
    incident.id,
    {
      pausedAt: null,
      escalation: { ...escalation, baseAt: escalation.baseAt + lasted, told },
      downSince: incident.kind === 'outage' && incident.status === 'open' ? at : null,
    },
    { at, type: 'maintenance-ended' },
  );
  verifyFailures(draft, context, incident.failing);
}

/** Opens what waited at the gate: after the grace at once, after a window once it is confirmed afresh. */
export function releaseHeld(draft: Draft, context: Context): void {
  for (const [check, why] of draft.held.entries()) {
    const cell = draft.cells.get(check);
    if (cell === undefined || cell.hard === null || cell.hard === 'up') {
      draft.held.delete(check);
    } else if (gateOf(draft, context, check, why === 'maintenance') === null) {
      draft.held.delete(check);
      if (why === 'maintenance') verifyFailures(draft, context, [check]);
      else confirm(draft, waiting(check, cell), context);
    }
  }
}

/** The confirmation that waited. */
function waiting(check: string, cell: Cell): Transition {
  const { reason, message, evidence } = cell.last ?? { reason: 'unknown' as const, message: '', evidence: [] };
  const observation = { reason, message, evidence, grade: cell.hard };
  return { type: 'reconfirmed', check, from: cell.hard, to: cell.hard, since: cell.since, cell, observation };
}
