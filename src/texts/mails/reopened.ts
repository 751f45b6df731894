import { sentences } from '../language.ts';
import { incidentMail } from '../mail-kind.ts';
import { callLetter } from '../parts/letters.ts';
import { state } from '../parts/state.ts';

const words = sentences({
  en: {
    again: 'It has failed again shortly after it was back, so the same incident goes on.',
    time: (count: number) => `This is time ${count}.`,
  },
  de: {
    again: 'Kaum lief es wieder, ist es erneut ausgefallen; deshalb geht derselbe Vorfall weiter.',
    time: (count: number) => `Das ist das ${count}. Mal.`,
  },
});

/** Failed again after it was resolved: to all who were told. */
export const reopened = incidentMail('reopened', (incident, view) => {
  const texts = words(view.language);
  const count = incident.episode > 1 ? ` ${texts.time(incident.episode)}` : '';
  return callLetter(incident, view, [texts.again + count, state(incident, view)]);
});
