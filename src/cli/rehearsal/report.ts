import type { Rules, ServiceRule } from '../../core/rules.ts';
import { formatWords, timeText } from '../../texts/times.ts';
import { labelled, table, wrap } from '../views/layout.ts';
import type { Rehearsal } from './rehearse.ts';
import { type Step, timetable } from './timetable.ts';

/** The rehearsal as lines for a terminal. */
export function rehearsalText(
  rehearsal: Rehearsal,
  service: ServiceRule,
  rules: Rules,
  source: string,
  width: number,
): readonly string[] {
  const steps = timetable(rehearsal, rules, 'en');
  return [
    ...wrap(
      `If ${service.name} failed now (${timeText(rehearsal.startedAt, rehearsal.startedAt, rules.timezone, 'en')}), and nobody took it:`,
      width,
    ),
    ...labelled('  ', summary(rehearsal, service), width),
    ...labelled('  ', source, width),
    '',
    ...(steps.length === 0 ? ['  nobody would be told'] : rows(steps, rehearsal, rules, width)),
    '',
    ...wrap(ending(rehearsal), width),
  ];
}

function rows(steps: readonly Step[], { startedAt }: Rehearsal, rules: Rules, width: number): readonly string[] {
  const time = (at: number) => timeText(at, startedAt, rules.timezone, 'en');
  const cells = steps.map(({ at, afterMs, text }) => [
    `  ${time(at)}`,
    afterMs < 1_000 ? '' : `+${formatWords(afterMs, 'en')}`,
    text,
  ]);
  return table(['  WHEN', 'AFTER', 'WHAT'], cells, width);
}

function summary({ incident, instead }: Rehearsal, { name }: ServiceRule): string {
  if (incident === null) return reasons[instead ?? 'not-looked-at'];
  const { id, priority, severity, impact, category, serviceName, affected } = incident;
  if (instead === 'joins') return `it would join ${id}, which is open already (${priority})`;
  if (instead === 'explained')
    return `${serviceName} is down and explains it: ${name} is listed as affected in ${id}, and nobody is told besides`;
  const again = incident.episode > 1 ? ` (${id} is still waiting to close: it would be reopened)` : '';
  const others = affected.length === 0 ? '' : `; affected with it: ${affected.map((one) => one.name).join(', ')}`;
  return `${priority}: severity ${severity}, impact ${impact}, category ${category}${again}${others}`;
}

const reasons: Readonly<Record<NonNullable<Rehearsal['instead']>, string>> = {
  joins: 'it would join an incident that is open already',
  explained: 'a dependency that is down explains it: nobody would be told of it',
  maintenance: 'it is in maintenance: the failure is recorded, and no incident opens before its end',
  'not-looked-at': 'no incident opens within a day: it is not looked at (its watch hours or schedule, or it has no checks)',
};

function ending({ startedAt, endedAt, incident }: Rehearsal): string {
  const lasted = formatWords(Math.max(60_000, endedAt - startedAt), 'en');
  if (incident === null) return `The rehearsal ended after ${lasted}.`;
  return `The rehearsal ended after ${lasted}. Nothing was sent, run or written.`;
}

/** The same as data. */
export function rehearsalJson(rehearsal: Rehearsal, service: ServiceRule, rules: Rules) {
  const { incident, instead, startedAt, endedAt } = rehearsal;
  const iso = (at: number) => new Date(at).toISOString();
  return {
    service: service.name,
    startedAt: iso(startedAt),
    endedAt: iso(endedAt),
    instead,
    incident: incident && {
      ...{
        id: instead === null ? null : incident.id,
        kind: incident.kind,
        priority: incident.priority,
        severity: incident.severity,
      },
      ...{ impact: incident.impact, category: incident.category, affected: incident.affected.map(({ name }) => name) },
    },
    timetable: timetable(rehearsal, rules, 'en').map(({ at, ...step }) => ({ at: iso(at), ...step })),
    messages: rehearsal.sent.map(({ at, notification: { kind, to, channel, address } }) => ({
      at: iso(at),
      kind,
      to,
      channel,
      address,
    })),
  };
}
