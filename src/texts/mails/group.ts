import { sentences } from '../language.ts';
import type { MailKind } from '../mail-kind.ts';
import { incidentList } from '../parts/incident-list.ts';
import { opened } from './opened.ts';

const words = sentences({
  en: {
    title: (count: number) => `${count} incidents at once`,
    lead: 'Several things have failed within a short time. Often they have one cause in common.',
  },
  de: {
    title: (count: number) => `${count} Vorfälle auf einmal`,
    lead: 'Kurz hintereinander ist mehreres ausgefallen. Oft steckt eine gemeinsame Ursache dahinter.',
  },
});

/** Openings of a storm in one mail: the root of each incident's thread. */
export const group: MailKind = {
  kind: 'group',
  letter: (view) => {
    if (view.incidents.length < 2) return opened.letter(view);
    const texts = words(view.language);
    return { title: texts.title(view.incidents.length), lead: [texts.lead], ...incidentList(view) };
  },
};
