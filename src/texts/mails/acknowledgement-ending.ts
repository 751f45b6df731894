import { numberFact } from '../facts.ts';
import { sentences } from '../language.ts';
import { incidentMail } from '../mail-kind.ts';
import { newsLetter } from '../parts/letters.ts';
import { shellWord } from '../parts/people.ts';
import { state } from '../parts/state.ts';

const words = sentences({
  en: {
    ending: (until: string) => `The time taken for this ends ${until}. Is more needed?`,
    soon: 'soon',
    label: 'I need longer',
    extend: 'Type this on the server, with the time that it takes:',
    otherwise: 'Otherwise the others are told again after that.',
  },
  de: {
    ending: (until: string) => `Die dafür genommene Zeit endet ${until}. Reicht sie?`,
    soon: 'bald',
    label: 'Es dauert länger',
    extend: 'Auf dem Server eingeben, mit der Zeit, die es noch braucht:',
    otherwise: 'Sonst bekommen danach die anderen wieder Bescheid.',
  },
});

/** The taker is asked, shortly before the end. */
export const acknowledgementEnding = incidentMail('acknowledgement-ending', (incident, view) => {
  const texts = words(view.language);
  const until = numberFact(view.facts, 'until') ?? incident.acknowledged?.until ?? null;
  const ending = texts.ending(until === null ? texts.soon : view.time(until));
  const letter = newsLetter(incident, view, [`${ending} ${texts.otherwise}`, state(incident, view)]);
  if (view.outside) return letter;
  const code = `incidentd ack ${incident.id} --for 2h --by ${shellWord(view.contact.id)}`;
  return { ...letter, rows: [{ label: texts.label, text: texts.extend, code }, ...letter.rows] };
});
