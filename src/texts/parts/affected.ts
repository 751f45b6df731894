import type { AffectedService, Incident } from '../../core/incident.ts';
import { oneLine } from '../clean.ts';
import { isCutOff } from '../cut-off.ts';
import { listed, sentences } from '../language.ts';
import type { Row, Section } from '../letter.ts';
import { besideText, formatWords } from '../times.ts';
import { isOver, type View } from '../view.ts';
import { impactWords } from '../words.ts';

const words = sentences({
  en: {
    affects: 'Affects',
    withIt: (names: string) => `and with it ${names}`,
    unseen: 'Cannot be seen',
    all: 'Everything that is affected',
    allUnseen: 'Everything that cannot be seen',
    since: (name: string, since: string) => `${name} (since ${since})`,
    affected: 'Affected with it',
    wasUnseen: 'Could not be seen',
    span: (name: string, from: string, to: string, length: string) => `${name}: ${from} to ${to} (${length})`,
    more: (count: number) => `and ${count} more: incidentd show`,
    others: (count: number) => (count === 1 ? 'One more service is affected.' : `${count} more services are affected.`),
    othersUnseen: (count: number) => (count === 1 ? 'One service cannot be seen.' : `${count} services cannot be seen.`),
  },
  de: {
    affects: 'Betroffen',
    withIt: (names: string) => `dazu ${names}`,
    unseen: 'Nicht zu sehen',
    all: 'Alles, was betroffen ist',
    allUnseen: 'Alles, was nicht zu sehen ist',
    since: (name: string, since: string) => `${name} (seit ${since})`,
    affected: 'Mit betroffen',
    wasUnseen: 'War nicht zu sehen',
    span: (name: string, from: string, to: string, length: string) => `${name}: ${from} bis ${to} (${length})`,
    more: (count: number) => `und ${count} weitere: incidentd show`,
    others: (count: number) => (count === 1 ? 'Ein weiterer Dienst ist betroffen.' : `${count} weitere Dienste sind betroffen.`),
    othersUnseen: (count: number) => (count === 1 ? 'Ein Dienst ist nicht zu sehen.' : `${count} Dienste sind nicht zu sehen.`),
  },
});

/** Past this many a row names the first few only, and a section of its own has them all. */
const rowLimit = 5;
const firstFew = 3;
const sectionLimit = 100;

/** For whom: the service, what is affected with it, and how much that hurts. */
export function affectsRow(incident: Incident, view: View): Row {
  const texts = words(view.language);
  const others = namesOf(affectedNow(incident));
  if (isCutOff(incident) && others.length > 0) return { label: texts.unseen, text: few(others, view) };
  const parts = [
    oneLine(incident.serviceName, 80),
    others.length > 0 ? texts.withIt(few(others, view)) : '',
    impactWords[view.language][incident.impact],
  ];
  return { label: texts.affects, text: parts.filter((part) => part !== '').join(', ') };
}

/** All of them, each since when, where the row names only the first few. */
export function affectedSection(incident: Incident, view: View): readonly Section[] {
  const texts = words(view.language);
  const running = affectedNow(incident);
  if (namesOf(running).length <= rowLimit) return [];
  const lines = running.map(({ name, from }) => texts.since(oneLine(name, 80), view.time(from)));
  return [{ title: isCutOff(incident) ? texts.allUnseen : texts.all, lines: bounded(lines, incident, view), as: 'list' }];
}

/** How many others it affects now, as a sentence; null where it is none. */
export function othersAffected(incident: Incident, view: View): string | null {
  const texts = words(view.language);
  const count = isOver(incident) ? 0 : namesOf(affectedNow(incident)).length;
  if (count === 0) return null;
  return isCutOff(incident) ? texts.othersUnseen(count) : texts.others(count);
}

/** What was affected, each with its own from and to; of many the first few. */
export function wasAffectedRow(incident: Incident, view: View): Row | null {
  const texts = words(view.language);
  const { affected } = incident;
  if (affected.length === 0) return null;
  const names =
    affected.length > rowLimit
      ? few(namesOf(affected), view)
      : listed(
          affected.map(({ name, from, to }) =>
            to === null ? oneLine(name, 80) : `${oneLine(name, 80)} (${formatWords(to - from, view.language)})`,
          ),
          view.language,
        );
  return { label: isCutOff(incident) ? texts.wasUnseen : texts.affected, text: names };
}

/** The same in full, where the row names only the first few. */
export function wasAffectedSection(incident: Incident, view: View): readonly Section[] {
  const texts = words(view.language);
  const { affected } = incident;
  if (affected.length <= rowLimit) return [];
  const lines = affected.map((one) => spanOf(one, incident, view));
  return [{ title: isCutOff(incident) ? texts.wasUnseen : texts.affected, lines: bounded(lines, incident, view), as: 'list' }];
}

function spanOf({ name, from, to }: AffectedService, { startedAt }: Incident, view: View): string {
  const texts = words(view.language);
  const time = (at: number) => besideText(at, startedAt, view.timezone, view.language);
  if (to === null) return texts.since(oneLine(name, 80), time(from));
  return texts.span(oneLine(name, 80), time(from), time(to), formatWords(to - from, view.language));
}

/** Those that are affected now; of an incident that is over, all that were. */
function affectedNow(incident: Incident): readonly AffectedService[] {
  return incident.affected.filter(({ to }) => to === null || isOver(incident));
}

function namesOf(services: readonly AffectedService[]): readonly string[] {
  return [...new Set(services.map(({ name }) => oneLine(name, 80)))];
}

function few(names: readonly string[], { language }: View): string {
  return names.length > rowLimit ? listed(names, language, firstFew + 1) : listed(names, language);
}

function bounded(lines: readonly string[], { id }: Incident, view: View): readonly string[] {
  if (lines.length <= sectionLimit) return lines;
  const more = `${words(view.language).more(lines.length - sectionLimit)} ${id}`;
  return [...lines.slice(0, sectionLimit), more];
}
