import { setImmediate } from 'node:timers/promises';
import { dependenciesOf } from '../../core/dependencies.ts';
import { type Incident, isRunning } from '../../core/incident.ts';
import { isFinal } from '../../core/parts/collect.ts';
import { nextStep } from '../../core/parts/escalate.ts';
import type { LiveRecord } from '../../core/record.ts';
import { type Rules, selfService } from '../../core/rules.ts';
import { Engine } from '../../engine/engine.ts';
import { VirtualTime } from '../../engine/virtual-time.ts';
import { onlyAround, type Rehearsed, type Seen, virtualPorts } from './world.ts';

/** What would happen if a service failed at `startedAt` (epoch ms), with nobody taking it. */
export interface Rehearsal {
  readonly startedAt: number;
  readonly endedAt: number;
  /** The incident of its own, or the one that it joins or is explained by; null where none opens. */
  readonly incident: Incident | null;
  /** Why there is no incident of its own. */
  readonly instead: 'joins' | 'explained' | 'maintenance' | 'not-looked-at' | null;
  /** Messages about that incident, in order of time. */
  readonly sent: readonly Rehearsed[];
}

const minuteMs = 60_000;
const longestMs = 24 * 3_600_000;
/** In real time. */
const patienceMs = 8_000;
/** More dependents than this would only make it slow. */
const mostDependents = 50;

/** Runs the engine on a copy of the record in virtual time until nothing new is to come, a day at most. */
export async function rehearse(service: string, rules: Rules, record: LiveRecord, now: number): Promise<Rehearsal> {
  const dependents = Object.keys(rules.services).filter((id) => dependenciesOf(id, rules).includes(service));
  const failed = [service, ...dependents.slice(0, mostDependents)];
  const around = onlyAround(rules, new Set([selfService, ...failed, ...failed.flatMap((id) => dependenciesOf(id, rules))]));
  const failing = new Set(failed.flatMap((id) => (rules.services[id]?.checks ?? []).map(({ key }) => key)));
  const time = new VirtualTime(now, 7 * longestMs);
  const seen: Seen = { sent: [], archived: new Map() };
  const engine = new Engine(virtualPorts(time, record, failing, seen), around, withoutMail(record));
  const known = runningOf(record, service);
  void engine.start(null);
  await setImmediate();
  const end = performance.now() + patienceMs;
  while (time.now().wall < now + longestMs && performance.now() < end) {
    await time.pass(minuteMs, () => setImmediate());
    engine.tick();
    await setImmediate();
    const incident = aboutOf(engine.desk.record, service);
    if (incident !== null && isTold(incident, engine.desk.record, around, seen)) break;
  }
  const incident = aboutOf(engine.desk.record, service);
  const { wall } = time.now();
  await engine.stop();
  const about = incident === null ? [] : seen.sent.filter(({ notification }) => notification.incidents.includes(incident.id));
  return {
    startedAt: now,
    endedAt: wall,
    incident,
    instead: insteadOf(engine.desk.record, service, incident, known),
    sent: about,
  };
}

/** What waits in the real outbox is none of the rehearsal's. */
function withoutMail(record: LiveRecord): LiveRecord {
  return { ...record, outbox: new Map([...record.outbox].filter(([, entry]) => isFinal(entry))) };
}

function runningOf({ incidents }: LiveRecord, service: string): Incident | undefined {
  return [...incidents.values()].find((one) => one.service === service && one.kind !== 'report' && isRunning(one));
}

/** The incident of the service's own, else the one that explains its failure. */
function aboutOf(record: LiveRecord, service: string): Incident | null {
  const affecting = [...record.incidents.values()].find(
    (one) => isRunning(one) && one.affected.some((affected) => affected.service === service && affected.to === null),
  );
  return runningOf(record, service) ?? affecting ?? null;
}

/** Nothing is left but reminders, of which one has been seen, or digests. */
function isTold(incident: Incident, record: LiveRecord, rules: Rules, { sent }: Seen): boolean {
  const entries = [...record.outbox.values()].filter(({ incidents }) => incidents.includes(incident.id));
  if (entries.some((entry) => !isFinal(entry)) || incident.escalation.level === 0) return false;
  const step = nextStep(incident, rules);
  if (step === null) return true;
  const reminders = sent.filter(
    ({ notification }) => notification.kind === 'reminder' && notification.incidents.includes(incident.id),
  );
  return step.type === 'reminder' && reminders.length >= 2;
}

function insteadOf(
  record: LiveRecord,
  service: string,
  incident: Incident | null,
  known: Incident | undefined,
): Rehearsal['instead'] {
  if (incident !== null && known?.id === incident.id) return 'joins';
  if (incident !== null) return incident.service === service ? null : 'explained';
  const of = (key: string) => key.startsWith(`${service}/`);
  if ([...record.explained.keys()].some(of)) return 'explained';
  return [...record.held.keys()].some(of) ? 'maintenance' : 'not-looked-at';
}
