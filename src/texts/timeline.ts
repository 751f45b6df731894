import type { TimelineEntry, TimelineType } from '../core/incident.ts';
import { type CauseCode, causeCodes } from '../core/observation.ts';
import type { Language } from '../core/rules.ts';
import { causeText } from './causes.ts';
import { oneLine } from './clean.ts';
import { listFact, numberFact, textFact } from './facts.ts';
import { listed, quoted } from './language.ts';
import { type TimelineWords, timelineWords } from './timeline-words.ts';
import { besideText, formatWords } from './times.ts';

/** What happened, as one sentence without the time: for the log of an incident. */
export function timelineText(entry: TimelineEntry, language: Language, timezone: string): string {
  const words = timelineWords(language);
  return makers[entry.type](view(entry, language, timezone), words);
}

/** An entry's facts as texts, absent ones null. */
interface EntryView {
  /** Who acted, or "somebody". */
  readonly by: string;
  readonly actor: string | null;
  /** `: “…”`, or nothing. */
  readonly said: string;
  /** The same after a cause: ` – “…”`. */
  readonly aside: string;
  readonly to: string | null;
  readonly until: string | null;
  /** The cause in words, for a fact `code`. */
  readonly cause: string | null;
  /** The length from fact `from` to fact `to`. */
  readonly gap: string | null;
  text(name: string): string | null;
  number(name: string): number | null;
}

function view(entry: TimelineEntry, language: Language, timezone: string): EntryView {
  const { facts } = entry;
  const actor = oneLine(entry.by ?? '', 80) || null;
  const text = oneLine(entry.text ?? '', 500);
  const to = listFact(facts, 'to');
  const until = numberFact(facts, 'until');
  const code = textFact(facts, 'code');
  return {
    by: actor ?? timelineWords(language).somebody,
    actor,
    said: text === '' ? '' : `: ${quoted(text, language)}`,
    aside: text === '' ? '' : ` – ${quoted(text, language)}`,
    to: to.length === 0 ? null : listed(to, language),
    until: until === null ? null : besideText(until, entry.at, timezone, language),
    cause: isCause(code) ? causeText({ ...entry, code }, language) : null,
    gap: gapOf(numberFact(facts, 'from'), numberFact(facts, 'to'), language),
    text: (name) => textFact(facts, name),
    number: (name) => numberFact(facts, name),
  };
}

function gapOf(from: number | null, to: number | null, language: Language): string | null {
  return from === null || to === null || to <= from ? null : formatWords(to - from, language);
}

function isCause(code: string | null): code is CauseCode {
  return (causeCodes as readonly (string | null)[]).includes(code);
}

type Maker = (entry: EntryView, words: TimelineWords) => string;

const makers: Readonly<Record<TimelineType, Maker>> = {
  opened: (entry, words) => words.opened(entry.text('priority'), entry.cause) + entry.aside,
  reported: (entry, words) => words.reported(entry.by) + entry.said,
  joined: (entry, words) => words.joined(entry.by) + entry.said,
  'check-failed': (entry, words) => words.checkFailed(checkName(entry.text('check')), entry.cause) + entry.aside,
  'check-recovered': (entry, words) => checkRecovered(entry, words) + entry.said,
  'cause-changed': (entry, words) => words.causeChanged(entry.cause),
  diagnosed: (entry, words) => words.diagnosed(entry.cause),
  recalled: (_, words) => words.recalled,
  affected: (entry, words) => words.affected(entry.text('service')),
  'affected-ended': (entry, words) => words.affectedEnded(entry.text('service')),
  linked: (entry, words) => words.linked(entry.text('to')),
  'flapping-started': (_, words) => words.flappingStarted,
  'flapping-ended': (_, words) => words.flappingEnded,
  recurring: (_, words) => words.recurring,
  'remedy-started': (entry, words) => words.remedyStarted(entry.text('remedy')),
  'remedy-ended': (entry, words) => words.remedyEnded(entry.text('remedy'), entry.text('result')),
  'remedies-exhausted': (_, words) => words.remediesExhausted,
  escalated: (entry, words) => words.escalated(entry.number('level'), entry.to, entry.text('with')),
  reminded: (entry, words) =>
    entry.text('why') === 'unanswered'
      ? words.asked(entry.to)
      : words.reminded(entry.number('number'), entry.number('level'), entry.to),
  'level-skipped': (entry, words) => words.levelSkipped(entry.number('level'), entry.text('why')),
  'escalation-exhausted': (_, words) => words.exhausted,
  acknowledged: (entry, words) => words.acknowledged(entry.by, entry.until),
  'acknowledgement-ended': (entry, words) => words.acknowledgementEnded(entry.actor, entry.text('why') === 'severity-risen'),
  released: (entry, words) => words.released(entry.by),
  assigned: (entry, words) => words.assigned(entry.by, entry.to, entry.until),
  noted: (entry, words) => words.noted(entry.by) + entry.said,
  'priority-changed': (entry, words) => words.priorityChanged(entry.text('from'), entry.text('to')),
  recovering: (_, words) => words.recovering,
  relapsed: (entry, words) => words.relapsed + entry.aside,
  'resolution-recorded': (entry, words) =>
    words.resolutionRecorded(entry.by, entry.text('cause'), entry.text('fix')) + entry.said,
  'still-failing': (entry, words) => words.stillFailing(entry.actor),
  resolved: (entry, words) => words.resolved(entry.actor, entry.text('why')),
  reopened: (entry, words) => words.reopened(entry.number('episode')) + entry.aside,
  merged: (entry, words) => words.merged(entry.text('into'), entry.text('from')),
  closed: (entry, words) => words.closed(entry.actor),
  'maintenance-started': (entry, words) => words.maintenanceStarted(entry.until) + reason(entry),
  'maintenance-ended': (_, words) => words.maintenanceEnded,
  'watch-hours-ended': (entry, words) => words.watchHoursEnded(entry.until),
  'watch-hours-began': (_, words) => words.watchHoursBegan,
  'watching-resumed': (entry, words) => words.watchingResumed(entry.gap),
  'no-longer-watched': (_, words) => words.noLongerWatched,
  'notification-failed': (entry, words) => words.notificationFailed(entry.to) + (entry.said || reply(entry)),
};

/** A check that carries its incident no more may still be degraded. */
function checkRecovered(entry: EntryView, words: TimelineWords): string {
  const check = checkName(entry.text('check'));
  const grade = entry.text('grade');
  return grade === 'minor' || grade === 'major' ? words.checkImproved(check) : words.checkRecovered(check);
}

function reason(entry: EntryView): string {
  const given = entry.text('reason');
  return given === null ? '' : `: ${given}`;
}

function reply(entry: EntryView): string {
  const response = entry.text('response');
  return response === null ? '' : `: ${response}`;
}

/** A check's key without its service, as people write it: `http https://www.example.com`. */
function checkName(key: string | null): string {
  return key === null ? '' : key.slice(key.indexOf('/') + 1).replace(/^([a-z-]+):/, '$1 ');
}
