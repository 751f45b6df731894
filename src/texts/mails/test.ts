import { oneLine } from '../clean.ts';
import { sentences } from '../language.ts';
import { selfMail } from '../mail-kind.ts';

const words = sentences({
  en: {
    subject: 'Test mail',
    lead: (site: string) => `This is a test mail from the monitoring of ${site}. If it can be read, mails arrive here.`,
    nothing: 'Nothing needs to be done.',
  },
  de: {
    subject: 'Testmail',
    lead: (site: string) =>
      `Das ist eine Testmail der Überwachung von ${site}. Wer sie lesen kann, den erreichen auch die anderen Mails.`,
    nothing: 'Es ist nichts zu tun.',
  },
});

/** `test-mail`: through the real path. */
export const test = selfMail(
  'test',
  (view) => words(view.language).subject,
  (view) => ({
    lead: [words(view.language).lead(oneLine(view.rules.site)), words(view.language).nothing],
    rows: [],
    sections: [],
  }),
);
