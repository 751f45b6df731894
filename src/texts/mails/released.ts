import { textFact } from '../facts.ts';
import { sentences } from '../language.ts';
import { incidentMail } from '../mail-kind.ts';
import { callLetter } from '../parts/letters.ts';
import { state } from '../parts/state.ts';

const words = sentences({
  en: { somebody: 'Somebody', released: (by: string) => `${by} has given this back, so it needs somebody else.` },
  de: { somebody: 'Jemand', released: (by: string) => `${by} hat das wieder abgegeben, jetzt wird jemand anderes gebraucht.` },
});

/** The one who had it gave it back: to all who were told. */
export const released = incidentMail('released', (incident, view) => {
  const texts = words(view.language);
  const by = textFact(view.facts, 'by') ?? texts.somebody;
  return callLetter(incident, view, [texts.released(by), state(incident, view)]);
});
