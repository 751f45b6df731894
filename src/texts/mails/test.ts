import { oneLine } from '../clean.ts';
import { sentences } from '../language.ts';
import { selfMail } from '../mail-kind.ts';
import { isMailChannel, type View } from '../view.ts';

const words = sentences({
  en: {
    subject: 'Test mail',
    lead: (site: string) => `This is a test mail from the monitoring of ${site}. If it can be read, mails arrive here.`,
    message: {
      subject: 'Test message',
      lead: (site: string) => `This is a test message from the monitoring of ${site}. If it can be read, messages arrive here.`,
    },
    nothing: 'Nothing needs to be done.',
  },
  de: {
    subject: 'Testmail',
    lead: (site: string) =>
      `Das ist eine Testmail der Überwachung von ${site}. Wer sie lesen kann, den erreichen auch die anderen Mails.`,
    message: {
      subject: 'Testnachricht',
      lead: (site: string) =>
        `Das ist eine Testnachricht der Überwachung von ${site}. Wer sie lesen kann, den erreichen auch die anderen Nachrichten.`,
    },
    nothing: 'Es ist nichts zu tun.',
  },
});

function textsFor(view: View) {
  const texts = words(view.language);
  return isMailChannel(view.notification.channel) ? texts : texts.message;
}

/** `test-mail`: through the real path. */
export const test = selfMail(
  'test',
  (view) => textsFor(view).subject,
  (view) => ({
    lead: [textsFor(view).lead(oneLine(view.rules.site)), words(view.language).nothing],
    rows: [],
    sections: [],
  }),
);
