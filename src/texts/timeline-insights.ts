import type { TimelineType } from '../core/incident.ts';
import { type RemedyState, remedyStates } from '../core/remedy.ts';
import { listed } from './language.ts';
import { remedyStateWords } from './remedies.ts';
import { checkName, type EntryView } from './timeline-entry.ts';
import { insightWords } from './timeline-insight-words.ts';

type InsightType = Extract<
  TimelineType,
  | 'cause-changed'
  | 'diagnosed'
  | 'recalled'
  | 'affected'
  | 'affected-ended'
  | 'linked'
  | 'flapping-started'
  | 'flapping-ended'
  | 'recurring'
  | 'remedy-started'
  | 'remedy-ended'
  | 'remedies-exhausted'
>;

/** How the steps of an incident read that tell of causes, dependencies and attempts. */
export const insightMakers: Readonly<Record<InsightType, (entry: EntryView) => string>> = {
  'cause-changed': (entry) => insightWords(entry.language).causeChanged(entry.cause, entry.before) + entry.aside,
  diagnosed: (entry) => insightWords(entry.language).diagnosed(checkName(entry.text('check')), entry.cause),
  recalled: (entry) => insightWords(entry.language).recalled(entry.number('seen')),
  affected: (entry) => insightWords(entry.language).affected(...servicesOf(entry)),
  'affected-ended': (entry) => insightWords(entry.language).affectedEnded(...servicesOf(entry), entry.text('into')),
  linked: (entry) => insightWords(entry.language).linked(entry.to),
  'flapping-started': (entry) => insightWords(entry.language).flappingStarted(checkName(entry.text('check'))),
  'flapping-ended': (entry) => insightWords(entry.language).flappingEnded(checkName(entry.text('check'))),
  recurring: (entry) => insightWords(entry.language).recurring(countOf(entry), entry.cause),
  'remedy-started': (entry) => insightWords(entry.language).remedyStarted(entry.text('remedy')),
  'remedy-ended': (entry) =>
    insightWords(entry.language).remedyEnded(entry.text('remedy'), resultOf(entry), entry.text('outcome')) + entry.aside,
  'remedies-exhausted': (entry) => insightWords(entry.language).exhausted,
};

/** The names of one or several services, and whether it is one. */
function servicesOf(entry: EntryView): readonly [names: string | null, isOne: boolean] {
  const several = entry.list('services');
  const names = several.length > 0 ? several : entry.list('service');
  return [names.length === 0 ? null : listed(names, entry.language), names.length < 2];
}

function countOf(entry: EntryView): number | null {
  const count = entry.number('count');
  return count === null || count < 2 ? null : Math.round(count);
}

function resultOf(entry: EntryView): string | null {
  const result = entry.text('result');
  return isState(result) ? remedyStateWords[entry.language][result] : result;
}

function isState(result: string | null): result is RemedyState {
  return (remedyStates as readonly (string | null)[]).includes(result);
}
