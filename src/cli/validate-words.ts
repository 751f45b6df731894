/** What a configuration means, from its rules: when a failure is told, and to whom. */
import { priorityOf } from '../core/categorize.ts';
import { contactsOf, levelsOf, takes } from '../core/people.ts';
import type { CheckRule, Impact, Priority, Rules, ServiceRule } from '../core/rules.ts';
import { formatDuration } from '../lib/duration.ts';

export interface Timing {
  /** From the begin of a failure to the confirmation that opens an incident: at best, and at worst. */
  readonly confirmedMs: { readonly from: number; readonly to: number };
  /** A failure that is over sooner is never confirmed. */
  readonly shortestMs: number;
  /** Between two looks while a failure is being confirmed. */
  readonly stepMs: number;
}

/**
 * When a check confirms a failure. At best it begins just before a look and every look fails at once; at worst it begins
 * just after a look, and every look takes its whole timeout to fail.
 */
export function timingOf(check: CheckRule): Timing {
  const { intervalMs, retryIntervalMs, timeoutMs, schedule } = check;
  const stepMs = schedule === undefined ? Math.min(retryIntervalMs, intervalMs) : retryIntervalMs;
  const more = check.failureThreshold - 1;
  const shortestMs = more * stepMs;
  return {
    confirmedMs: { from: shortestMs, to: intervalMs + more * Math.max(stepMs, timeoutMs) + timeoutMs },
    shortestMs,
    stepMs,
  };
}

/** `every 30s; 3 bad looks 30s apart are a failure` */
export function paceWords(check: CheckRule): string {
  const looks = check.schedule === undefined ? `every ${formatDuration(check.intervalMs)}` : `at "${check.schedule}"`;
  const watched = check.watch === undefined ? '' : ` within the hours ${check.watch}`;
  const count = check.failureThreshold;
  const apart = formatDuration(timingOf(check).stepMs);
  return `${looks}${watched}; ${count === 1 ? 'one bad look is' : `${count} bad looks ${apart} apart are`} a failure`;
}

/** `first mail 1m to 2m 10s after it begins; one under 1m makes none`, for a check of a service of this impact. */
export function timingWords(check: CheckRule, impact: Impact): string {
  const { confirmedMs, shortestMs } = timingOf(check);
  const begin = check.passive ? 'after the heartbeat is overdue' : 'after it begins';
  const from = confirmedMs.from === 0 ? 'at once' : formatDuration(confirmedMs.from);
  const shortest =
    shortestMs === 0 ? 'even the shortest that is seen makes one' : `one under ${formatDuration(shortestMs)} makes none`;
  const until = `${from} to ${formatDuration(confirmedMs.to)} ${begin}`;
  return isDigest(priorityOf(check.part ? 'major' : 'critical', impact))
    ? `first mail in the next digest in office hours, confirmed ${until}; ${shortest}`
    : `first mail ${until}; ${shortest}`;
}

/** One level of one service at one priority. */
export interface Telling {
  readonly afterMs: number;
  readonly repeatMs: number | null;
  /** Contact ids; of a level only those whom a channel tells of this priority. */
  readonly to: readonly string[];
}

/** Who is told of an incident of this priority, level by level; of a P4 or P5 only the first level is. */
export function tellings(service: ServiceRule, priority: Priority, rules: Rules): readonly Telling[] {
  const addressed = { service: service.id, priority };
  const all = levelsOf(addressed, rules);
  const used = isDigest(priority) ? all.slice(0, 1) : all;
  return used.map(({ afterMs, repeatMs, notify }, index) => ({
    afterMs,
    repeatMs: repeatMs ?? null,
    to: contactsOf(notify, addressed, rules).filter((id) => isTold(id, priority, index === 0 ? 'opened' : 'escalated', rules)),
  }));
}

function isTold(contact: string, priority: Priority, kind: 'opened' | 'escalated', rules: Rules): boolean {
  return rules.contacts[contact]?.channels.some((channel) => takes(channel, priority, kind)) ?? false;
}

/** `at once anna; after 15m ben; after 1h boss, again every 1h` */
export function tellingWords(service: ServiceRule, priority: Priority, rules: Rules): string {
  const levels = tellings(service, priority, rules).map(({ afterMs, repeatMs, to }) => {
    const when = isDigest(priority)
      ? 'in a digest in office hours'
      : afterMs === 0
        ? 'at once'
        : `after ${formatDuration(afterMs)}`;
    const again = repeatMs === null || isDigest(priority) ? '' : `, again every ${formatDuration(repeatMs)}`;
    const people = to.map((id) => personWords(id, priority, rules));
    return `${when} ${people.length === 0 ? 'nobody' : people.join(', ')}${again}`;
  });
  const text = levels.length === 0 ? 'nobody' : levels.join('; ');
  return priority === 'P3' && levels.length > 1 ? `${text} (after the first in office hours)` : text;
}

/** Hours hold whoever has some, but never a P1, and a digest has its own. */
function personWords(id: string, priority: Priority, rules: Rules): string {
  const hours = rules.contacts[id]?.hours;
  return hours === undefined || priority === 'P1' || isDigest(priority) ? id : `${id} (hours ${hours})`;
}

/** The priorities that a service's incidents can have, the worst first, and when. */
export function prioritiesOf(service: ServiceRule): readonly { readonly priority: Priority; readonly when: string }[] {
  const parts = service.checks.filter(({ part }) => part).length;
  const down = { priority: priorityOf('critical', service.impact), when: 'down' };
  const partly = { priority: priorityOf('major', service.impact), when: 'partly down' };
  const critical = { priority: priorityOf('major', service.impact), when: 'critical' };
  const degraded = [
    ...(service.checks.some(isForewarned) ? [critical] : []),
    { priority: priorityOf('minor', service.impact), when: 'degraded' },
  ];
  if (service.checks.length === 0) return [{ priority: partly.priority, when: 'reported' }];
  if (parts === 0) return [down, ...degraded];
  return parts === service.checks.length ? [partly, ...degraded] : [down, partly, ...degraded];
}

/** Whether a limit of what is not down makes it major, such as a nearly full disk. */
function isForewarned({ thresholds }: CheckRule): boolean {
  return thresholds.some(({ sort, critical }) => sort === 'forewarning' && critical !== undefined);
}

function isDigest(priority: Priority): boolean {
  return priority === 'P4' || priority === 'P5';
}
