import type { Incident } from '../../core/incident.ts';
import { numberFact } from '../facts.ts';
import { listed, sentences } from '../language.ts';
import { present } from '../letter.ts';
import { ordinal } from '../ordinal.ts';
import { formatWords } from '../times.ts';
import type { View } from '../view.ts';

const words = sentences({
  en: {
    flapping: (mail: string) => `There will be no ${mail} for each change, but one once it has settled.`,
    recurring: 'This has happened several times within 24 hours.',
    time: (count: number) => `This is the ${ordinal(count)} time within 24 hours.`,
    linked: (ids: string) => `It was explained by ${ids} until then, but goes on after that.`,
    steadySince: (since: string) => `It had been coming and going, and has been steady since ${since}.`,
    steady: 'It had been coming and going, and has been steady since.',
    watched: (length: string, until: string) =>
      `As it kept coming back, its return is watched for longer: what fails again within ${length}, until ${until}, counts as the same incident.`,
    watchedOn: 'As it kept coming back, its return is watched for longer, for 4 hours.',
  },
  de: {
    flapping: (mail: string) => `Damit nicht jedes Mal eine ${mail} kommt, gibt es erst wieder eine, wenn es sich beruhigt hat.`,
    recurring: 'Das ist innerhalb von 24 Stunden schon mehrmals passiert.',
    time: (count: number) => `Das ist schon das ${count}. Mal innerhalb von 24 Stunden.`,
    linked: (ids: string) => `Bisher ließ es sich mit ${ids} erklären; es besteht aber auch danach weiter.`,
    steadySince: (since: string) => `Vorher fiel es immer wieder kurz aus; seit ${since} ist Ruhe.`,
    steady: 'Vorher fiel es immer wieder kurz aus; seither ist Ruhe.',
    watched: (length: string, until: string) =>
      `Weil es immer wiederkam, wird länger darauf geachtet: Fällt es innerhalb von ${length}, also bis ${until}, erneut aus, geht derselbe Vorfall weiter.`,
    watchedOn: 'Weil es immer wiederkam, wird noch 4 Stunden lang darauf geachtet, ob es erneut ausfällt.',
  },
});

/** What is peculiar about an incident that is going on, as one paragraph; null where nothing is. */
export function marks(incident: Incident, view: View): string | null {
  const texts = words(view.language);
  const { flapping, linked } = incident;
  return paragraph([
    flapping ? texts.flapping(view.noun.one) : null,
    recurringMark(incident, view),
    linked.length === 0 ? null : texts.linked(listed(linked, view.language)),
  ]);
}

function recurringMark({ recurring, timeline }: Incident, view: View): string | null {
  if (!recurring) return null;
  const texts = words(view.language);
  const count = numberFact(timeline.findLast(({ type }) => type === 'recurring')?.facts, 'count');
  return count === null || count < 2 ? texts.recurring : texts.time(Math.round(count));
}

/** The same of one that has recovered. */
export function marksAfter(incident: Incident, view: View): string | null {
  return paragraph([steadyMark(incident, view), watchedMark(incident, view)]);
}

function paragraph(sentences: readonly (string | null)[]): string | null {
  return present(sentences).join(' ') || null;
}

function steadyMark({ flapping, timeline }: Incident, view: View): string | null {
  const texts = words(view.language);
  if (!flapping && !timeline.some(({ type }) => type === 'flapping-started')) return null;
  const steady = timeline.findLast(({ type }) => type === 'flapping-ended' || type === 'flapping-started');
  return steady?.type === 'flapping-ended' ? texts.steadySince(view.time(steady.at)) : texts.steady;
}

function watchedMark({ recurring, closeAt, resolvedAt }: Incident, view: View): string | null {
  const texts = words(view.language);
  if (!recurring) return null;
  if (closeAt === null || resolvedAt === null || closeAt <= resolvedAt) return texts.watchedOn;
  return texts.watched(formatWords(closeAt - resolvedAt, view.language), view.time(closeAt));
}
