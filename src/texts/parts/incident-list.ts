import type { Incident } from '../../core/incident.ts';
import { causeText, firstStepText } from '../causes.ts';
import { isCutOff } from '../cut-off.ts';
import { headline } from '../headline.ts';
import { asSentence, sentences } from '../language.ts';
import { type Letter, present, type Section } from '../letter.ts';
import { isOver, type View } from '../view.ts';
import { incidentStatusWords, priorityWords } from '../words.ts';
import { othersAffected } from './affected.ts';
import { knowsRow, takeText } from './people.ts';
import { reportWords, state } from './state.ts';

const words = sentences({
  en: {
    take: 'I take it',
    cause: 'Likely cause',
    first: 'Do first',
    more: 'More',
    others: (count: number) => `and ${count} more incidents: incidentd incidents`,
  },
  de: {
    take: 'Ich übernehme',
    cause: 'Wahrscheinliche Ursache',
    first: 'Zuerst',
    more: 'Weitere',
    others: (count: number) => `und ${count} weitere Vorfälle: incidentd incidents`,
  },
});

/** How many incidents a mail tells one by one, and how many commands it spells out. */
const shownLimit = 25;
const commandLimit = 5;

/** Several incidents in one mail: the open ones first, the urgent ones at the top. */
export function incidentList(view: View): Pick<Letter, 'rows' | 'sections'> {
  const texts = words(view.language);
  const all = [...view.incidents].sort(
    (a, b) => Number(isOver(a)) - Number(isOver(b)) || a.priority.localeCompare(b.priority) || a.startedAt - b.startedAt,
  );
  const free = all.filter((incident) => !isOver(incident) && incident.acknowledged === null).slice(0, commandLimit);
  const ids = free.map(({ id }) => id);
  const rest = all.length - shownLimit;
  return {
    rows: present([ids.length === 0 ? null : { label: texts.take, ...takeText(ids, view) }, knowsRow(view)]),
    sections: [
      ...all.slice(0, shownLimit).map((incident) => section(incident, view)),
      ...(rest > 0 ? [{ title: texts.more, lines: [texts.others(rest)], as: 'text' as const }] : []),
    ],
  };
}

function section(incident: Incident, view: View): Section {
  const { language } = view;
  const texts = words(language);
  const { cause } = incident;
  const kind = isOver(incident) ? incidentStatusWords[language][incident.status] : priorityWords[language][incident.priority];
  const lines = present([
    `${incident.id} · ${kind}`,
    state(incident, view),
    othersAffected(incident, view),
    reportWords(incident, view),
    cause.code === 'reported' || isCutOff(incident) ? null : `${texts.cause}: ${asSentence(causeText(cause, language))}`,
    isOver(incident) ? null : `${texts.first}: ${firstStepText(cause, language)}`,
  ]);
  return { title: headline(incident, language, view.outside), lines, as: 'text' };
}
