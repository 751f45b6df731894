import type { Incident, TimelineEntry } from '../../core/incident.ts';
import type { Language, RemedyRule, Rules } from '../../core/rules.ts';
import { formatDuration } from '../../lib/duration.ts';
import { listed } from '../../texts/language.ts';
import { type RehearsalWords, rehearsalWords } from '../../texts/rehearsal.ts';
import { toldSteps } from './messages.ts';
import type { Rehearsal } from './rehearse.ts';
import type { Moment, Step } from './step.ts';

const minuteMs = 60_000;

/** What happens when, in order of time, in the words of a language. */
export function timetable(rehearsal: Rehearsal, rules: Rules, language: Language): readonly Step[] {
  const { startedAt, incident } = rehearsal;
  const words = rehearsalWords(language);
  const course = incident === null || rehearsal.instead === 'explained' ? [] : courseOf(incident, rules, words, language);
  return [...beginningOf(rehearsal, words), ...course, ...toldSteps(rehearsal, rules, language)]
    .filter(({ at }) => at >= startedAt)
    .map((moment) => ({ ...moment, afterMs: moment.at - startedAt }))
    .toSorted((a, b) => a.at - b.at);
}

function beginningOf({ failedAt, diagnosedAt }: Rehearsal, words: RehearsalWords): readonly Moment[] {
  return [
    ...(failedAt === null ? [] : [{ at: failedAt, type: 'failed', text: words.failed } as const]),
    ...(diagnosedAt === null ? [] : [{ at: diagnosedAt, type: 'diagnosis', text: words.diagnosis } as const]),
  ];
}

function courseOf(incident: Incident, rules: Rules, words: RehearsalWords, language: Language): readonly Moment[] {
  return [
    ...incident.timeline.flatMap((entry) => momentOf(entry, words)),
    ...affectedSteps(incident, words, language),
    ...remedySteps(incident, rules.services[incident.service ?? '']?.remedies ?? [], words),
  ];
}

/** What turns out to be affected within a minute, in one line. */
function affectedSteps({ timeline }: Incident, words: RehearsalWords, language: Language): readonly Moment[] {
  const entries = timeline.filter(({ type }) => type === 'affected');
  const minutes = Map.groupBy(entries, ({ at }) => Math.floor(at / minuteMs));
  return [...minutes.values()].map((together) => {
    const names = together.flatMap(({ facts }) => (Array.isArray(facts?.services) ? facts.services.map(String) : []));
    return { at: together[0]?.at ?? 0, type: 'affected', text: words.affected(listed([...new Set(names)], language)) };
  });
}

function momentOf({ at, type, facts }: TimelineEntry, words: RehearsalWords): readonly Moment[] {
  switch (type) {
    case 'opened':
      return [{ at, type: 'opened', text: words.opened(String(facts?.priority ?? '')) }];
    case 'reopened':
      return [{ at, type: 'opened', text: words.reopened }];
    case 'priority-changed':
      return [{ at, type: 'escalation', text: words.raised(String(facts?.from), String(facts?.to)) }];
    case 'level-skipped':
      return [{ at, type: 'escalation', text: words.skipped(Number(facts?.level)) }];
    case 'escalation-exhausted':
      return [{ at, type: 'escalation', text: words.exhausted }];
    default:
      return [];
  }
}

/** Each remedy at its first run; further ones are counted. */
function remedySteps({ remedies, timeline }: Incident, rules: readonly RemedyRule[], words: RehearsalWords): readonly Moment[] {
  const since = timeline.findLast(({ type }) => type === 'opened' || type === 'reopened')?.at ?? 0;
  const runs = remedies.filter(({ startedAt }) => startedAt !== null && startedAt >= since);
  return [...Map.groupBy(runs, ({ remedy }) => remedy)].map(([key, [first, ...more]]) => {
    const once = words.remedy(first?.label ?? key, limitOf(rules.find((rule) => rule.key === key)));
    const text = more.length === 0 ? once : `${once}; ${words.again(more.length)}`;
    return { at: first?.startedAt ?? 0, type: 'remedy', text };
  });
}

function limitOf(rule: RemedyRule | undefined): string {
  return rule === undefined ? '' : `${rule.atMost.times} per ${formatDuration(rule.atMost.perMs)}`;
}
