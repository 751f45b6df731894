import { listFact } from '../facts.ts';
import { sentences } from '../language.ts';
import { selfMail } from '../mail-kind.ts';

const words = sentences({
  en: {
    subject: (count: number) =>
      count > 0 ? `New configuration rejected: ${count} ${count === 1 ? 'mistake' : 'mistakes'}` : 'New configuration rejected',
    lead: 'The changed configuration has mistakes, so the old one stays in force. Everything is watched as before.',
    what: 'Mistakes',
    label: 'What to do',
    fix: 'Correct the file; it is read again by itself. This checks it beforehand:',
  },
  de: {
    subject: (count: number) => `Neue Konfiguration abgelehnt${count > 0 ? `: ${count} Fehler` : ''}`,
    lead: 'In der geänderten Konfiguration stecken Fehler, deshalb gilt die alte weiter. Alles wird überwacht wie bisher.',
    what: 'Fehler',
    label: 'Was zu tun ist',
    fix: 'Die Datei berichtigen; sie wird von selbst neu gelesen. Vorab prüfen lässt sie sich so:',
  },
});

/** A reload was refused: to the admin, once. */
export const configurationRejected = selfMail(
  'configuration-rejected',
  (view) => words(view.language).subject(listFact(view.facts, 'problems').length),
  (view) => {
    const texts = words(view.language);
    const problems = listFact(view.facts, 'problems').slice(0, 50);
    return {
      lead: [texts.lead],
      rows: [{ label: texts.label, text: texts.fix, code: 'incidentd validate' }],
      sections: problems.length === 0 ? [] : [{ title: texts.what, lines: problems, as: 'list' }],
    };
  },
);
