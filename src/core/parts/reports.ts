import { afterOfficeDays } from '../calendar/hours.ts';
import { type Context, incidentsOf, serviceNamed, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Act, Answer } from '../event.ts';
import { type Incident, isRunning } from '../incident.ts';
import { contactsOf, personOf } from '../people.ts';
import type { Rules } from '../rules.ts';
import { receiptPrefix, tell } from './notify.ts';
import { add } from './open.ts';
import { close, resolve } from './recovery.ts';

/** Office days without an act before the owner is asked, and days before a report closes as unanswered. */
const askAfterDays = 3;
const dayMs = 24 * 3_600_000;
const closeAfterMs = 14 * dayMs;

type Report = Extract<Act, { readonly act: 'report' }>;

/** A person reports an incident; one about a service that has an open incident, or is affected by one, joins it. The reporter gets the number. */
export function report(draft: Draft, context: Context, { text, service: named, severity = 'major' }: Report, by: string): Answer {
  const { at, rules } = context;
  const service = named === undefined ? undefined : serviceNamed(rules, named);
  if (named !== undefined && service === undefined) {
    return { ok: false, reason: 'unknown-service', facts: { service: named, known: Object.keys(rules.services) } };
  }
  const known =
    service === undefined ? undefined : (mostUrgent(openOf(draft, service.id)) ?? mostUrgent(affecting(draft, service.id)));
  if (known !== undefined) return join(draft, context, known, text, by);
  const incident = add(draft, context, {
    kind: 'report',
    service: service?.id ?? null,
    serviceName: service?.name ?? rules.site,
    failing: [],
    checks: [],
    headline: { code: 'reported', words: text.slice(0, 120) },
    severity,
    impact: service?.impact ?? 'medium',
    category: service?.category ?? 'other',
    source: 'person',
    cause: { code: 'reported', evidence: [text] },
    startedAt: at,
    downSince: null,
    costPerHour: service?.costPerHour ?? null,
    reporters: [by],
    by,
  });
  tell(draft, context, incident, personOf(by, rules), { kind: 'reported', reason: `${receiptPrefix}${by}`, personal: true });
  return { ok: true, reason: 'reported', incident: incident.id, facts: { priority: incident.priority } };
}

function openOf(draft: Draft, service: string): readonly Incident[] {
  return incidentsOf(draft, service).filter(({ status }) => status !== 'resolved');
}

/** Running incidents of others that explain why the service fails. */
function affecting(draft: Draft, service: string): readonly Incident[] {
  const running = draft.incidents.values().filter(isRunning);
  return running.filter(({ affected }) => affected.some((one) => one.service === service && one.to === null));
}

function mostUrgent(incidents: readonly Incident[]): Incident | undefined {
  return incidents.toSorted((a, b) => (a.priority < b.priority ? -1 : a.priority > b.priority ? 1 : 0))[0];
}

function join(draft: Draft, context: Context, incident: Incident, text: string, by: string): Answer {
  const reporters = incident.reporters.includes(by) ? incident.reporters : [...incident.reporters, by];
  const entry = { at: context.at, type: 'joined', by, text } as const;
  const joined = update(draft, incident.id, { reporters, lastActAt: context.at }, entry);
  tell(draft, context, joined, personOf(by, context.rules), { kind: 'report-joined', reason: `joined-${by}`, personal: true });
  const taker = incident.acknowledged?.by;
  return {
    ok: true,
    reason: 'joined',
    incident: incident.id,
    facts: { since: incident.startedAt, ...(taker === undefined ? {} : { taker }) },
  };
}

/** When an open report next needs something, as far as time goes; never while somebody has it, or in maintenance. */
export function reportDue(incident: Incident, rules: Rules): number | null {
  const isIdle = incident.acknowledged === null && incident.pausedAt === null;
  if (incident.kind !== 'report' || incident.status !== 'open' || !isIdle) return null;
  return Math.min(nextAsk(incident, rules).at, incident.lastActAt + closeAfterMs);
}

/** The first question comes after three office days without an act, then one a day; each has its number. */
function nextAsk(incident: Incident, rules: Rules): { readonly at: number; readonly number: number; readonly first: number } {
  const office = rules.hours.office;
  const due = office === undefined ? null : afterOfficeDays(office, incident.lastActAt, askAfterDays, rules.timezone);
  const first = due ?? incident.lastActAt + askAfterDays * dayMs;
  const number = asksSinceAct(incident) + 1;
  return { at: first + (number - 1) * dayMs, number, first };
}

const acts: ReadonlySet<string> = new Set([
  'reported',
  'joined',
  'acknowledged',
  'released',
  'assigned',
  'noted',
  'resolution-recorded',
]);

/** The number of the last question since a person acted, by the order of the log: clocks may have been set. */
function asksSinceAct({ timeline }: Incident): number {
  const last = timeline.findLast(({ type, facts }) => acts.has(type) || (type === 'reminded' && facts?.why === 'unanswered'));
  return last?.type === 'reminded' ? Number(last.facts?.number ?? 0) : 0;
}

/** Asks the owner of a report that nobody acts on, and closes it as unanswered in the end. */
export function chaseReport(draft: Draft, context: Context, incident: Incident): void {
  const { at, rules } = context;
  const due = reportDue(incident, rules);
  if (due === null || due > at) return;
  if (incident.lastActAt + closeAfterMs <= at) {
    resolve(draft, context, incident.id, { why: 'no-answer' });
    close(draft, context, incident.id);
    return;
  }
  const { first } = nextAsk(incident, rules);
  const number = Math.floor((at - first) / dayMs) + 1;
  const owners = contactsOf(['owner'], incident, rules);
  const asked = update(draft, incident.id, {}, { at, type: 'reminded', facts: { why: 'unanswered', number, to: owners } });
  tell(draft, context, asked, owners, {
    kind: 'report-unanswered',
    reason: `unanswered-${incident.lastActAt}`,
    repetition: number,
    personal: true,
  });
}
