import type { Incident } from '../../core/incident.ts';
import { causeText } from '../causes.ts';
import { oneLine } from '../clean.ts';
import { isCutOff } from '../cut-off.ts';
import { listFact } from '../facts.ts';
import { asSentence, listed, sentences } from '../language.ts';
import { type Letter, present, type Row, type Section } from '../letter.ts';
import { formatWords } from '../times.ts';
import { endingOf, type View } from '../view.ts';
import { wasAffectedRow, wasAffectedSection } from './affected.ts';
import { course } from './course.ts';
import { lookedSection } from './looked.ts';
import { actedRow, failedRow, toldRow } from './record.ts';
import { evidence } from './situation.ts';
import { targetRows } from './targets.ts';
import { fixedByItselfRow, remedyRows } from './tried.ts';

const words = sentences({
  en: {
    began: 'Began',
    ended: 'Working again',
    closed: 'Closed by hand',
    handled: 'Dealt with',
    downtime: 'Downtime',
    noDowntime: 'None; it was impaired, not down.',
    cause: 'Cause',
    fix: 'What helped',
    cost: 'Cost',
    costs: (total: string, rate: string) => `about ${total} (${rate} an hour)`,
    remaining: 'Not yet quite right',
    goesOn: 'This goes on as a warning of its own.',
    goesOnAs: (ids: string) => `This goes on as ${ids}.`,
  },
  de: {
    began: 'Beginn',
    ended: 'Läuft wieder seit',
    closed: 'Von Hand abgeschlossen',
    handled: 'Erledigt',
    downtime: 'Ausfallzeit',
    noDowntime: 'Keine; es war eingeschränkt, aber nicht ausgefallen.',
    cause: 'Ursache',
    fix: 'Was geholfen hat',
    cost: 'Kosten',
    costs: (total: string, rate: string) => `etwa ${total} (${rate} je Stunde)`,
    remaining: 'Noch nicht ganz in Ordnung',
    goesOn: 'Das läuft als eigene Warnung weiter.',
    goesOnAs: (ids: string) => `Das läuft als ${ids} weiter.`,
  },
});

/** The written record of an incident that is over: when, what, cause, measures, who was told, who acted, what it cost. */
export function report(incident: Incident, view: View): Pick<Letter, 'rows' | 'sections'> {
  return {
    rows: [
      ...times(incident, view),
      ...(view.outside ? [] : targetRows(incident, view)),
      ...reasons(incident, view),
      ...present([actedRow(incident, view), toldRow(view), failedRow(view)]),
    ],
    sections: [
      ...remaining(view),
      ...wasAffectedSection(incident, view),
      ...course(incident, view),
      ...lookedSection(incident, view),
      ...evidence(incident, view),
    ],
  };
}

function times(incident: Incident, view: View): readonly Row[] {
  const texts = words(view.language);
  const end = incident.recoveredAt ?? incident.resolvedAt ?? incident.closedAt;
  const isReport = incident.kind === 'report';
  const isForced = endingOf(incident) === 'closed-by-force';
  const downtime = incident.downtimeMs >= 1000 ? formatWords(incident.downtimeMs, view.language) : texts.noDowntime;
  return present([
    { label: texts.began, text: view.time(incident.startedAt) },
    end === null ? null : { label: isReport ? texts.handled : isForced ? texts.closed : texts.ended, text: view.time(end) },
    (isReport || isCutOff(incident)) && incident.downtimeMs < 1000 ? null : { label: texts.downtime, text: downtime },
    costRow(incident, view),
    wasAffectedRow(incident, view),
  ]);
}

function costRow(incident: Incident, view: View): Row | null {
  if (incident.costPerHour === null || incident.downtimeMs < 1000) return null;
  const texts = words(view.language);
  const cost = (incident.costPerHour * incident.downtimeMs) / 3_600_000;
  return { label: texts.cost, text: texts.costs(amount(cost, view), amount(incident.costPerHour, view)) };
}

function amount(value: number, view: View): string {
  return new Intl.NumberFormat(view.language, { maximumFractionDigits: value < 100 ? 2 : 0 }).format(value);
}

function reasons(incident: Incident, view: View): readonly Row[] {
  const texts = words(view.language);
  const { cause: seen } = incident;
  const said = view.outside ? null : incident.resolution;
  const found = seen.code === 'reported' || isCutOff(incident) ? null : asSentence(causeText(seen, view.language));
  const cause = said?.cause === undefined ? found : oneLine(said.cause, 500);
  return present([
    cause === null ? null : { label: texts.cause, text: cause },
    said?.fix === undefined ? null : { label: texts.fix, text: oneLine(said.fix, 500) },
    fixedByItselfRow(incident, view),
    ...remedyRows(incident, view),
  ]);
}

function remaining(view: View): readonly Section[] {
  const texts = words(view.language);
  const checks = listFact(view.facts, 'remaining');
  if (checks.length === 0) return [];
  const ids = view.incidents.slice(1).map(({ id }) => id);
  const goesOn = ids.length === 0 ? texts.goesOn : texts.goesOnAs(listed(ids, view.language));
  return [{ title: texts.remaining, lines: [...checks, goesOn], as: 'list' }];
}
