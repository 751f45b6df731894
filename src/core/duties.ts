import { nextBoundary } from './calendar/maintenance.ts';
import type { Now } from './event.ts';
import type { Incident } from './incident.ts';
import type { Notification } from './notification.ts';
import { acknowledgementDue } from './parts/acknowledge.ts';
import { archivable, archiveDue } from './parts/archive.ts';
import { isFinal } from './parts/collect.ts';
import { explanationDue } from './parts/correlate.ts';
import { escalationWakeAt } from './parts/escalate.ts';
import { recoveryDue } from './parts/recovery.ts';
import { type RemedyDuty, remediesToRun, remedyDue } from './parts/remedies.ts';
import { nextBudgetAt } from './parts/remedy-budget.ts';
import { reportDue } from './parts/reports.ts';
import { observationChangeAt } from './parts/watch-hours.ts';
import { recipientOf } from './people.ts';
import type { LiveRecord } from './record.ts';
import type { Rules } from './rules.ts';

const soonMs = 60_000;

/** What the record asks of the world now, and when it must be looked at again. */
export interface Duties {
  /** Notifications to send now, oldest first, at most one for each recipient. */
  readonly deliver: readonly Notification[];
  /** Remedies to start now. */
  readonly runRemedy: readonly RemedyDuty[];
  /** Closed incidents to move to the history. */
  readonly archive: readonly Incident[];
  /** The next instant (epoch ms) at which time alone changes something; null: never. */
  readonly wakeAt: number | null;
}

/** Reads the duties off the record; called after every commit and after every start. */
export function duties(record: LiveRecord, now: Now, rules: Rules): Duties {
  const times = dueTimes(record, now.wall, rules).filter((time) => time > now.wall);
  return {
    deliver: deliverable(record, now.wall),
    runRemedy: remediesToRun(record, rules, now.wall),
    archive: archivable(record, now.wall),
    wakeAt: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
  };
}

/** Per recipient the oldest entry that is due; one whose incident has an older unsent one waits for that. */
function deliverable(record: LiveRecord, at: number): Notification[] {
  const waiting = new Map<string, Set<string>>();
  const chosen = new Map<string, Notification>();
  const busy = new Set<string>();
  for (const entry of unsent(record.outbox)) {
    const recipient = recipientOf(entry);
    if (entry.state === 'sending') busy.add(recipient);
    const earlier = waiting.get(recipient) ?? new Set<string>();
    waiting.set(recipient, earlier);
    const blocked = entry.incidents.some((id) => earlier.has(id));
    if (goesFirst(entry)) for (const id of entry.incidents) earlier.add(id);
    const due = entry.state !== 'sending' && entry.collect === null && entry.notBefore <= at;
    if (due && !blocked && !chosen.has(recipient)) chosen.set(recipient, entry);
  }
  return [...chosen].filter(([recipient]) => !busy.has(recipient)).map(([, entry]) => entry);
}

/** What is to be sent, in order: a mail that stands for others has the place of the first of them. */
function unsent(outbox: LiveRecord['outbox']): Set<Notification> {
  const ordered = new Set<Notification>();
  for (const entry of outbox.values()) {
    let current: Notification | undefined = entry;
    while (current?.state === 'folded') current = outbox.get(current.foldedInto ?? '');
    if (current !== undefined && !isFinal(current)) ordered.add(current);
  }
  return ordered;
}

/** Later mails of the same incident wait for this one: not for what is collected for long, nor for a copy in doubt. */
function goesFirst({ collect, state }: Notification): boolean {
  return state !== 'uncertain' && (collect === null || collect === 'opening');
}

function dueTimes(record: LiveRecord, at: number, rules: Rules): number[] {
  const times: (number | null)[] = [];
  for (const incident of record.incidents.values()) {
    if (incident.status === 'closed') times.push(archiveDue(incident));
    else times.push(...dueTimesOrSoon(incident, at, rules));
  }
  for (const entry of record.outbox.values()) if (!isFinal(entry)) times.push(entry.notBefore, entry.expiresAt);
  for (const explained of record.explained.values()) times.push(explanationDue(explained));
  if (record.held.size > 0) times.push(record.graceUntil);
  if (record.incidents.size > 0) times.push(nextBudgetAt(record, rules, at));
  if (record.held.size > 0 || record.explained.size > 0 || record.incidents.size > 0)
    times.push(nextBoundary(rules, record.maintenance, null, at));
  return times.filter((time) => time !== null);
}

/** A defect that concerns one incident keeps nothing else waiting: that one is looked at again soon. */
function dueTimesOrSoon(incident: Incident, at: number, rules: Rules): readonly (number | null)[] {
  try {
    return dueTimesOf(incident, at, rules);
  } catch {
    return [at + soonMs];
  }
}

function dueTimesOf(incident: Incident, at: number, rules: Rules): (number | null)[] {
  return [
    escalationWakeAt(incident, rules, at),
    incident.status === 'recovering' ? recoveryDue(incident, { rules }) : null,
    incident.closeAt,
    acknowledgementDue(incident),
    incident.verifyUntil,
    incident.briefing?.until ?? null,
    remedyDue(incident, rules, at),
    observationChangeAt(incident, rules, at),
    incident.resolveClaim?.until ?? null,
    reportDue(incident, rules),
  ];
}
