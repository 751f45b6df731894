/**
 * Facts of notifications and timeline entries: a free map that texts read here, tolerant of what is absent.
 *
 * What the mails read (`mails/`):
 *
 * | fact | kinds | is |
 * | --- | --- | --- |
 * | `level` | escalated, reminder, escalation-exhausted | the level reached |
 * | `skipped` | escalated | levels told in the same step, numbers as texts |
 * | `reminder` | reminder | which reminder it is |
 * | `by` | taken, released, assigned, acknowledgement-ended, still-failing, raised | the person who acted; for `taken` the one who has it; for `raised` the one who had it until then, where the reader is that one |
 * | `assignedBy` | taken | who put it into the hands of `by` |
 * | `into` | merged | id of the incident that it goes on with |
 * | `until` | taken, assigned, acknowledgement-ending | end of the acknowledgement, epoch ms; in recipient-refused: until when the way is left alone |
 * | `from` | raised | the priority before |
 * | `what`, `detail` | self-trouble | a word for the trouble, and its details |
 * | `remaining` | recovered | checks that are still degraded, as people read them |
 * | `folded` | all | kinds of notifications that this one tells as well |
 * | `problems` | configuration-rejected | one line each |
 * | `services` | services-removed | names |
 * | `recipient`, `contact`, `channel`, `response` | recipient-refused | the address, whose it is, by which channel, the answer |
 * | `service`, `lines` | drill | whose failure is rehearsed, and what would happen then, one step a line |
 * | `due` | all | when it should have arrived, epoch ms, where that is later than the decision |
 */
import { oneLine } from './clean.ts';

export type Facts = Readonly<Record<string, string | number | readonly string[]>>;

/** A fact as a cleaned text; null when it is absent or empty. */
export function textFact(facts: Facts | undefined, name: string): string | null {
  const value = facts?.[name];
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  if (typeof value !== 'string') return null;
  return oneLine(value) || null;
}

/** A fact as a finite number; null when it is absent or none. */
export function numberFact(facts: Facts | undefined, name: string): number | null {
  const value = facts?.[name];
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** A fact as a list of cleaned texts; a single text is a list of one, an absent fact an empty one. */
export function listFact(facts: Facts | undefined, name: string): readonly string[] {
  const value = facts?.[name];
  const items = typeof value === 'string' || typeof value === 'number' ? [String(value)] : (value ?? []);
  return items.map((item) => oneLine(item)).filter((item) => item !== '');
}
