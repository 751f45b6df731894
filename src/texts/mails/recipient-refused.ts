import { textFact } from '../facts.ts';
import { quoted, sentences } from '../language.ts';
import { present } from '../letter.ts';
import { selfMail } from '../mail-kind.ts';
import type { View } from '../view.ts';

const words = sentences({
  en: {
    subject: (who: string) => `Mails to ${who} are refused`,
    somebody: 'a contact',
    lead: (who: string) => `The mail server refuses mails to ${who} for good, so this contact hears nothing at the moment.`,
    others: 'Incidents are passed on to the next person meanwhile.',
    answer: 'The server said',
    label: 'What to do',
    fix: 'Correct the address in the configuration, or ask whoever runs the mail server. Then try it:',
  },
  de: {
    subject: (who: string) => `Mails an ${who} werden abgelehnt`,
    somebody: 'einen Kontakt',
    lead: (who: string) => `Der Mailserver lehnt Mails an ${who} endgültig ab; dieser Kontakt erfährt zurzeit also nichts.`,
    others: 'Vorfälle gehen solange an die Nächsten in der Reihe.',
    answer: 'Antwort des Servers',
    label: 'Was zu tun ist',
    fix: 'Die Adresse in der Konfiguration berichtigen oder beim Betreiber des Mailservers nachfragen. Danach ausprobieren:',
  },
});

function who(view: View): string {
  const contact = textFact(view.facts, 'contact');
  const address = textFact(view.facts, 'recipient');
  if (contact !== null && address !== null) return `${contact} (${address})`;
  return contact ?? address ?? words(view.language).somebody;
}

/** A server refuses a recipient for good: to the admin. */
export const recipientRefused = selfMail(
  'recipient-refused',
  (view) => words(view.language).subject(textFact(view.facts, 'contact') ?? who(view)),
  (view) => {
    const texts = words(view.language);
    const response = textFact(view.facts, 'response');
    const code = `incidentd test-mail ${textFact(view.facts, 'contact') ?? ''}`.trim();
    return {
      lead: [texts.lead(who(view)), texts.others],
      rows: present([
        response === null ? null : { label: texts.answer, text: quoted(response, view.language) },
        { label: texts.label, text: texts.fix, code },
      ]),
      sections: [],
    };
  },
);
