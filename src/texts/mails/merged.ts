import type { Incident } from '../../core/incident.ts';
import { selfService } from '../../core/rules.ts';
import { oneLine } from '../clean.ts';
import { textFact } from '../facts.ts';
import { headline } from '../headline.ts';
import { capitalized, sentences } from '../language.ts';
import { present } from '../letter.ts';
import { incidentMail, titleOf } from '../mail-kind.ts';
import { causeRow } from '../parts/situation.ts';
import type { View } from '../view.ts';

const words = sentences({
  en: {
    merged: (into: string) => `This is part of a larger trouble and goes on there: ${into}.`,
    unknown: 'This is part of a larger trouble and goes on there.',
    dependency: (service: string, other: string) => `The cause is ${other}, on which ${service} depends.`,
    nothing: (mails: string) =>
      `Nothing needs to be done here any more. ${capitalized(mails)} about it now carry the other number; what is done with this number counts for the other one.`,
  },
  de: {
    merged: (into: string) => `Das gehört zu einer größeren Störung und geht dort weiter: ${into}.`,
    unknown: 'Das gehört zu einer größeren Störung und geht dort weiter.',
    dependency: (service: string, other: string) => `Die Ursache liegt bei ${other}; davon hängt ${service} ab.`,
    nothing: (mails: string) =>
      `Hier ist nichts mehr zu tun. ${mails} dazu tragen jetzt die andere Nummer; was unter dieser Nummer geschieht, gilt auch für die andere.`,
  },
});

/** That it goes on with another service means that this one depends on it; null where that is not so. */
function dependency(incident: Incident, other: Incident, view: View): string | null {
  if (other.service === null || other.service === incident.service || other.service === selfService) return null;
  return words(view.language).dependency(oneLine(incident.serviceName, 80), oneLine(other.serviceName, 80));
}

/** The incident goes on with another one: in its own thread, to all who were told. */
export const merged = incidentMail('merged', (incident, view) => {
  const texts = words(view.language);
  const into = incident.mergedInto ?? textFact(view.facts, 'into');
  const other = view.incidents.find(({ id }) => id === into);
  return {
    title: headline(incident, view.language, view.outside),
    lead: present([
      into === null ? texts.unknown : texts.merged(titleOf(into, view)),
      other === undefined ? null : dependency(incident, other, view),
      texts.nothing(view.noun.many),
    ]),
    rows: present([other === undefined ? null : causeRow(other, view)]),
    sections: [],
  };
});
