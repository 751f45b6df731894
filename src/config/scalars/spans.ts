/** Opening hours as people write them: `08:00-12:00, 13:00-17:00`. */
import { minuteOfDay } from '../../core/calendar/week-words.ts';

export interface Span {
  readonly from: number;
  readonly to: number;
}

const dayMinutes = 1440;

/**
 * Spans of one day in minutes; one that passes midnight (`22:00-06:00`) ends after 1440. A text says what is wrong.
 */
export function readSpans(typed: string): readonly Span[] | string {
  const spans: Span[] = [];
  for (const part of typed.split(',')) {
    const [from, to, more] = part.split('-').map(minuteOfDay);
    if (from === undefined || from === null || to === undefined || to === null || more !== undefined || from === dayMinutes) {
      return `expected a span such as 08:00-18:00, found ${JSON.stringify(part.trim().slice(0, 60))}`;
    }
    if (from === to) return `${JSON.stringify(part.trim())} is empty; a whole day is 00:00-24:00`;
    spans.push({ from, to: to > from ? to : to + dayMinutes });
  }
  return spans;
}

/** Spans by weekday, cut at midnight, in order and joined where they meet. */
export function weekOf(days: ReadonlyMap<number, readonly Span[]>): Readonly<Record<number, readonly Span[]>> {
  const week = new Map<number, Span[]>();
  const add = (day: number, span: Span) => week.set(day, [...(week.get(day) ?? []), span]);
  for (const [day, spans] of days) {
    for (const { from, to } of spans) {
      add(day, { from, to: Math.min(to, dayMinutes) });
      if (to > dayMinutes) add((day % 7) + 1, { from: 0, to: to - dayMinutes });
    }
  }
  return Object.fromEntries([...week].map(([day, spans]) => [day, joined(spans)]));
}

function joined(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && span.from <= last.to) result[result.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else result.push(span);
  }
  return result;
}
