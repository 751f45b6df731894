import { formatDuration } from '../../lib/duration.ts';
import type { IncidentJson } from '../../texts/incident-json.ts';
import { notificationKindWords } from '../../texts/kinds.ts';
import type { FoldedInto, NotificationJson } from '../../texts/notification-json.ts';
import { notificationStateWords } from '../../texts/words.ts';
import { knowledgeText } from './knowledge.ts';
import { labelled, table, wrap } from './layout.ts';
import { stateWords } from './register.ts';
import type { View } from './view.ts';

/** One incident: what is known, what happened, who was told when and with what result. */
export function incidentText(incident: IncidentJson, view: View): readonly string[] {
  return [
    view.paint(`${incident.id}  ${incident.priority} ${incident.kind}, ${stateWords(incident)}`, 'bold'),
    ...wrap(incident.title, view.width),
    '',
    ...facts(incident, view).flatMap(([label, text]) => labelled(`  ${label.padEnd(11)} `, text, view.width)),
    ...knowledgeText(incident, view),
    '',
    view.paint('What happened', 'bold'),
    ...incident.timeline.flatMap(({ at, text }) => labelled(`  ${view.time(at)}  `, text, view.width)),
    '',
    view.paint('Who was told', 'bold'),
    ...told(incident.notifications, view),
  ];
}

type Fact = readonly [label: string, text: string];

function facts(incident: IncidentJson, view: View): readonly Fact[] {
  const { severity, impact, category, cause, findings } = incident;
  const looked = new Set(findings.map(({ text }) => text));
  return [
    ['services', incident.services.join(', ')],
    ...affected(incident, view),
    ['kind', `${category}, severity ${severity}, impact ${impact}`],
    ...times(incident, view),
    ['cause', cause.text],
    ...cause.evidence.filter((line) => !looked.has(line)).map((line): Fact => ['', line]),
    ...people(incident, view),
    ...merges(incident),
  ].filter((fact): fact is Fact => fact[1] !== '');
}

function affected({ affected }: IncidentJson, view: View): readonly Fact[] {
  return affected.map(({ name, from, to }, index) => {
    const end = to === null ? '' : ` to ${view.time(to)}`;
    return [index === 0 ? 'affected' : '', `${name}, from ${view.time(from)}${end}`];
  });
}

function times(
  { startedAt, openedAt, recoveredAt, resolvedAt, closedAt, downtimeMs }: IncidentJson,
  view: View,
): readonly Fact[] {
  const all: readonly (readonly [string, string | null])[] = [
    ['started', startedAt],
    ['opened', openedAt],
    ['recovered', recoveredAt],
    ['resolved', resolvedAt],
    ['closed', closedAt],
  ];
  const known = all.flatMap(([label, at]): Fact[] => (at === null ? [] : [[label, view.time(at)]]));
  return downtimeMs === 0 ? known : [...known, ['downtime', formatDuration(downtimeMs)]];
}

function people({ acknowledged, escalation, resolution }: IncidentJson, view: View): readonly Fact[] {
  const taken: Fact[] =
    acknowledged === null
      ? []
      : [['taken', `by ${acknowledged.by}, ${view.time(acknowledged.at)} until ${view.time(acknowledged.until)}`]];
  const next = escalation.nextAt === null ? '' : `, next ${view.time(escalation.nextAt)}`;
  const recorded: Fact[] =
    resolution === null
      ? []
      : [
          ['found', resolution.cause === null ? '' : `${resolution.cause} (${resolution.by})`],
          ['fixed', resolution.fix === null ? '' : `${resolution.fix} (${resolution.by})`],
        ];
  return [...taken, ['escalation', `policy ${escalation.policy}, level ${escalation.level}${next}`], ...recorded];
}

function merges({ mergedInto, mergedFrom, linked }: IncidentJson): readonly Fact[] {
  return [
    ['explained', linked.length === 0 ? '' : `until then by ${linked.join(', ')}`],
    ['merged into', mergedInto ?? ''],
    ['merged from', mergedFrom.join(', ')],
  ];
}

function told(notifications: readonly NotificationJson[], view: View): readonly string[] {
  if (notifications.length === 0) return ['  nobody yet'];
  const rows = notifications.map(({ at, to, channel, kind, state, attempts, incident, foldedInto }) => [
    `  ${view.time(at)}`,
    to,
    channel,
    kind,
    (foldedInto === undefined ? notificationStateWords.en[state] : foldedText(foldedInto, view)) +
      (attempts > 1 ? ` (${attempts} attempts)` : '') +
      (incident === undefined ? '' : `, about ${incident}`),
  ]);
  return table(['  WHEN', 'WHO', 'BY', 'WHAT', 'RESULT'], rows, view.width);
}

/** `told in: digest, today 14:05, about INC-2026-0041` */
function foldedText({ kind, at, incident }: FoldedInto, view: View): string {
  const parts = [
    kind === undefined ? '' : notificationKindWords.en[kind],
    at === undefined ? '' : view.time(at),
    incident === undefined ? '' : `about ${incident}`,
  ];
  return `told in: ${parts.filter((part) => part !== '').join(', ')}`;
}
