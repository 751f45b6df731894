import type { Incident } from '../../core/incident.ts';
import { causeText, firstStepText } from '../causes.ts';
import { oneLine, severalLines } from '../clean.ts';
import { asSentence, listed, sentences } from '../language.ts';
import { present, type Row, type Section } from '../letter.ts';
import { formatWords } from '../times.ts';
import { isOver, sinceOf, type View } from '../view.ts';
import { impactWords } from '../words.ts';

const words = sentences({
  en: {
    since: 'Since',
    affects: 'Affects',
    withIt: (names: string) => `and with it ${names}`,
    cause: 'Likely cause',
    notKnown: 'Not known yet.',
    first: 'Do first',
    seeRunbook: 'The instructions for this service are further down.',
    runbook: 'Instructions for this service',
    evidence: 'What the check saw',
  },
  de: {
    since: 'Seit',
    affects: 'Betroffen',
    withIt: (names: string) => `dazu ${names}`,
    cause: 'Wahrscheinliche Ursache',
    notKnown: 'Noch nicht bekannt.',
    first: 'Zuerst',
    seeRunbook: 'Die Anleitung für diesen Dienst steht weiter unten.',
    runbook: 'Anleitung für diesen Dienst',
    evidence: 'Was die Prüfung gesehen hat',
  },
});

/** For whom, since when, why, and what to do first. */
export function situation(incident: Incident, view: View): readonly Row[] {
  return present([since(incident, view), affects(incident, view), causeRow(incident, view), first(incident, view)]);
}

function since(incident: Incident, view: View): Row {
  const began = sinceOf(incident);
  const running = isOver(incident) ? 0 : view.now - began;
  const length = running >= 60_000 ? ` (${formatWords(running - (running % 60_000), view.language)})` : '';
  return { label: words(view.language).since, text: view.time(began) + length };
}

function affects(incident: Incident, view: View): Row {
  const texts = words(view.language);
  const name = oneLine(incident.serviceName, 80);
  const others = incident.affected
    .filter(({ to }) => to === null || isOver(incident))
    .map((service) => oneLine(service.name, 80));
  const parts = [
    name,
    others.length > 0 ? texts.withIt(listed([...new Set(others)], view.language)) : '',
    impactWords[view.language][incident.impact],
  ];
  return { label: texts.affects, text: parts.filter((part) => part !== '').join(', ') };
}

/** Null where a person's report is all that is known. */
export function causeRow(incident: Incident, view: View): Row | null {
  const texts = words(view.language);
  const { cause } = incident;
  if (cause.code === 'reported') return null;
  return { label: texts.cause, text: cause.code === 'unknown' ? texts.notKnown : asSentence(causeText(cause, view.language)) };
}

function first(incident: Incident, view: View): Row | null {
  if (isOver(incident)) return null;
  const texts = words(view.language);
  const step = firstStepText(incident.cause, view.language);
  return { label: texts.first, text: runbookOf(incident, view) === null ? step : `${step} ${texts.seeRunbook}` };
}

function runbookOf(incident: Incident, view: View): string | null {
  if (view.outside || incident.service === null) return null;
  return view.rules.services[incident.service]?.runbook?.text ?? null;
}

/** The runbook and the evidence, each where there is one. */
export function background(incident: Incident, view: View): readonly Section[] {
  const texts = words(view.language);
  const runbook = runbookOf(incident, view);
  const lines = runbook === null || isOver(incident) ? [] : severalLines(runbook);
  return [...(lines.length > 0 ? [{ title: texts.runbook, lines, as: 'block' as const }] : []), ...evidence(incident, view)];
}

/** What was seen, as far as it came from looking and not from a person. */
export function evidence(incident: Incident, view: View): readonly Section[] {
  if (incident.cause.code === 'reported') return [];
  const lines = incident.cause.evidence.map((line) => oneLine(line)).filter((line) => line !== '');
  return lines.length === 0 ? [] : [{ title: words(view.language).evidence, lines: lines.slice(0, 8), as: 'list' }];
}
