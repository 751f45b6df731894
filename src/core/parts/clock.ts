import type { Context, Part } from '../context.ts';
import type { DraftMap } from '../draft.ts';
import type { DeskEvent } from '../event.ts';
import type { Incident } from '../incident.ts';
import type { Notification } from '../notification.ts';
import type { Cell, Explained } from '../record.ts';
import type { RemedyRun } from '../remedy.ts';
import { digestAt } from './timing.ts';

/**
 * The wall clock was set: due times of intervals and levels move by as much; calendar entries (windows by date,
 * acknowledgements until an office day) stay or are computed anew, and what has been written into logs stays too.
 */
export const shiftClock: Part<'clock-set'> = (draft, { byMs }, context) => {
  const moved = (time: number) => time + byMs;
  draft.graceUntil = draft.graceUntil === 0 ? 0 : moved(draft.graceUntil);
  change(draft.incidents, (incident) => (incident.status === 'closed' ? incident : shiftIncident(incident, byMs)));
  change(draft.outbox, (entry) => shiftNotification(entry, byMs, context));
  change(draft.cells, (cell) => shiftCell(cell, byMs));
  change(draft.maintenance, (window) => ({ ...window, from: moved(window.from), to: moved(window.to) }));
  change(draft.beats, (beat) => ({ ...beat, at: moved(beat.at) }));
  change(draft.refused, moved);
  change(draft.collectUntil, moved);
  change(draft.paced, (times) => times.map(moved));
  change(draft.explained, (entry) => shiftExplained(entry, byMs));
  change(draft.inquiries, (entry) => ({ ...entry, askedAt: moved(entry.askedAt) }));
  change(draft.occurrences, (times) => times.map(moved));
  change(draft.remedyStarts, (times) => times.map(moved));
};

function change<Value>(map: DraftMap<Value>, by: (value: Value) => Value): void {
  for (const [key, value] of map.entries()) map.set(key, by(value));
}

function shiftExplained(entry: Explained, byMs: number): Explained {
  const { since, until, backAt } = entry;
  return { ...entry, since: since + byMs, until: until + byMs, backAt: backAt === null ? null : backAt + byMs };
}

/** Digests wait for the office hours of the calendar as it is now. */
function shiftNotification(entry: Notification, byMs: number, context: Context): Notification {
  const notBefore = entry.collect === 'digest' ? digestAt(context) : entry.notBefore + byMs;
  return { ...entry, notBefore, expiresAt: entry.expiresAt + byMs };
}

/** A cell as it would be had the clock always run as it does now. */
export function shiftCell(cell: Cell, byMs: number): Cell {
  const moved = (time: number | null) => (time === null ? null : time + byMs);
  return {
    ...cell,
    since: cell.since + byMs,
    row: cell.row.map(({ grade, at }) => ({ grade, at: at + byMs })),
    lastAt: moved(cell.lastAt),
    lastKnownAt: moved(cell.lastKnownAt),
  };
}

/** An event that waits while the clock is set, as it would be had the clock always run as it does now. */
export function shiftEvent(event: DeskEvent, byMs: number): DeskEvent {
  if (event.type === 'looked') return { ...event, since: event.since + byMs };
  if (event.type !== 'transition') return event;
  const { transition } = event;
  return {
    ...event,
    transition: { ...transition, since: transition.since + byMs, cell: shiftCell(transition.cell, byMs) },
  };
}

function shiftIncident(incident: Incident, byMs: number): Incident {
  const moved = (time: number | null) => (time === null ? null : time + byMs);
  const { acknowledged: taken, briefing, escalation, resolveClaim } = incident;
  return {
    ...incident,
    acknowledged: taken === null || taken.calendar ? taken : { ...taken, until: taken.until + byMs },
    escalation: {
      ...escalation,
      baseAt: escalation.baseAt + byMs,
      told: escalation.told.map((told) => (told.at === 0 ? told : { ...told, at: told.at + byMs })),
    },
    downSince: moved(incident.downSince),
    recoveredAt: incident.status === 'recovering' ? moved(incident.recoveredAt) : incident.recoveredAt,
    recoveringSince: moved(incident.recoveringSince),
    closeAt: moved(incident.closeAt),
    pausedAt: moved(incident.pausedAt),
    verifyUntil: moved(incident.verifyUntil),
    briefing: briefing === null ? null : { ...briefing, until: briefing.until + byMs },
    remedies: incident.remedies.map((run) => shiftRun(run, byMs)),
    remedyUntil: moved(incident.remedyUntil),
    lastActAt: incident.lastActAt + byMs,
    resolveClaim: resolveClaim === null ? null : { ...resolveClaim, until: resolveClaim.until + byMs },
  };
}

/** A run under way is judged by when it was started. */
function shiftRun(run: RemedyRun, byMs: number): RemedyRun {
  if (run.state !== 'running' && run.state !== 'waiting') return run;
  const moved = (time: number | null) => (time === null ? null : time + byMs);
  return { ...run, startedAt: moved(run.startedAt), judgeAt: moved(run.judgeAt) };
}
