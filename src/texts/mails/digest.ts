import { sentences } from '../language.ts';
import type { MailKind } from '../mail-kind.ts';
import { incidentList } from '../parts/incident-list.ts';
import { opened } from './opened.ts';

const words = sentences({
  en: {
    lead: (mails: string) =>
      `This is the state of things that are not urgent, or about which enough single ${mails} have been sent in the last hour.`,
  },
  de: {
    lead: (mails: string) =>
      `So steht es um alles, was nicht eilt oder wozu es in der letzten Stunde schon genug einzelne ${mails} gab.`,
  },
});

/** What waited for office hours or for the hourly limit, in one mail. */
export const digest: MailKind = {
  kind: 'digest',
  letter: (view) => {
    if (view.incidents.length === 1) return opened.letter(view);
    const texts = words(view.language);
    return { title: view.noun.digest, lead: [texts.lead(view.noun.many)], ...incidentList(view) };
  },
};
