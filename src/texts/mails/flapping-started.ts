import { sentences } from '../language.ts';
import { incidentMail } from '../mail-kind.ts';
import { callLetter } from '../parts/letters.ts';
import { state } from '../parts/state.ts';

const words = sentences({
  en: { held: 'The incident stays open until that has ended.' },
  de: { held: 'Der Vorfall bleibt offen, bis das aufhört.' },
});

/** Its check changes too often, so it is held open: to all who were told. */
export const flappingStarted = incidentMail('flapping-started', (incident, view) =>
  callLetter(incident, view, [`${state(incident, view)} ${words(view.language).held}`]),
);
