import { setImmediate } from 'node:timers/promises';
import { type MaintenanceWindow, windowAt } from '../../core/calendar/maintenance.ts';
import { dependenciesOf } from '../../core/dependencies.ts';
import type { Incident } from '../../core/incident.ts';
import type { Recall, Recalled } from '../../core/known-error.ts';
import { isFinal } from '../../core/parts/collect.ts';
import { type EscalationStep, isHeld, nextStep } from '../../core/parts/escalate.ts';
import type { LiveRecord } from '../../core/record.ts';
import { impacts, type Rules, selfService } from '../../core/rules.ts';
import { Engine } from '../../engine/engine.ts';
import { VirtualTime } from '../../engine/virtual-time.ts';
import { downBefore, type Instead, incidentAbout, insteadOf, isSettled, runningOf } from './verdict.ts';
import { onlyAround, type Rehearsed, type Seen, virtualPorts } from './world.ts';

/** What a rehearsal begins with. */
export interface Beginning {
  readonly rules: Rules;
  readonly record: LiveRecord;
  /** What the history knows of earlier incidents. */
  readonly recall: (recall: Recall) => Recalled;
  /** Epoch ms. */
  readonly now: number;
  /** Real time that it may take; half a day of a busy office needs a second. */
  readonly patienceMs?: number;
}

/** What would happen if a service failed at `startedAt` (epoch ms), with nobody taking it. */
export interface Rehearsal {
  readonly startedAt: number;
  readonly endedAt: number;
  /** Nothing new is to come; a day is over; it would have taken too long. */
  readonly ended: 'settled' | 'day-over' | 'too-long';
  /** The incident of its own, or the one that it joins or is explained by; null where none opens. */
  readonly incident: Incident | null;
  /** Why there is no incident of its own. */
  readonly instead: Instead | null;
  /** What it depends on and what is down already. */
  readonly explainedBy: readonly string[];
  /** The window that it is in when it fails. */
  readonly window: MaintenanceWindow | null;
  readonly failedAt: number | null;
  readonly diagnosedAt: number | null;
  /** Messages about that incident, in order of time. */
  readonly sent: readonly Rehearsed[];
  /** What escalation would do next. */
  readonly next: EscalationStep | null;
  /** How many services that depend on it did not take part. */
  readonly leftOut: number;
}

const minuteMs = 60_000;
const longestMs = 24 * 3_600_000;
const usualPatienceMs = 5_000;
/** More dependents than this would only make it slow. */
const mostDependents = 100;

/** Runs the engine on a copy of the record in virtual time until nothing new is to come, a day at most. */
export async function rehearse(service: string, beginning: Beginning): Promise<Rehearsal> {
  const { record, recall, now, patienceMs = usualPatienceMs } = beginning;
  const dependents = dependentsOf(service, beginning.rules);
  const failed = [service, ...dependents.slice(0, mostDependents)];
  const rules = onlyAround(
    beginning.rules,
    new Set([selfService, ...failed, ...failed.flatMap((id) => dependenciesOf(id, beginning.rules))]),
  );
  const [own, failing] = [keysOf([service], rules), keysOf(failed, rules)];
  const time = new VirtualTime(now, 7 * longestMs);
  const seen: Seen = { sent: [], failedAt: null, diagnosedAt: null };
  const engine = new Engine(virtualPorts(time, { own, failing, record, recall }, seen), rules, withoutMail(record));
  const ended = await play(engine, time, now + longestMs, patienceMs, () => {
    const incident = incidentAbout(engine.desk.record, service);
    return incident !== null && isSettled(incident, engine.desk.record, rules, seen, time.now().wall);
  });
  const after = engine.desk.record;
  const endedAt = time.now().wall;
  await engine.stop();
  const incident = incidentAbout(after, service);
  return {
    ...{ startedAt: now, endedAt, ended, incident, failedAt: seen.failedAt, diagnosedAt: seen.diagnosedAt },
    instead: insteadOf(service, incident, after, rules, runningOf(record, service)),
    explainedBy: downBefore(service, record, rules),
    window: windowAt(rules, record.maintenance, service, now),
    sent: incident === null ? [] : seen.sent.filter(({ notification }) => notification.incidents.includes(incident.id)),
    next: incident === null || isHeld(incident, endedAt) ? null : nextStep(incident, rules),
    leftOut: dependents.length - failed.length + 1,
  };
}

/** Lets time pass from minute to minute, as long as there is time in both worlds. */
async function play(
  engine: Engine,
  time: VirtualTime,
  until: number,
  patienceMs: number,
  isOver: () => boolean,
): Promise<Rehearsal['ended']> {
  const end = performance.now() + patienceMs;
  void engine.start(null);
  await setImmediate();
  while (time.now().wall < until) {
    await time.pass(minuteMs - (time.now().wall % minuteMs), () => setImmediate());
    engine.tick();
    await setImmediate();
    if (isOver()) return 'settled';
    if (performance.now() >= end) return 'too-long';
  }
  return 'day-over';
}

/** What depends on it, directly or through others; what hurts most first, as that makes the priority. */
function dependentsOf(service: string, rules: Rules): readonly string[] {
  const found = Object.values(rules.services).filter(({ id }) => dependenciesOf(id, rules).includes(service));
  return found.toSorted((a, b) => impacts.indexOf(b.impact) - impacts.indexOf(a.impact)).map(({ id }) => id);
}

function keysOf(services: readonly string[], rules: Rules): ReadonlySet<string> {
  return new Set(services.flatMap((id) => (rules.services[id]?.checks ?? []).map(({ key }) => key)));
}

/** What waits in the real outbox is none of the rehearsal's. */
function withoutMail(record: LiveRecord): LiveRecord {
  return { ...record, outbox: new Map([...record.outbox].filter(([, entry]) => isFinal(entry))) };
}
