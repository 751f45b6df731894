import { incidentMail } from '../mail-kind.ts';
import { callLetter } from '../parts/letters.ts';
import { reportWords, state } from '../parts/state.ts';

/** Something is wrong: to the first level. */
export const opened = incidentMail('opened', (incident, view) => {
  const said = reportWords(incident, view);
  return callLetter(incident, view, [state(incident, view), ...(said === null ? [] : [said])]);
});
