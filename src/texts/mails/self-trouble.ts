import { oneLine } from '../clean.ts';
import { textFact } from '../facts.ts';
import { type InEach, sentences } from '../language.ts';
import { selfMail } from '../mail-kind.ts';

const words = sentences({
  en: {
    subject: 'Something is wrong with the monitoring itself',
    lead: 'incidentd itself has trouble. It goes on as well as it can, but this needs to be looked at.',
    detail: 'In detail',
    label: 'What to do',
    fix: 'Type this on the server; it shows what works and what does not, and the log says more:',
  },
  de: {
    subject: 'Mit der Überwachung selbst stimmt etwas nicht',
    lead: 'incidentd selbst hat Schwierigkeiten. Es macht weiter, so gut es geht, aber jemand sollte danach sehen.',
    detail: 'Genauer',
    label: 'Was zu tun ist',
    fix: 'Auf dem Server eingeben; das zeigt, was geht und was nicht, und im Log steht mehr dazu:',
  },
});

/** Troubles that the engine names. */
const troubles: InEach<Readonly<Record<string, string>>> = {
  en: {
    'record-not-writable':
      'The record cannot be written to the disk. Mails go out all the same, but a crash now would lose what has happened since.',
    'record-repaired':
      'The record was damaged at the start, and the newest good copy was taken. At most the very last changes are missing.',
    'event-skipped': 'Something could not be processed and was passed over. That is a defect of incidentd; please report it.',
  },
  de: {
    'record-not-writable':
      'Der Stand lässt sich nicht auf die Platte schreiben. Mails gehen trotzdem hinaus, aber bei einem Absturz wäre verloren, was seitdem geschehen ist.',
    'record-repaired':
      'Beim Start war der gespeicherte Stand beschädigt, deshalb gilt die neueste gute Kopie. Es fehlen höchstens die allerletzten Änderungen.',
    'event-skipped': 'Etwas ließ sich nicht verarbeiten und wurde übergangen. Das ist ein Fehler in incidentd; bitte melden.',
  },
};

/** incidentd is not well: to the admin. */
export const selfTrouble = selfMail(
  'self-trouble',
  (view) => words(view.language).subject,
  (view) => {
    const texts = words(view.language);
    const what = troubles[view.language][textFact(view.facts, 'what') ?? ''];
    const detail = oneLine(String(view.facts.detail ?? ''), 1000);
    return {
      lead: [texts.lead, ...(what === undefined ? [] : [what])],
      rows: [{ label: texts.label, text: texts.fix, code: 'incidentd status' }],
      sections: detail === '' ? [] : [{ title: texts.detail, lines: [detail], as: 'list' }],
    };
  },
);
