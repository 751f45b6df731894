import { textFact } from '../facts.ts';
import { sentences } from '../language.ts';
import { incidentMail } from '../mail-kind.ts';
import { callLetter } from '../parts/letters.ts';
import { state } from '../parts/state.ts';

const words = sentences({
  en: {
    over: 'The time that was taken for this is over, and it is not resolved.',
    overOf: (by: string) => `The time that ${by} had taken for this is over, and it is not resolved.`,
  },
  de: {
    over: 'Die Zeit, die sich jemand dafür genommen hatte, ist um, und es ist noch nicht behoben.',
    overOf: (by: string) => `Die Zeit, die sich ${by} dafür genommen hatte, ist um, und es ist noch nicht behoben.`,
  },
});

/** An acknowledgement ended unresolved: to the level reached. */
export const acknowledgementEnded = incidentMail('acknowledgement-ended', (incident, view) => {
  const texts = words(view.language);
  const by = textFact(view.facts, 'by');
  return callLetter(incident, view, [by === null ? texts.over : texts.overOf(by), state(incident, view)]);
});
