import { receiptPrefix } from '../../core/parts/notify.ts';
import { sentences } from '../language.ts';
import { incidentMail } from '../mail-kind.ts';
import { callLetter, receiptLetter } from '../parts/letters.ts';
import { reportWords, state } from '../parts/state.ts';

const words = sentences({
  en: {
    thanks: (id: string) => `Thank you for the report. Its number is ${id}.`,
    end: (mail: string) => `The people in charge have been told; a ${mail} follows at the end.`,
  },
  de: {
    thanks: (id: string) => `Danke für die Meldung. Sie hat die Nummer ${id}.`,
    end: (mail: string) => `Die Zuständigen wissen Bescheid; wenn es erledigt ist, kommt eine ${mail}.`,
  },
});

/** A person has reported something: to the first level, and to the reporter as a receipt with the number. */
export const reported = incidentMail('reported', (incident, view) => {
  const texts = words(view.language);
  const said = reportWords(incident, view);
  const told = [state(incident, view), ...(said === null ? [] : [said])];
  const thanks = incident.reporters.includes(view.contact.id) ? [texts.thanks(incident.id)] : [];
  if (!view.notification.reason.startsWith(receiptPrefix)) return callLetter(incident, view, [...thanks, ...told]);
  return receiptLetter(incident, view, [`${texts.thanks(incident.id)} ${texts.end(view.noun.one)}`, ...told]);
});
