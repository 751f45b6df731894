import type { Incident } from '../../core/incident.ts';
import { severalLines } from '../clean.ts';
import { sentences } from '../language.ts';
import type { Section } from '../letter.ts';
import { isOver, type View } from '../view.ts';

const words = sentences({
  en: { see: 'The instructions for this service are further down.', title: 'Instructions for this service' },
  de: { see: 'Die Anleitung für diesen Dienst steht weiter unten.', title: 'Anleitung für diesen Dienst' },
});

/** The service's instructions: those for the incident's cause first, then those for everybody. Not for outsiders. */
function runbookLines({ service, cause }: Incident, view: View): readonly string[] {
  if (view.outside || service === null) return [];
  const runbook = view.rules.services[service]?.runbook;
  if (runbook === undefined) return [];
  const fitting = runbook.sections.filter(({ when }) => when.includes(cause.code)).map(({ text }) => text.trim());
  return severalLines([...fitting, runbook.text].filter((text) => text !== '').join('\n\n'));
}

/** That there are instructions, for whoever reads the first screen; null where there are none. */
export function seeRunbook(incident: Incident, view: View): string | null {
  return runbookLines(incident, view).length === 0 ? null : words(view.language).see;
}

export function runbookSection(incident: Incident, view: View): readonly Section[] {
  const lines = isOver(incident) ? [] : runbookLines(incident, view);
  return lines.length === 0 ? [] : [{ title: words(view.language).title, lines, as: 'block' }];
}
