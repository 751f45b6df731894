import { incidentMail } from '../mail-kind.ts';
import { callLetter } from '../parts/letters.ts';
import { state } from '../parts/state.ts';

/** . */
export const flappingStarted = incidentMail('flapping-started', (incident, view) =>
  callLetter(incident, view, [state(incident, view)]),
);
