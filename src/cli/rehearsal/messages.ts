import type { Incident } from '../../core/incident.ts';
import type { Notification } from '../../core/notification.ts';
import { reminderLimit } from '../../core/parts/escalate.ts';
import { isDigested } from '../../core/parts/timing.ts';
import { levelsOf } from '../../core/people.ts';
import type { Language, Rules } from '../../core/rules.ts';
import { formatDuration } from '../../lib/duration.ts';
import { listed } from '../../texts/language.ts';
import { type RehearsalWords, rehearsalWords, rehearsedKind } from '../../texts/rehearsal.ts';
import type { Rehearsal } from './rehearse.ts';
import type { Moment, Told } from './step.ts';
import type { Rehearsed } from './world.ts';

/** Later than so, a level has not been told at its own time. */
const punctualMs = 2 * 60_000;

/** A line for each person who is told something; of the reminders of a level, only the first. */
export function toldSteps({ sent, incident }: Rehearsal, rules: Rules, language: Language): readonly Moment[] {
  const groups = Map.groupBy(sent, ({ at, notification: { kind, to, reason } }) =>
    kind === 'reminder' ? `${kind}/${to}/${reason}` : `${kind}/${to}/${reason}/${at}`,
  );
  const words = rehearsalWords(language);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { at, notification } = first;
    const told = toldOf(notification, group, rules);
    const who = words.told(rehearsedKind(told.kind, language), told.to, told.ways.join(', '));
    const level = told.level === null ? '' : words.level(listed([...skipped(notification), String(told.level)], language));
    const notes = incident === null ? [] : notesOf(first, incident, rules, words);
    return [{ at, type: 'message', text: [`${level}${who}`, ...notes].join('; '), told } as const];
  });
}

function toldOf({ kind, to, facts }: Notification, group: readonly Rehearsed[], rules: Rules): Told {
  const ways = group.map(({ notification: { channel, address } }) => {
    const known = rules.contacts[to]?.channels.find(({ id }) => id === channel);
    return `${known?.kind ?? channel} ${address}`;
  });
  return { kind, level: typeof facts.level === 'number' ? facts.level : null, to, ways: [...new Set(ways)] };
}

/** Levels that were told together with the highest. */
function skipped({ facts }: Notification): readonly string[] {
  return Array.isArray(facts.skipped) ? facts.skipped.map(String) : [];
}

/** Why it comes when it comes, and what follows it. */
function notesOf({ at, notification }: Rehearsed, incident: Incident, rules: Rules, words: RehearsalWords): readonly string[] {
  const level = levelsOf(incident, rules).find(({ number }) => number === notification.facts.level);
  const isP3 = incident.priority === 'P3';
  if (isDigested(incident.priority)) return [words.digest];
  if (notification.kind === 'reminder' && level?.repeatMs !== undefined) {
    const reminders = words.reminders(formatDuration(level.repeatMs), reminderLimit);
    return [isP3 ? `${reminders} (${words.inOffice})` : reminders];
  }
  const isLate = level !== undefined && at - incident.escalation.baseAt - level.afterMs > punctualMs;
  return isP3 && notification.kind === 'escalated' && isLate ? [words.waited] : [];
}
