import type { TimelineEntry, TimelineType } from '../core/incident.ts';
import type { Language } from '../core/rules.ts';
import { checkName, type EntryView, entryView } from './timeline-entry.ts';
import { insightMakers } from './timeline-insights.ts';
import { type TimelineWords, timelineWords } from './timeline-words.ts';

/** What happened, as one sentence without the time: for the log of an incident. */
export function timelineText(entry: TimelineEntry, language: Language, timezone: string): string {
  const words = timelineWords(language);
  return makers[entry.type](entryView(entry, language, timezone), words);
}

type Maker = (entry: EntryView, words: TimelineWords) => string;

const makers: Readonly<Record<TimelineType, Maker>> = {
  opened: (entry, words) => words.opened(entry.text('priority'), entry.cause) + entry.aside,
  reported: (entry, words) => words.reported(entry.by) + entry.said,
  joined: (entry, words) => words.joined(entry.by) + entry.said,
  'check-failed': (entry, words) => words.checkFailed(checkName(entry.text('check')), entry.cause) + entry.aside,
  'check-recovered': (entry, words) => checkRecovered(entry, words) + entry.said,
  ...insightMakers,
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
