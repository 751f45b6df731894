import { oneLine } from '../clean.ts';
import { numberFact, textFact } from '../facts.ts';
import { sentences } from '../language.ts';
import { incidentMail } from '../mail-kind.ts';
import { newsLetter } from '../parts/letters.ts';
import { state } from '../parts/state.ts';

const words = sentences({
  en: {
    somebody: 'Somebody',
    taken: (by: string) => `${by} is taking care of it.`,
    takenUntil: (by: string, until: string) => `${by} is taking care of it, until ${until} for now.`,
    asked: (by: string) => `${by} has asked for that.`,
  },
  de: {
    somebody: 'Jemand',
    taken: (by: string) => `${by} kümmert sich darum.`,
    takenUntil: (by: string, until: string) => `${by} kümmert sich darum, erst einmal bis ${until}.`,
    asked: (by: string) => `Die Bitte dazu kam von ${by}.`,
  },
});

/** Somebody has it: to all who were told. */
export const taken = incidentMail('taken', (incident, view) => {
  const texts = words(view.language);
  const by = textFact(view.facts, 'by') ?? (oneLine(incident.acknowledged?.by ?? '', 80) || texts.somebody);
  const until = numberFact(view.facts, 'until') ?? incident.acknowledged?.until ?? null;
  const lead = until === null ? texts.taken(by) : texts.takenUntil(by, view.time(until));
  const assignedBy = textFact(view.facts, 'assignedBy');
  const asked = assignedBy === null ? '' : ` ${texts.asked(assignedBy)}`;
  return newsLetter(incident, view, [lead + asked, state(incident, view)]);
});
