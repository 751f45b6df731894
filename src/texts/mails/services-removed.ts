import { listFact } from '../facts.ts';
import { listed, sentences } from '../language.ts';
import { selfMail } from '../mail-kind.ts';

const words = sentences({
  en: {
    subject: (names: string) => `No longer watched: ${names}`,
    some: 'some services',
    lead: 'These services are no longer in the configuration, so nobody is told any more when they fail.',
    mistake: 'If that was meant, nothing needs to be done. If not, put them back into the file; it is read again by itself.',
    services: 'Services',
  },
  de: {
    subject: (names: string) => `Nicht mehr überwacht: ${names}`,
    some: 'einige Dienste',
    lead: 'Diese Dienste stehen nicht mehr in der Konfiguration; fallen sie aus, erfährt es also niemand mehr.',
    mistake:
      'War das Absicht, ist nichts zu tun. Wenn nicht, einfach wieder in die Datei eintragen; sie wird von selbst neu gelesen.',
    services: 'Dienste',
  },
});

/** A reload took services away: to the admin, with the list. */
export const servicesRemoved = selfMail(
  'services-removed',
  (view) => {
    const names = listFact(view.facts, 'services');
    return words(view.language).subject(names.length === 0 ? words(view.language).some : listed(names, view.language, 4));
  },
  (view) => {
    const texts = words(view.language);
    const names = listFact(view.facts, 'services');
    return {
      lead: [texts.lead, texts.mistake],
      rows: [],
      sections: names.length === 0 ? [] : [{ title: texts.services, lines: names.slice(0, 100), as: 'list' }],
    };
  },
);
