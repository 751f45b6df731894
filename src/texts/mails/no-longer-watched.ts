import { headline } from '../headline.ts';
import { sentences } from '../language.ts';
import { incidentMail } from '../mail-kind.ts';
import { adminName } from '../parts/people.ts';
import { sinceRow } from '../parts/situation.ts';
import { closedTag } from '../parts/tags.ts';

const words = sentences({
  en: {
    gone: 'This is no longer watched, because it was taken out of the configuration.',
    unclear: (mails: string) => `Whether it works again, incidentd cannot tell. No more ${mails} follow about this.`,
    ask: (admin: string) => `Should that be a mistake, ${admin} knows more.`,
  },
  de: {
    gone: 'Das wird nicht mehr überwacht, weil es aus der Konfiguration genommen wurde.',
    unclear: (mails: string) => `Ob es wieder läuft, weiß incidentd nicht. Dazu kommen keine weiteren ${mails}.`,
    ask: (admin: string) => `Sollte das ein Versehen sein, weiß ${admin} mehr.`,
  },
});

/** Its checks left the configuration: to all who were told. Never says "resolved". */
export const noLongerWatched = incidentMail(
  'no-longer-watched',
  (incident, view) => {
    const texts = words(view.language);
    const admin = adminName(view);
    return {
      title: headline(incident, view.language, view.outside),
      lead: [`${texts.gone} ${texts.unclear(view.noun.many)}`, ...(admin === null ? [] : [texts.ask(admin)])],
      rows: [sinceRow(incident, view)],
      sections: [],
    };
  },
  closedTag,
);
