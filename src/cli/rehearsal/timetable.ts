import type { Incident } from '../../core/incident.ts';
import type { Language, RemedyRule, Rules } from '../../core/rules.ts';
import { formatDuration } from '../../lib/duration.ts';
import { listed } from '../../texts/language.ts';
import { type RehearsalWords, rehearsalWords, rehearsedKind } from '../../texts/rehearsal.ts';
import type { Rehearsal } from './rehearse.ts';
import type { Rehearsed } from './world.ts';

/** One line of the timetable. */
export interface Step {
  /** Epoch ms, and ms since the failure. */
  readonly at: number;
  readonly afterMs: number;
  readonly text: string;
  /** Whom it reaches, where it is a message. */
  readonly to?: string;
}

/** What happens when, in order of time, in the words of a language. */
export function timetable({ startedAt, incident, instead, sent }: Rehearsal, rules: Rules, language: Language): readonly Step[] {
  const words = rehearsalWords(language);
  const at = (time: number, text: string, to?: string): Step => ({
    at: time,
    afterMs: Math.max(0, time - startedAt),
    text,
    ...(to === undefined ? {} : { to }),
  });
  const own = incident === null || instead !== null ? [] : courseOf(incident, rules, words, language).map((one) => at(...one));
  const told = withoutRepeats(sent).map(({ at: time, notification, repeats }) => {
    const { kind, to, channel, address } = notification;
    const text = words.told(rehearsedKind(kind, language), to, `${channel} ${address}`);
    return at(time, repeats === 0 ? text : `${text}; ${words.reminders(repeats)}`, to);
  });
  return [...own, ...told].filter((step) => step.at >= startedAt).toSorted((a, b) => a.at - b.at);
}

type Course = readonly (readonly [at: number, text: string])[];

function courseOf(incident: Incident, rules: Rules, words: RehearsalWords, language: Language): Course {
  const remedies = rules.services[incident.service ?? '']?.remedies ?? [];
  const affected = incident.affected.map(({ name }) => name);
  return [
    [incident.startedAt, words.failed],
    [incident.openedAt, words.opened(openingPriority(incident), incident.severity, incident.impact)],
    ...(affected.length === 0 ? [] : [[incident.affected[0]?.from ?? 0, words.affected(listed(affected, language))] as const]),
    ...incident.remedies.map(
      (run) => [run.startedAt ?? run.requestedAt, words.remedy(run.label, limitOf(run.remedy, remedies))] as const,
    ),
    ...incident.timeline.flatMap(({ at, type, facts }) => {
      if (type === 'level-skipped') return [[at, words.skipped(Number(facts?.level ?? 0))] as const];
      if (type === 'priority-changed') return [[at, words.raised(String(facts?.from), String(facts?.to))] as const];
      return type === 'escalation-exhausted' ? [[at, words.exhausted] as const] : [];
    }),
  ];
}

function openingPriority({ timeline, priority }: Incident): string {
  return String(timeline[0]?.facts?.priority ?? priority);
}

function limitOf(key: string, remedies: readonly RemedyRule[]): string {
  const rule = remedies.find((one) => one.key === key);
  return rule === undefined ? '' : `${rule.atMost.times} per ${formatDuration(rule.atMost.perMs)}`;
}

/** Reminders to one recipient: the first stands for the rest. */
function withoutRepeats(sent: readonly Rehearsed[]): readonly (Rehearsed & { readonly repeats: number })[] {
  const isReminder = ({ notification }: Rehearsed) => notification.kind === 'reminder';
  const same = (a: Rehearsed, b: Rehearsed) =>
    isReminder(a) &&
    isReminder(b) &&
    a.notification.to === b.notification.to &&
    a.notification.channel === b.notification.channel;
  return sent.flatMap((one, index) => {
    if (sent.slice(0, index).some((earlier) => same(earlier, one))) return [];
    return [{ ...one, repeats: sent.slice(index + 1).filter((later) => same(one, later)).length }];
  });
}
