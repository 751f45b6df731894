import { numberFact } from '../facts.ts';
import { sentences } from '../language.ts';
import { incidentMail } from '../mail-kind.ts';
import { callLetter } from '../parts/letters.ts';
import { state } from '../parts/state.ts';

const words = sentences({
  en: { reminder: (number: number | null) => `Reminder${number === null ? '' : ` ${number}`}: nobody has taken this yet.` },
  de: {
    reminder: (number: number | null) => `${number === null ? '' : `${number}. `}Erinnerung: Das hat noch niemand übernommen.`,
  },
});

/** Still nobody: to a level that was told before. */
export const reminder = incidentMail('reminder', (incident, view) =>
  callLetter(incident, view, [words(view.language).reminder(numberFact(view.facts, 'reminder')), state(incident, view)]),
);
