import { sentences } from '../language.ts';
import type { Row } from '../letter.ts';
import { incidentMail } from '../mail-kind.ts';
import { callLetter } from '../parts/letters.ts';
import { shellWord } from '../parts/people.ts';
import { reportWords, state } from '../parts/state.ts';

const words = sentences({
  en: {
    silent: (since: string) => `Nobody has done anything about this report since ${since}. What has become of it?`,
    done: 'It is done',
    type: 'Type this on the server, in your own words:',
    goesOn: 'It goes on',
    note: 'A note is enough, then this question rests for a while:',
    fix: 'what was done',
    text: 'how it stands',
  },
  de: {
    silent: (since: string) => `Seit ${since} hat sich bei dieser Meldung nichts getan. Was ist daraus geworden?`,
    done: 'Erledigt',
    type: 'Auf dem Server eingeben, in eigenen Worten:',
    goesOn: 'Geht noch weiter',
    note: 'Eine Notiz genügt, dann ruht die Frage erst einmal:',
    fix: 'was getan wurde',
    text: 'wie es steht',
  },
});

/** A report on which nobody has acted for days: to the owner. */
export const reportUnanswered = incidentMail('report-unanswered', (incident, view) => {
  const texts = words(view.language);
  const said = reportWords(incident, view);
  const letter = callLetter(incident, view, [
    texts.silent(view.time(incident.lastActAt)),
    state(incident, view),
    ...(said === null ? [] : [said]),
  ]);
  if (view.outside) return letter;
  const by = shellWord(view.contact.id);
  const rows: readonly Row[] = [
    { label: texts.done, text: texts.type, code: `incidentd resolve ${incident.id} --fix '${texts.fix}' --by ${by}` },
    { label: texts.goesOn, text: texts.note, code: `incidentd note ${incident.id} '${texts.text}' --by ${by}` },
  ];
  return { ...letter, rows: [...rows, ...letter.rows] };
});
