import { sentences } from '../language.ts';
import { incidentMail } from '../mail-kind.ts';
import { callLetter } from '../parts/letters.ts';
import { reportWords, state } from '../parts/state.ts';

const words = sentences({
  en: { thanks: (id: string) => `Thank you for the report. Its number is ${id}.` },
  de: { thanks: (id: string) => `Danke für die Meldung. Sie hat die Nummer ${id}.` },
});

/** A person has reported something: to the first level, the reporter among them thanked. */
export const reported = incidentMail('reported', (incident, view) => {
  const thanks = incident.reporters.includes(view.contact.id) ? [words(view.language).thanks(incident.id)] : [];
  const said = reportWords(incident, view);
  return callLetter(incident, view, [...thanks, state(incident, view), ...(said === null ? [] : [said])]);
});
