/** What the engine's record says about the rehearsed service. */
import { dependenciesOf } from '../../core/dependencies.ts';
import { type Incident, isRunning } from '../../core/incident.ts';
import { isFinal } from '../../core/parts/collect.ts';
import { isDigested } from '../../core/parts/timing.ts';
import { levelsOf } from '../../core/people.ts';
import type { LiveRecord } from '../../core/record.ts';
import type { Rules } from '../../core/rules.ts';
import type { Seen } from './world.ts';

/** Why a failure has no incident of its own. */
export type Instead = 'joins' | 'explained' | 'maintenance' | 'dismissed' | 'not-looked-at';

/** Quiet for so long: nothing new is to come. */
const quietMs = 10 * 60_000;

/** The service's own incident under way: the outage, where there are warnings beside it. */
export function runningOf({ incidents }: LiveRecord, service: string): Incident | null {
  const running = [...incidents.values()].filter((one) => one.service === service && one.kind !== 'report' && isRunning(one));
  return running.find(({ kind }) => kind === 'outage') ?? running.at(-1) ?? null;
}

/** The incident of the service's own, else the one that explains its failure. */
export function incidentAbout(record: LiveRecord, service: string): Incident | null {
  const explaining = [...record.incidents.values()].find(
    (one) => isRunning(one) && one.affected.some((affected) => affected.service === service && affected.to === null),
  );
  return runningOf(record, service) ?? explaining ?? null;
}

/** True once nothing is left but reminders, of which the first have been seen, and it has been quiet for a while. */
export function isSettled(incident: Incident, record: LiveRecord, rules: Rules, seen: Seen, now: number): boolean {
  if (!isConfirmed(incident, record, rules)) return false;
  const entries = [...record.outbox.values()].filter(({ incidents }) => incidents.includes(incident.id));
  if (entries.some((entry) => !isFinal(entry))) return false;
  return isTold(incident, rules) && now - lastNews(incident, seen) >= quietMs;
}

/** The failure itself has been confirmed: an incident from before is not what is waited for. */
function isConfirmed({ service }: Incident, { cells }: LiveRecord, rules: Rules): boolean {
  const checks = rules.services[service ?? '']?.checks ?? [];
  return checks.some(({ key }) => (cells.get(key)?.hard ?? 'up') !== 'up');
}

function isTold(incident: Incident, rules: Rules): boolean {
  const { level: reached, told } = incident.escalation;
  if (isDigested(incident.priority)) return reached > 0;
  const levels = levelsOf(incident, rules);
  const haveReminded = levels.every(({ number, repeatMs }) => repeatMs === undefined || (told[number - 1]?.reminders ?? 0) > 0);
  return reached >= (levels.at(-1)?.number ?? 0) && haveReminded;
}

/** When something new happened last: no reminder, and no remedy tried once more. */
function lastNews({ id, openedAt, timeline }: Incident, { sent }: Seen): number {
  const told = sent.filter(({ notification }) => notification.incidents.includes(id) && notification.kind !== 'reminder');
  const noted = timeline.filter(({ type }) => !['reminded', 'remedy-started', 'remedy-ended'].includes(type));
  return Math.max(openedAt, ...told.map(({ at }) => at), ...noted.map(({ at }) => at));
}

/** Why there is no incident of its own; null where there is one. `before`: the one that was under way when it failed. */
export function insteadOf(
  service: string,
  incident: Incident | null,
  record: LiveRecord,
  rules: Rules,
  before: Incident | null,
): Instead | null {
  if (incident !== null && before?.id === incident.id) return 'joins';
  if (incident !== null) return incident.service === service ? null : 'explained';
  const keys = (rules.services[service]?.checks ?? []).map(({ key }) => key);
  if (keys.some((key) => record.dismissed.has(key))) return 'dismissed';
  if (keys.some((key) => record.explained.has(key))) return 'explained';
  return keys.some((key) => record.held.get(key) === 'maintenance') ? 'maintenance' : 'not-looked-at';
}

/** Names of what it depends on and what is down. */
export function downBefore(service: string, { cells }: LiveRecord, rules: Rules): readonly string[] {
  return dependenciesOf(service, rules)
    .flatMap((id) => rules.services[id] ?? [])
    .filter(({ checks }) => checks.some(({ key }) => cells.get(key)?.hard === 'down'))
    .map(({ name }) => name);
}
