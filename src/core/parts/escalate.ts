import { isWithin, nextWithin } from '../calendar/hours.ts';
import type { Escalation, Incident } from '../incident.ts';
import { levelsOf } from '../people.ts';
import type { Hours, Level, Rules } from '../rules.ts';
import { isDigested } from './timing.ts';

/** A level reminds at most this often; then the admin is told. */
export const reminderLimit = 12;

/** Overdue levels after a rise of priority are told this far apart. */
const stepwiseMs = 5 * 60_000;

export type NumberedLevel = Level & { readonly number: number };

/** The escalation of an incident that opens, or opens again, at `at`. */
export function freshEscalation(policy: string, at: number): Escalation {
  return { policy, baseAt: at, level: 0, told: [], stepwise: false, exhausted: false };
}

/** True while nothing may be escalated: taken, recovering, over, in maintenance, or being verified. */
export function isHeld(incident: Incident, at: number): boolean {
  return incident.acknowledged !== null || isSilent(incident, at);
}

/** True while nothing may be escalated even if nobody had taken it. */
export function isSilent(incident: Incident, at: number): boolean {
  return (
    incident.status !== 'open' ||
    incident.pausedAt !== null ||
    isWaitingToTell(incident, at) ||
    (incident.verifyUntil !== null && incident.verifyUntil > at) ||
    (incident.resolveClaim !== null && incident.resolveClaim.until > at)
  );
}

/** True while its first message waits for what it is to say, or for a remedy that may make it needless. */
function isWaitingToTell({ briefing, escalation, remedyUntil }: Incident, at: number): boolean {
  const isBriefed = briefing === null || briefing.until <= at || escalation.level > 0;
  return !isBriefed || (remedyUntil !== null && remedyUntil > at);
}

/** One thing that escalation will do: tell a level for the first time, or remind it. */
export interface EscalationStep {
  readonly type: 'level' | 'reminder';
  readonly level: NumberedLevel;
  readonly at: number;
}

/** What escalation does next and when, were nothing to hold it; null when nothing is left. */
export function nextStep(incident: Incident, rules: Rules): EscalationStep | null {
  const step = nextByDelay(incident, rules);
  if (step === null) return null;
  return waitsForOffice(incident, step) ? { ...step, at: officeFrom(rules, step.at) } : step;
}

/** When the next escalation will happen; null while it is held or nothing is left. */
export function nextEscalationAt(incident: Incident, rules: Rules, at: number): number | null {
  return isHeld(incident, at) ? null : (nextStep(incident, rules)?.at ?? null);
}

/** When escalation must be looked at again: never later than its next step, and cheap for thousands of incidents. */
export function escalationWakeAt(incident: Incident, rules: Rules, at: number): number | null {
  const step = isHeld(incident, at) ? null : nextByDelay(incident, rules);
  if (step === null) return null;
  return step.at <= at && waitsForOffice(incident, step) ? officeFrom(rules, at) : step.at;
}

/** All steps due at `at`, in order; after a rise of priority only the first level of those. */
export function dueSteps(incident: Incident, rules: Rules, at: number): EscalationStep[] {
  const first = nextByDelay(incident, rules);
  if (first === null || first.at > at) return [];
  const isDue = (step: EscalationStep) => step.at <= at && (!waitsForOffice(incident, step) || isOffice(rules, at));
  const levels: EscalationStep[] = [];
  for (let seen = incident, step = nextLevel(seen, rules); step !== null && isDue(step); step = nextLevel(seen, rules)) {
    levels.push(step);
    if (seen.escalation.stepwise) break;
    seen = { ...seen, escalation: { ...seen.escalation, level: step.level.number } };
  }
  return [...levels, ...reminders(incident, rules).filter(isDue)];
}

/** True when another level is overdue already. */
export function hasOverdueLevel(incident: Incident, rules: Rules, at: number): boolean {
  const next = levelsOf(incident, rules).find(({ number }) => number > incident.escalation.level);
  return next !== undefined && incident.escalation.baseAt + next.afterMs <= at;
}

/** The next step by its delay alone, whatever the hour. */
function nextByDelay(incident: Incident, rules: Rules): EscalationStep | null {
  const steps = [nextLevel(incident, rules), ...reminders(incident, rules)].filter((step) => step !== null);
  return steps.length === 0 ? null : steps.reduce((a, b) => (a.at <= b.at ? a : b));
}

function nextLevel(incident: Incident, rules: Rules): EscalationStep | null {
  const { escalation } = incident;
  if (escalation.level > 0 && isDigested(incident.priority)) return null;
  const level = levelsOf(incident, rules).find(({ number }) => number > escalation.level);
  if (level === undefined) return null;
  const due = escalation.baseAt + level.afterMs;
  const lastTold = Math.max(0, ...escalation.told.map(({ at }) => at));
  const spaced = escalation.stepwise && escalation.level > 0 ? Math.max(due, lastTold + stepwiseMs) : due;
  return { type: 'level', level, at: spaced };
}

function reminders(incident: Incident, rules: Rules): EscalationStep[] {
  const { escalation } = incident;
  if (isDigested(incident.priority)) return [];
  return levelsOf(incident, rules).flatMap((level) => {
    const told = escalation.told[level.number - 1];
    if (level.repeatMs === undefined || told === undefined || told.at === 0 || level.number > escalation.level) return [];
    if (told.reminders >= reminderLimit && escalation.exhausted) return [];
    return [{ type: 'reminder' as const, level, at: told.at + level.repeatMs }];
  });
}

/** Later levels and repeats of a P3 wait for office hours. */
function waitsForOffice({ priority, escalation }: Incident, step: EscalationStep): boolean {
  return priority === 'P3' && (step.type === 'reminder' || escalation.level > 0);
}

/** What was asked of office hours last: thousands of incidents ask the same within one turn. */
const asked = new WeakMap<Hours, { readonly timezone: string; readonly at: number; readonly next: number }>();

/** `at` itself within office hours, else the next instant that is. */
function officeFrom({ hours, timezone }: Rules, at: number): number {
  const { office } = hours;
  if (office === undefined) return at;
  const known = asked.get(office);
  if (known?.at === at && known.timezone === timezone) return known.next;
  const next = isWithin(office, at, timezone) ? at : (nextWithin(office, at, timezone) ?? at);
  asked.set(office, { timezone, at, next });
  return next;
}

function isOffice(rules: Rules, at: number): boolean {
  return officeFrom(rules, at) === at;
}
