/** The third incident of one service and cause within a day is marked as recurring. */
import { type Context, logDecision, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Incident } from '../incident.ts';

const dayMs = 24 * 3_600_000;
const recurringFrom = 3;

/** A recurring incident that has recovered waits this long for the next failure, which reopens it. */
export const recurringReopenMs = 4 * 3_600_000;

/** Counts an incident that has just opened; one more of too many is marked. */
export function noteOccurrence(draft: Draft, context: Context, { id, kind, service, cause }: Incident): void {
  if (kind === 'report') return;
  const { at } = context;
  const key = keyOf(service, cause.code);
  const times = [...lately(draft.occurrences.get(key) ?? [], at), at];
  draft.occurrences.set(key, times);
  if (times.length < recurringFrom) return;
  const facts = { count: times.length, code: cause.code };
  update(draft, id, { recurring: true }, { at, type: 'recurring', facts });
  logDecision(context, 'incident is recurring', { incident: id, count: times.length });
}

/** An incident that goes over into another counts no more. */
export function forgetOccurrence(draft: Draft, { service, timeline, openedAt }: Incident): void {
  const key = keyOf(service, String(timeline[0]?.facts?.code ?? ''));
  const times = draft.occurrences.get(key) ?? [];
  const index = times.indexOf(openedAt);
  if (index < 0) return;
  if (times.length === 1) draft.occurrences.delete(key);
  else draft.occurrences.set(key, times.toSpliced(index, 1));
}

function keyOf(service: string | null, code: string): string {
  return `${service ?? ''}|${code}`;
}

/** Forgets what is older than a day. */
export function pruneOccurrences(draft: Draft, { at }: Context): void {
  for (const [key, times] of draft.occurrences.entries()) {
    const left = lately(times, at);
    if (left.length === 0) draft.occurrences.delete(key);
    else if (left.length < times.length) draft.occurrences.set(key, left);
  }
}

function lately(times: readonly number[], at: number): readonly number[] {
  return times.filter((time) => time > at - dayMs);
}
