import { nextWithin } from '../calendar/hours.ts';
import { type Context, logDecision, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import { contactsOf, isReachable, levelsOf } from '../people.ts';
import type { Escalation, Incident, Notification, NotificationKind } from '../record.ts';
import type { Level, Rules } from '../rules.ts';
import { tell } from './notify.ts';

/** A level reminds at most this often; then the admin is told. */
const reminderLimit = 12;

/** Overdue levels after a rise of priority are told this far apart. */
const stepwiseMs = 5 * 60_000;

type NumberedLevel = Level & { readonly number: number };

/** The escalation of an incident that opens, or opens again, at `at`. */
export function freshEscalation(policy: string, at: number): Escalation {
  return { policy, baseAt: at, level: 0, told: [], stepwise: false, exhausted: false };
}

/** True while nothing may be escalated: taken, recovering, over, in maintenance, or being verified. */
export function isHeld(incident: Incident, at: number): boolean {
  return (
    incident.status !== 'open' ||
    incident.acknowledged !== null ||
    incident.pausedAt !== null ||
    (incident.verifyUntil !== null && incident.verifyUntil > at) ||
    (incident.resolveClaim !== null && incident.resolveClaim.until > at)
  );
}

/** One thing that escalation will do: tell a level for the first time, or remind it. */
export interface EscalationStep {
  readonly type: 'level' | 'reminder';
  readonly level: NumberedLevel;
  readonly at: number;
}

/** What escalation does next and when, were nothing to hold it; null when nothing is left. */
export function nextStep(incident: Incident, rules: Rules): EscalationStep | null {
  const steps = [nextLevel(incident, rules), ...reminders(incident, rules)].filter((step) => step !== null);
  return steps.sort((a, b) => a.at - b.at)[0] ?? null;
}

/** When the next escalation will happen; null while it is held or nothing is left. */
export function nextEscalationAt(incident: Incident, rules: Rules, at: number): number | null {
  return isHeld(incident, at) ? null : (nextStep(incident, rules)?.at ?? null);
}

function nextLevel(incident: Incident, rules: Rules): EscalationStep | null {
  const { escalation } = incident;
  const level = levelsOf(incident, rules).find(({ number }) => number > escalation.level);
  if (level === undefined || (escalation.level > 0 && isSingleLevel(incident))) return null;
  const due = escalation.baseAt + level.afterMs;
  const lastTold = Math.max(0, ...escalation.told.map(({ at }) => at));
  const spaced = escalation.stepwise && escalation.level > 0 ? Math.max(due, lastTold + stepwiseMs) : due;
  return { type: 'level', level, at: escalation.level === 0 ? spaced : inScope(incident, rules, spaced) };
}

function reminders(incident: Incident, rules: Rules): EscalationStep[] {
  if (isSingleLevel(incident)) return [];
  return levelsOf(incident, rules).flatMap((level) => {
    const told = incident.escalation.told[level.number - 1];
    if (level.repeatMs === undefined || told === undefined || told.at === 0 || level.number > incident.escalation.level)
      return [];
    if (told.reminders > reminderLimit || (told.reminders === reminderLimit && incident.escalation.exhausted)) return [];
    return [{ type: 'reminder' as const, level, at: inScope(incident, rules, told.at + level.repeatMs) }];
  });
}

/** P4 and P5 stay at their first level. */
function isSingleLevel({ priority }: Incident): boolean {
  return priority === 'P4' || priority === 'P5';
}

/** Later levels and repeats of a P3 wait for office hours. */
function inScope(incident: Incident, rules: Rules, at: number): number {
  const office = rules.hours.office;
  if (incident.priority !== 'P3' || office === undefined) return at;
  return nextWithin(office, at, rules.timezone) ?? at;
}

/** Tells everything that is due on one incident, in one step: a person named twice gets one mail. */
export function fireDue(draft: Draft, context: Context, id: string): void {
  const incident = draft.incidents.get(id);
  if (incident === undefined || isHeld(incident, context.at)) return;
  const due = dueSteps(incident, context);
  const levels = due.filter((step) => step.type === 'level').map((step) => step.level);
  if (levels.length > 0) tellLevels(draft, context, incident, levels);
  for (const step of due) {
    if (step.type === 'reminder') remind(draft, context, id, step.level);
  }
}

/** All steps due now; after a rise of priority only the first level of those. */
function dueSteps(incident: Incident, { rules, at }: Context): EscalationStep[] {
  const first = nextLevel(incident, rules);
  const steps: EscalationStep[] = reminders(incident, rules).filter((step) => step.at <= at);
  for (let step = first, seen = incident; step !== null && step.at <= at; ) {
    steps.push(step);
    seen = { ...seen, escalation: { ...seen.escalation, level: step.level.number } };
    if (seen.escalation.stepwise) break;
    step = nextLevel(seen, rules);
  }
  return steps;
}

/**
 * Tells levels that are due, skipped ones with the highest, and goes on at once while a level reaches nobody.
 * `why` replaces the reason where it is not the level's own time.
 */
function tellLevels(draft: Draft, context: Context, incident: Incident, levels: readonly NumberedLevel[], why?: Tellable): void {
  const all = levelsOf(incident, context.rules);
  const reached: NumberedLevel[] = [...levels];
  let recipients: readonly string[] = reachableOf(draft, context, incident, reached);
  const skipped: number[] = [];
  while (recipients.length === 0) {
    const next = all.find(({ number }) => number > (reached.at(-1)?.number ?? 0));
    skipped.push(reached.at(-1)?.number ?? 0);
    if (next === undefined || isSingleLevel(incident)) break;
    reached.push(next);
    recipients = reachableOf(draft, context, incident, reached);
  }
  for (const level of skipped) {
    update(draft, incident.id, {}, { at: context.at, type: 'level-skipped', facts: { level, why: 'nobody-reachable' } });
  }
  if (recipients.length === 0) recipients = contactsOf(['admin'], incident, context.rules);
  const highest = reached.at(-1)?.number ?? incident.escalation.level;
  record(draft, context, incident, reached, recipients, highest);
  const first = incident.escalation.level === 0;
  const kind: NotificationKind = why?.kind ?? (first ? (incident.kind === 'report' ? 'reported' : 'opened') : 'escalated');
  const told = draft.incidents.get(incident.id) ?? incident;
  tell(draft, context, told, recipients, {
    kind,
    reason: why?.reason ?? `level-${highest}`,
    facts: { level: highest, skipped: reached.slice(0, -1).map(({ number }) => String(number)), ...why?.facts },
  });
}

interface Tellable {
  readonly kind: NotificationKind;
  readonly reason: string;
  readonly facts?: Notification['facts'];
}

function reachableOf(draft: Draft, context: Context, incident: Incident, levels: readonly NumberedLevel[]): string[] {
  const words = levels.flatMap(({ notify }) => notify);
  const { rules, at } = context;
  return contactsOf(words, incident, rules).filter((id) => isReachable(id, incident.priority, rules, draft.refused.current, at));
}

function record(
  draft: Draft,
  context: Context,
  incident: Incident,
  reached: readonly NumberedLevel[],
  to: readonly string[],
  highest: number,
): void {
  const { at } = context;
  const told = [...incident.escalation.told];
  for (const { number } of reached) {
    while (told.length < number) told.push({ at: 0, reminders: 0 });
    told[number - 1] = { at, reminders: 0 };
  }
  const level = Math.max(highest, incident.escalation.level);
  update(
    draft,
    incident.id,
    { escalation: { ...incident.escalation, level, told } },
    {
      at,
      type: 'escalated',
      facts: { level: highest, to },
    },
  );
  logDecision(context, 'level told', { incident: incident.id, level: highest, to });
}

function remind(draft: Draft, context: Context, id: string, level: NumberedLevel): void {
  const incident = draft.incidents.get(id);
  const told = incident?.escalation.told[level.number - 1];
  if (incident === undefined || told === undefined) return;
  const { at, rules } = context;
  const number = told.reminders + 1;
  if (number > reminderLimit) {
    update(
      draft,
      id,
      { escalation: { ...incident.escalation, exhausted: true } },
      { at, type: 'escalation-exhausted', facts: { level: level.number } },
    );
    tell(draft, context, incident, contactsOf(['admin'], incident, rules), {
      kind: 'escalation-exhausted',
      reason: `exhausted-${level.number}`,
    });
    return;
  }
  const recipients = reachableOf(draft, context, incident, [level]);
  const levels = incident.escalation.told.map((entry, index) => (index === level.number - 1 ? { at, reminders: number } : entry));
  update(
    draft,
    id,
    { escalation: { ...incident.escalation, told: levels } },
    {
      at,
      type: 'reminded',
      facts: { level: level.number, number, to: recipients },
    },
  );
  tell(draft, context, incident, recipients, {
    kind: 'reminder',
    reason: `reminder-${level.number}`,
    repetition: number,
    facts: { level: level.number, reminder: number },
  });
}

/** Tells the level already reached once more, at `at`, and counts later delays from there (an acknowledgement ended). */
export function retell(draft: Draft, context: Context, id: string, why: Tellable): void {
  const incident = draft.incidents.get(id);
  if (incident === undefined) return;
  const levels = levelsOf(incident, context.rules);
  const level = levels.findLast(({ number }) => number <= incident.escalation.level) ?? levels[0];
  if (level === undefined) return;
  const escalation = { ...incident.escalation, baseAt: context.at - level.afterMs };
  update(draft, id, { escalation });
  tellLevels(draft, context, { ...incident, escalation }, [level], why);
}

/** Tells a reopened incident's first level and everybody told before, each once. */
export function tellReopened(draft: Draft, context: Context, id: string, before: readonly string[]): void {
  const incident = draft.incidents.get(id);
  const first = incident === undefined ? undefined : levelsOf(incident, context.rules)[0];
  if (incident === undefined || first === undefined) return;
  const why = { kind: 'reopened', reason: 'reopened' } as const;
  tellLevels(draft, context, incident, [first], why);
  tell(draft, context, draft.incidents.get(id) ?? incident, before, why);
}

/** A recipient was refused for good: where nobody of the level is left to hear it, the next level is told at once. */
export function passOn(draft: Draft, context: Context, id: string, refused: Notification): void {
  const incident = draft.incidents.get(id);
  const level = incident?.escalation.level ?? 0;
  if (incident === undefined || level === 0 || isHeld(incident, context.at)) return;
  const others = draft.outbox
    .values()
    .some(
      (entry) =>
        entry.incidents.includes(id) &&
        entry.state !== 'failed' &&
        entry.key !== refused.key &&
        entry.facts.level === refused.facts.level,
    );
  const next = levelsOf(incident, context.rules).find(({ number }) => number > level);
  if (others || next === undefined) return;
  update(draft, id, {}, { at: context.at, type: 'level-skipped', facts: { level, why: 'recipient-refused' } });
  tellLevels(draft, context, draft.incidents.get(id) ?? incident, [next]);
}
