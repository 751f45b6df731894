import type { Rules, ServiceRule } from '../../core/rules.ts';
import { listed } from '../../texts/language.ts';
import { formatWords, timeText } from '../../texts/times.ts';
import { labelled, table, wrap } from '../views/layout.ts';
import type { Rehearsal } from './rehearse.ts';
import type { Step } from './step.ts';
import { timetable } from './timetable.ts';

/** A rehearsal with what its words need. `source`: what it knows of everything else. */
export interface Report {
  readonly rehearsal: Rehearsal;
  readonly service: ServiceRule;
  readonly rules: Rules;
  readonly source: string;
}

/** Looked at no sooner than this after its failure: it is worth a line. */
const lateLookMs = 10 * 60_000;

/** The rehearsal as lines for a terminal. */
export function rehearsalText(report: Report, width: number): readonly string[] {
  const { rehearsal, service, rules, source } = report;
  const steps = timetable(rehearsal, rules, 'en');
  const notes = [...summary(report), ...circumstances(report), source];
  return [
    ...wrap(`If ${service.name} failed now (${timeIn(report)(rehearsal.startedAt)}) and nobody took it:`, width),
    ...notes.flatMap((note) => labelled('  ', note, width)),
    '',
    ...(steps.length === 0 ? [] : [...rows(steps, report, width), '']),
    ...wrap(ending(report), width),
    'Nothing was probed, run or written.',
  ];
}

function timeIn({ rehearsal, rules }: Report): (at: number) => string {
  return (at) => timeText(at, rehearsal.startedAt, rules.timezone, 'en');
}

function rows(steps: readonly Step[], report: Report, width: number): readonly string[] {
  const time = timeIn(report);
  const cells = steps.map(({ at, afterMs, text }) => [
    `  ${time(at)}`,
    afterMs < 1_000 ? '' : `+${formatWords(afterMs, 'en')}`,
    text,
  ]);
  return table(['  WHEN', 'AFTER', 'WHAT'], cells, width);
}

/** What kind of incident it would be, or why there would be none. */
function summary({ rehearsal, service: { name } }: Report): readonly string[] {
  const { incident, instead, explainedBy } = rehearsal;
  if (instead === 'explained') {
    const cause = explainedBy.length > 0 ? explainedBy : [incident?.serviceName ?? 'what it depends on'];
    const listedIn = incident === null ? '' : `; ${name} is listed as affected in ${incident.id}`;
    return [`${listed(cause, 'en')} is down and explains it: there is no incident of its own${listedIn}`];
  }
  if (incident === null) return [reasons[instead ?? 'not-looked-at']];
  const { id, kind, priority, severity, impact, category, acknowledged, affected } = incident;
  const what = `${priority} ${kind}: severity ${severity}, impact ${impact}, category ${category}`;
  const others =
    affected.length === 0
      ? ''
      : `; affected with it: ${listed(
          affected.map((one) => one.name),
          'en',
        )}`;
  if (instead !== 'joins') return [`${what}${others}`];
  const taken = acknowledged === null ? '' : `, and ${acknowledged.by} has taken it`;
  return [`it would join ${id}, which is open already${taken}`, `${what}${others}`];
}

const reasons: Readonly<Record<NonNullable<Rehearsal['instead']>, string>> = {
  joins: 'it would join an incident that is open already',
  explained: 'what it depends on is down and explains it',
  maintenance: 'no incident opens within a day: it is in maintenance, and failures are recorded only',
  dismissed: 'no incident opens: its last one was closed by force, and it is quiet until it has been up again',
  'not-looked-at': 'no incident opens within a day: nothing looks at it (its watch hours, its schedule, or no checks)',
};

/** What shapes the rehearsal and does not show in the timetable. */
function circumstances(report: Report): readonly string[] {
  const { incident, instead, window, failedAt, startedAt, leftOut } = report.rehearsal;
  const time = timeIn(report);
  const known = incident?.known ?? null;
  const episode = incident !== null && instead === null && incident.episode > 1;
  const late = failedAt !== null && failedAt - startedAt >= lateLookMs;
  return [
    ...(window === null ? [] : [`in maintenance until ${time(window.to)}${window.reason === null ? '' : ` (${window.reason})`}`]),
    ...(late ? [`it is not looked at before ${time(failedAt)} (watch hours or schedule)`] : []),
    ...(episode ? [`${incident.id} has just been resolved: it would be opened again`] : []),
    ...(known === null || known.seen === 0 || known.lastAt === null
      ? []
      : [`incidents like it before: ${known.seen}, the last ${time(known.lastAt)}`]),
    ...(leftOut === 0 ? [] : [`${leftOut} more services depend on it and are left out`]),
  ];
}

/** Where it ends, and what would come next. */
function ending(report: Report): string {
  const { startedAt, endedAt, ended, next, sent, incident } = report.rehearsal;
  const lasted = formatWords(Math.max(60_000, endedAt - startedAt), 'en');
  const nobody = sent.length === 0 ? 'Nobody would be told. ' : '';
  if (ended === 'too-long') return `${nobody}This is as far as a few seconds reach: ${lasted}.`;
  if (ended === 'settled') return `${nobody}${last(incident?.priority === 'P4' || incident?.priority === 'P5', next !== null)}`;
  const more = next === null ? '' : ` Next: ${next.type} ${next.level.number}, ${timeIn(report)(next.at)}.`;
  return `${nobody}The rehearsal ends after ${lasted}.${more}`;
}

function last(isDigested: boolean, reminds: boolean): string {
  if (isDigested) return 'Nothing more would be sent: a P4 or P5 is told once.';
  return reminds ? 'Only these reminders would follow.' : 'Nobody else would be told until it works again.';
}

/** The same as data. */
export function rehearsalJson({ rehearsal, service, rules, source }: Report) {
  const { incident, instead, window, next, ended, leftOut, explainedBy } = rehearsal;
  const iso = (at: number) => new Date(at).toISOString();
  return {
    ...{ service: service.name, startedAt: iso(rehearsal.startedAt), endedAt: iso(rehearsal.endedAt), ended, source },
    ...{ instead, explainedBy, leftOut },
    maintenance: window && { until: iso(window.to), reason: window.reason },
    incident: incident && {
      // An incident that would open has no number yet.
      ...{ id: instead === null && incident.episode === 1 ? null : incident.id, kind: incident.kind },
      ...{ priority: incident.priority, severity: incident.severity, impact: incident.impact, category: incident.category },
      affected: incident.affected.map(({ name }) => name),
    },
    timetable: timetable(rehearsal, rules, 'en').map(({ at, ...step }) => ({ at: iso(at), ...step })),
    messages: rehearsal.sent.map(({ at, notification: { kind, to, channel, address } }) => ({
      ...{ at: iso(at), kind, to, channel, address },
    })),
    next: next && { type: next.type, level: next.level.number, at: iso(next.at) },
  };
}
