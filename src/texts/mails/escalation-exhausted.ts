import { sentences } from '../language.ts';
import { incidentMail } from '../mail-kind.ts';
import { callLetter } from '../parts/letters.ts';
import { state } from '../parts/state.ts';

const words = sentences({
  en: {
    exhausted:
      'All levels have been told and reminded, and nobody has taken this. No more reminders follow; it is up to you now.',
  },
  de: {
    exhausted:
      'Alle Stufen sind benachrichtigt und erinnert worden, und niemand hat übernommen. Weitere Erinnerungen kommen nicht; jetzt muss es von hier aus weitergehen.',
  },
});

/** Nothing is left to escalate to: to the admin. */
export const escalationExhausted = incidentMail('escalation-exhausted', (incident, view) =>
  callLetter(incident, view, [words(view.language).exhausted, state(incident, view)]),
);
