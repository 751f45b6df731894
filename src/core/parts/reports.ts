import { afterOfficeDays } from '../calendar/hours.ts';
import { type Context, incidentsOf, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Answer } from '../event.ts';
import { contactsOf } from '../people.ts';
import type { Incident } from '../record.ts';
import type { Rules } from '../rules.ts';
import { tell } from './notify.ts';
import { add } from './open.ts';
import { close } from './recovery.ts';

/** Office days without an act before the owner is asked, and days before a report closes as unanswered. */
const askAfterDays = 3;
const dayMs = 24 * 3_600_000;
const closeAfterMs = 14 * dayMs;

/** A person reports an incident; one about a service that has an open incident joins it. */
export function report(draft: Draft, context: Context, text: string, named: string | undefined, by: string): Answer {
  const { at, rules } = context;
  const service = named === undefined ? undefined : rules.services[named];
  if (named !== undefined && service === undefined) {
    return { ok: false, reason: 'unknown-service', facts: { service: named, known: Object.keys(rules.services) } };
  }
  const known =
    service === undefined ? undefined : mostUrgent(incidentsOf(draft, service.id).filter(({ status }) => status !== 'resolved'));
  if (known !== undefined) return join(draft, context, known, text, by);
  const incident = add(draft, context, {
    kind: 'report',
    service: service?.id ?? null,
    serviceName: service?.name ?? rules.site,
    failing: [],
    checks: [],
    headline: { code: 'reported', words: text.slice(0, 120) },
    severity: 'major',
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
  return { ok: true, reason: 'reported', incident: incident.id, facts: { priority: incident.priority } };
}

function mostUrgent(incidents: readonly Incident[]): Incident | undefined {
  return incidents.toSorted((a, b) => (a.priority < b.priority ? -1 : a.priority > b.priority ? 1 : 0))[0];
}

function join(draft: Draft, context: Context, incident: Incident, text: string, by: string): Answer {
  const reporters = incident.reporters.includes(by) ? incident.reporters : [...incident.reporters, by];
  update(draft, incident.id, { reporters, lastActAt: context.at }, { at: context.at, type: 'joined', by, text });
  const taker = incident.acknowledged?.by;
  return {
    ok: true,
    reason: 'joined',
    incident: incident.id,
    facts: { since: incident.startedAt, ...(taker === undefined ? {} : { taker }) },
  };
}

/** When an open report next needs something, as far as time goes. */
export function reportDue(incident: Incident, rules: Rules): number | null {
  if (incident.kind !== 'report' || incident.status !== 'open') return null;
  return Math.min(askAt(incident, rules), incident.lastActAt + closeAfterMs);
}

/** After three office days without an act, then daily. */
function askAt(incident: Incident, rules: Rules): number {
  const asked = incident.timeline.findLast((entry) => entry.type === 'reminded' && entry.facts?.why === 'unanswered');
  if (asked !== undefined && asked.at >= incident.lastActAt) return asked.at + dayMs;
  const office = rules.hours.office;
  const due = office === undefined ? null : afterOfficeDays(office, incident.lastActAt, askAfterDays, rules.timezone);
  return due ?? incident.lastActAt + askAfterDays * dayMs;
}

/** Asks the owner of a report that nobody acts on, and closes it as unanswered in the end. */
export function chaseReport(draft: Draft, context: Context, incident: Incident): void {
  const { at, rules } = context;
  const due = reportDue(incident, rules);
  if (due === null || due > at) return;
  if (incident.lastActAt + closeAfterMs <= at) {
    const unanswered = update(
      draft,
      incident.id,
      { status: 'resolved', resolvedAt: at },
      { at, type: 'resolved', facts: { why: 'no-answer' } },
    );
    tell(draft, context, unanswered, contactsOf(incident.reporters, incident, rules), {
      kind: 'recovered',
      reason: 'no-answer',
      facts: { why: 'no-answer' },
    });
    close(draft, context, incident.id);
    return;
  }
  const owners = contactsOf(['owner'], incident, rules);
  const asked = update(draft, incident.id, {}, { at, type: 'reminded', facts: { why: 'unanswered', to: owners } });
  tell(draft, context, asked, owners, { kind: 'report-unanswered', reason: `unanswered-${at}` });
}
