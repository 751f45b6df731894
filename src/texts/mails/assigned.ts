import { numberFact, textFact } from '../facts.ts';
import { sentences } from '../language.ts';
import { incidentMail } from '../mail-kind.ts';
import { callLetter } from '../parts/letters.ts';
import { shellWord } from '../parts/people.ts';
import { state } from '../parts/state.ts';

const words = sentences({
  en: {
    somebody: 'Somebody',
    assigned: (by: string) => `${by} has put this into your hands.`,
    until: (until: string) => `Nobody else is disturbed until ${until}.`,
    label: 'If that does not suit',
    release: 'Give it back on the server, and somebody else is asked:',
  },
  de: {
    somebody: 'Jemand',
    assigned: (by: string) => `${by} hat diesen Vorfall hierher übertragen, mit der Bitte, sich darum zu kümmern.`,
    until: (until: string) => `Bis ${until} wird sonst niemand gestört.`,
    label: 'Wenn das nicht passt',
    release: 'Auf dem Server abgeben, dann wird jemand anderes gefragt:',
  },
});

/** Taken on behalf of another: to that person. */
export const assigned = incidentMail('assigned', (incident, view) => {
  const texts = words(view.language);
  const until = numberFact(view.facts, 'until') ?? incident.acknowledged?.until ?? null;
  const lead = [
    texts.assigned(textFact(view.facts, 'by') ?? texts.somebody),
    ...(until === null ? [] : [texts.until(view.time(until))]),
  ];
  const letter = callLetter(incident, view, [lead.join(' '), state(incident, view)]);
  if (view.outside) return letter;
  const code = `incidentd release ${incident.id} --by ${shellWord(view.contact.id)}`;
  return { ...letter, rows: [...letter.rows, { label: texts.label, text: texts.release, code }] };
});
