import type { Draft } from './draft.ts';
import type { Answer, DeskEvent, Effect, Now } from './event.ts';
import type { Incident, TimelineEntry } from './incident.ts';
import type { CheckRule, Rules, ServiceRule } from './rules.ts';

/** What every part of `step` is given besides the draft and the event. */
export interface Context {
  readonly now: Now;
  /** The wall clock of `now`, epoch ms. */
  readonly at: number;
  readonly rules: Rules;
  readonly effects: Effect[];
}

/** One part of a decision: changes its slice of the draft and leaves effects. */
export type Part<Type extends DeskEvent['type']> = (
  draft: Draft,
  event: Extract<DeskEvent, { type: Type }>,
  context: Context,
) => void;

/** Logs a decision: a constant sentence and its fields; as a warning where somebody should see it. */
export function logDecision(
  context: Context,
  sentence: string,
  fields: Readonly<Record<string, string | number | readonly string[] | null>>,
  level: 'info' | 'warn' = 'info',
): void {
  context.effects.push({ type: 'log', level, sentence, fields });
}

/** Answers the person who acted. */
export function answer(context: Context, ticket: number, given: Answer): void {
  context.effects.push({ type: 'answer', ticket, answer: given });
}

/** A timeline keeps this many entries; past it only ends and people's acts are added. */
const timelineLimit = 500;
const always: ReadonlySet<TimelineEntry['type']> = new Set([
  'acknowledged',
  'released',
  'assigned',
  'noted',
  'resolved',
  'reopened',
  'merged',
  'closed',
  'resolution-recorded',
  'reminded',
  'no-longer-watched',
]);

/** The incident with `changes` and, where given, one more line in its log. */
export function amend(incident: Incident, changes: Partial<Incident>, entry?: TimelineEntry): Incident {
  if (entry === undefined) return { ...incident, ...changes };
  if (incident.timeline.length >= timelineLimit && !always.has(entry.type))
    return Object.keys(changes).length === 0 ? incident : { ...incident, ...changes };
  const at = Math.max(entry.at, incident.timeline.at(-1)?.at ?? 0);
  return { ...incident, ...changes, timeline: [...incident.timeline, { ...entry, at }] };
}

/** `amend` on the draft. */
export function update(draft: Draft, id: string, changes: Partial<Incident>, entry?: TimelineEntry): Incident {
  const incident = draft.incidents.get(id);
  if (incident === undefined) throw new Error(`no incident ${id} in the record`);
  const amended = amend(incident, changes, entry);
  draft.incidents.set(id, amended);
  return amended;
}

export function serviceOf(rules: Rules, incident: Incident): ServiceRule | undefined {
  return incident.service === null ? undefined : rules.services[incident.service];
}

/** A service by its id, or by its name however it is capitalized. */
export function serviceNamed(rules: Rules, word: string): ServiceRule | undefined {
  if (Object.hasOwn(rules.services, word)) return rules.services[word];
  const wanted = word.trim().toLowerCase();
  return Object.values(rules.services).find(({ id, name }) => id.toLowerCase() === wanted || name.toLowerCase() === wanted);
}

/** A check's rule by its key. */
export function checkOf(rules: Rules, key: string): CheckRule | undefined {
  const index = indexes.get(rules) ?? indexChecks(rules);
  return index.get(key);
}

const indexes = new WeakMap<Rules, ReadonlyMap<string, CheckRule>>();

function indexChecks(rules: Rules): ReadonlyMap<string, CheckRule> {
  const index = new Map(
    Object.values(rules.services).flatMap((service) => service.checks.map((check) => [check.key, check] as const)),
  );
  indexes.set(rules, index);
  return index;
}

/** Incidents of a service that are not closed, oldest first. */
export function incidentsOf(draft: Draft, service: string): Incident[] {
  return draft.incidents.group(service).filter((incident) => incident.status !== 'closed');
}
