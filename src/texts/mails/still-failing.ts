import { textFact } from '../facts.ts';
import { sentences } from '../language.ts';
import { incidentMail } from '../mail-kind.ts';
import { callLetter } from '../parts/letters.ts';
import { state } from '../parts/state.ts';

const words = sentences({
  en: {
    still: 'It was said to be fixed, but the check still fails.',
    stillOf: (by: string) => `${by} said that it is fixed, but the check still fails.`,
    resumes: 'The escalation goes on.',
  },
  de: {
    still: 'Es wurde als behoben gemeldet, aber die Prüfung schlägt weiterhin fehl.',
    stillOf: (by: string) => `${by} hat es als behoben gemeldet, aber die Prüfung schlägt weiterhin fehl.`,
    resumes: 'Die Eskalation geht weiter.',
  },
});

/** Said to be fixed, and it is not: to the person who said so. */
export const stillFailing = incidentMail('still-failing', (incident, view) => {
  const texts = words(view.language);
  const by = textFact(view.facts, 'by') ?? incident.resolution?.by ?? null;
  const lead = by === null ? texts.still : texts.stillOf(by);
  return callLetter(incident, view, [`${lead} ${texts.resumes}`, state(incident, view)]);
});
