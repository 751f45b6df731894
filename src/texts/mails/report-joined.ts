import { oneLine } from '../clean.ts';
import { sentences } from '../language.ts';
import { incidentMail } from '../mail-kind.ts';
import { receiptLetter } from '../parts/letters.ts';
import { state } from '../parts/state.ts';

const words = sentences({
  en: {
    known: (since: string) => `This has been known since ${since}.`,
    on: (by: string) => `${by} is on it.`,
    nobody: 'The people in charge have been told.',
    number: (id: string, mail: string) => `The number is ${id}; a ${mail} follows at the end.`,
  },
  de: {
    known: (since: string) => `Das ist seit ${since} bekannt.`,
    on: (by: string) => `${by} kümmert sich schon darum.`,
    nobody: 'Die Zuständigen wissen Bescheid.',
    number: (id: string, mail: string) => `Die Nummer ist ${id}; wenn es erledigt ist, kommt eine ${mail}.`,
  },
});

/** What was reported is known already: to the reporter. */
export const reportJoined = incidentMail('report-joined', (incident, view) => {
  const texts = words(view.language);
  const by = incident.acknowledged === null ? texts.nobody : texts.on(oneLine(incident.acknowledged.by, 80));
  const lead = [texts.known(view.time(incident.startedAt)), by, texts.number(incident.id, view.noun.one)].join(' ');
  return receiptLetter(incident, view, [lead, state(incident, view)]);
});
