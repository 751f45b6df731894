import { numberFact, textFact } from '../facts.ts';
import { quoted, sentences } from '../language.ts';
import { present } from '../letter.ts';
import { selfMail } from '../mail-kind.ts';
import { isMailChannel, type View } from '../view.ts';

const words = sentences({
  en: {
    subject: (who: string) => `Mails to ${who} are refused`,
    somebody: 'a contact',
    lead: (who: string) => `The mail server refuses mails to ${who} for good, so this contact hears nothing at the moment.`,
    others: 'Incidents are passed on to the next person meanwhile.',
    answer: 'The server said',
    again: 'Tried again',
    from: (time: string) => `With the first message after a change of the configuration, else from ${time}.`,
    label: 'What to do',
    fix: 'Correct the address in the configuration, or ask whoever runs the mail server. Then try it:',
    other: {
      subject: (who: string) => `Messages to ${who} are refused`,
      lead: (who: string) => `Messages to ${who} are refused for good, so nothing arrives there at the moment.`,
      others: 'Incidents are passed on to the next person meanwhile, unless this contact is reached in another way.',
      answer: 'The answer was',
      label: 'What to do',
      fix: 'Correct this way in the configuration, or ask whoever runs the other side. Then try it:',
    },
  },
  de: {
    subject: (who: string) => `Mails an ${who} werden abgelehnt`,
    somebody: 'einen Kontakt',
    lead: (who: string) => `Der Mailserver lehnt Mails an ${who} endgültig ab; dieser Kontakt erfährt zurzeit also nichts.`,
    others: 'Vorfälle gehen solange an die Nächsten in der Reihe.',
    answer: 'Antwort des Servers',
    again: 'Nächster Versuch',
    from: (time: string) => `Mit der ersten Nachricht nach einer Änderung der Konfiguration, sonst ab ${time}.`,
    label: 'Was zu tun ist',
    fix: 'Die Adresse in der Konfiguration berichtigen oder beim Betreiber des Mailservers nachfragen. Danach ausprobieren:',
    other: {
      subject: (who: string) => `Nachrichten an ${who} werden abgelehnt`,
      lead: (who: string) => `Nachrichten an ${who} werden endgültig abgelehnt; dort kommt zurzeit also nichts an.`,
      others: 'Vorfälle gehen solange an die Nächsten in der Reihe, wenn dieser Kontakt nicht auf anderem Weg erreicht wird.',
      answer: 'Die Antwort war',
      label: 'Was zu tun ist',
      fix: 'Diesen Weg in der Konfiguration berichtigen oder beim Betreiber der Gegenseite nachfragen. Danach ausprobieren:',
    },
  },
});

/** The id of a channel other than mail; null for mail. */
function otherWay(view: View): string | null {
  const channel = textFact(view.facts, 'channel');
  return channel === null || isMailChannel(channel) ? null : channel;
}

function textsFor(view: View) {
  const texts = words(view.language);
  return otherWay(view) === null ? texts : texts.other;
}

/** `firm`, or `firm (webhook)` */
function contactOf(view: View): string | null {
  const contact = textFact(view.facts, 'contact');
  const way = otherWay(view);
  return contact === null || way === null ? contact : `${contact} (${way})`;
}

/** `firm (support@firm.example)`, or `firm (webhook, https://hooks.firm.example)` */
function who(view: View): string {
  const contact = textFact(view.facts, 'contact');
  const way = [otherWay(view), textFact(view.facts, 'recipient')].filter((part) => part !== null).join(', ');
  if (contact !== null && way !== '') return `${contact} (${way})`;
  return contact ?? (way === '' ? words(view.language).somebody : way);
}

/** A recipient is refused for good: to the admin. */
export const recipientRefused = selfMail(
  'recipient-refused',
  (view) => textsFor(view).subject(contactOf(view) ?? who(view)),
  (view) => {
    const texts = textsFor(view);
    const response = textFact(view.facts, 'response');
    const until = numberFact(view.facts, 'until');
    const { again, from } = words(view.language);
    const code = `incidentd test-mail ${textFact(view.facts, 'contact') ?? ''}`.trim();
    return {
      lead: [texts.lead(who(view)), texts.others],
      rows: present([
        response === null ? null : { label: texts.answer, text: quoted(response, view.language) },
        { label: texts.label, text: texts.fix, code },
        until === null ? null : { label: again, text: from(view.time(until)) },
      ]),
      sections: [],
    };
  },
);
