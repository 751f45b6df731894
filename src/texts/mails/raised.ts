import { textFact } from '../facts.ts';
import { sentences } from '../language.ts';
import { incidentMail } from '../mail-kind.ts';
import { callLetter } from '../parts/letters.ts';
import { state } from '../parts/state.ts';
import { priorityWords, severityWords } from '../words.ts';

const words = sentences({
  en: {
    raised: (to: string) => `This has become more urgent: ${to}.`,
    raisedFrom: (from: string, to: string) => `This has become more urgent, from ${from} to ${to}.`,
    now: (severity: string) => `It is now a ${severity}.`,
    ended: 'You had taken it; that has ended, since it got worse: please take it again, or others are called.',
  },
  de: {
    raised: (to: string) => `Das ist dringender geworden: ${to}.`,
    raisedFrom: (from: string, to: string) => `Das ist dringender geworden, von ${from} zu ${to}.`,
    now: (severity: string) => `Jetzt: ${severity}.`,
    ended: 'Die Übernahme gilt nicht mehr, weil es schlimmer geworden ist. Ohne eine neue werden andere gerufen.',
  },
});

/** The priority rose: to all who were told. */
export const raised = incidentMail('raised', (incident, view) => {
  const texts = words(view.language);
  const from = textFact(view.facts, 'from');
  const to = priorityWords[view.language][incident.priority];
  const rise = from === null ? texts.raised(to) : texts.raisedFrom(from, to);
  return callLetter(incident, view, [
    `${rise} ${texts.now(severityWords[view.language][incident.severity])}`,
    ...(textFact(view.facts, 'by') === null ? [] : [texts.ended]),
    state(incident, view),
  ]);
});
