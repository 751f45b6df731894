import type { Incident } from '../../core/incident.ts';
import { causeText, firstStepText } from '../causes.ts';
import { oneLine } from '../clean.ts';
import { isCutOff } from '../cut-off.ts';
import { asSentence, sentences } from '../language.ts';
import { present, type Row, type Section } from '../letter.ts';
import { meaningText } from '../meanings.ts';
import { formatWords } from '../times.ts';
import { isOver, sinceOf, type View } from '../view.ts';
import { affectedSection, affectsRow } from './affected.ts';
import { knownRow } from './known.ts';
import { lookedSection } from './looked.ts';
import { runbookSection, seeRunbook } from './runbook.ts';
import { remedyRows } from './tried.ts';

const words = sentences({
  en: {
    since: 'Since',
    cause: 'Likely cause',
    notKnown: 'Not known yet.',
    means: 'That means',
    first: 'Do first',
    evidence: 'What the check saw',
  },
  de: {
    since: 'Seit',
    cause: 'Wahrscheinliche Ursache',
    notKnown: 'Noch nicht bekannt.',
    means: 'Das heißt',
    first: 'Zuerst',
    evidence: 'Was die Prüfung gesehen hat',
  },
});

/** For whom, since when, why, what helped before, what to do first, and what is being tried. */
export function situation(incident: Incident, view: View): readonly Row[] {
  return [
    ...present([
      sinceRow(incident, view),
      affectsRow(incident, view),
      causeRow(incident, view),
      meaningRow(incident, view),
      knownRow(incident, view),
      firstRow(incident, view),
    ]),
    ...remedyRows(incident, view),
  ];
}

/** For whom, since when and why: for news. */
export function briefSituation(incident: Incident, view: View): readonly Row[] {
  return present([sinceRow(incident, view), affectsRow(incident, view), causeRow(incident, view)]);
}

export function sinceRow(incident: Incident, view: View): Row {
  const began = sinceOf(incident);
  const running = isOver(incident) ? 0 : view.now - began;
  const length = running >= 60_000 ? ` (${formatWords(running - (running % 60_000), view.language)})` : '';
  return { label: words(view.language).since, text: view.time(began) + length };
}

/** Null where a person's report is all that is known, and where the headline says it all. */
export function causeRow(incident: Incident, view: View): Row | null {
  const texts = words(view.language);
  const { cause } = incident;
  if (cause.code === 'reported' || isCutOff(incident)) return null;
  return { label: texts.cause, text: cause.code === 'unknown' ? texts.notKnown : asSentence(causeText(cause, view.language)) };
}

/** What the cause likely means for a non-expert; null where no cause is known or all is said, and when it is over. */
function meaningRow(incident: Incident, view: View): Row | null {
  const { cause } = incident;
  const isVague = cause.code === 'reported' || cause.code === 'unknown' || isCutOff(incident);
  const isUnsaid = isVague && cause.meaning === undefined;
  const text = isUnsaid || isOver(incident) ? null : meaningText(cause, view.language);
  return text === null ? null : { label: words(view.language).means, text: oneLine(text, 300) };
}

function firstRow(incident: Incident, view: View): Row | null {
  if (isOver(incident)) return null;
  const step = firstStepText(incident.cause, view.language);
  return { label: words(view.language).first, text: present([step, seeRunbook(incident, view)]).join(' ') };
}

/** The runbook, what was looked at, the evidence and everything that is affected, each where there is one. */
export function background(incident: Incident, view: View): readonly Section[] {
  return [
    ...runbookSection(incident, view),
    ...lookedSection(incident, view),
    ...evidence(incident, view),
    ...affectedSection(incident, view),
  ];
}

/** What was seen, as far as it came from looking and not from a person. */
export function evidence(incident: Incident, view: View): readonly Section[] {
  if (incident.cause.code === 'reported') return [];
  const lines = incident.cause.evidence.map((line) => oneLine(line)).filter((line) => line !== '');
  return lines.length === 0 ? [] : [{ title: words(view.language).evidence, lines: lines.slice(0, 8), as: 'list' }];
}
