import { listFact, numberFact } from '../facts.ts';
import { listed, sentences } from '../language.ts';
import { incidentMail } from '../mail-kind.ts';
import { callLetter } from '../parts/letters.ts';
import { state } from '../parts/state.ts';

const words = sentences({
  en: {
    nobody: (_mail: string) => 'Nobody has taken this so far, so it comes to you now.',
    level: (level: number) => `This is level ${level} of the escalation.`,
    skipped: (levels: string, mail: string) => `This ${mail} stands for level ${levels} as well.`,
  },
  de: {
    nobody: (mail: string) => `Bisher hat das niemand übernommen, deshalb kommt jetzt diese ${mail}.`,
    level: (level: number) => `Das ist Stufe ${level} der Eskalation.`,
    skipped: (levels: string, mail: string) => `Diese ${mail} gilt zugleich für Stufe ${levels}.`,
  },
});

/** Nobody has taken it: to the next level. */
export const escalated = incidentMail('escalated', (incident, view) => {
  const texts = words(view.language);
  const { one } = view.noun;
  const level = numberFact(view.facts, 'level');
  const skipped = listFact(view.facts, 'skipped');
  const why = [
    texts.nobody(one),
    ...(level === null ? [] : [texts.level(level)]),
    ...(skipped.length === 0 ? [] : [texts.skipped(listed(skipped, view.language), one)]),
  ];
  return callLetter(incident, view, [state(incident, view), why.join(' ')]);
});
