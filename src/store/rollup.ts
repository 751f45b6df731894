import type { Measure } from '../core/observation.ts';
import type { Look, MeasureSummary, Note, Rollup, Seen } from './history-types.ts';

const spanMs = 5 * 60_000;

/** Turns single results into rows for the history. */
export interface Collector {
  /** The rows that this result completes: a change of the check, and every check's roll-up when new five minutes begin. */
  add(look: Look): readonly Note[];
  /** The roll-ups of the running five minutes, which begin anew. */
  finish(): readonly Note[];
}

interface Running {
  readonly counts: Record<Seen, number>;
  readonly measures: Map<string, MeasureSummary>;
}

/** A collector that has seen nothing. It keeps one small entry a check. */
export function createCollector(): Collector {
  const lastSeen = new Map<string, Seen>();
  let running = new Map<string, Running>();
  let start = 0;

  function finish(): Note[] {
    const done = [...running].map(([check, sums]): Note => ({ type: 'rollup', rollup: rollupOf(check, start, sums) }));
    running = new Map();
    return done;
  }

  function add(look: Look): readonly Note[] {
    const lookStart = Math.floor(look.at / spanMs) * spanMs;
    const notes = lookStart === start ? [] : finish();
    start = lookStart;
    count(running, look);
    if (lastSeen.get(look.check) === look.seen) return notes;
    lastSeen.set(look.check, look.seen);
    const { check, at, seen, message } = look;
    return [...notes, { type: 'change', change: { check, at, seen, message } }];
  }

  return { add, finish };
}

function count(running: Map<string, Running>, look: Look): void {
  const sums = running.get(look.check) ?? { counts: { up: 0, minor: 0, major: 0, down: 0, unknown: 0 }, measures: new Map() };
  running.set(look.check, sums);
  sums.counts[look.seen] += 1;
  for (const measure of look.measures) {
    if (Number.isFinite(measure.value)) sums.measures.set(measure.name, extend(sums.measures.get(measure.name), measure));
  }
}

function extend(sum: MeasureSummary | undefined, { name, unit, value }: Measure): MeasureSummary {
  if (sum === undefined) return { name, unit, count: 1, sum: value, min: value, max: value };
  return {
    name,
    unit,
    count: sum.count + 1,
    sum: sum.sum + value,
    min: Math.min(sum.min, value),
    max: Math.max(sum.max, value),
  };
}

function rollupOf(check: string, at: number, sums: Running): Rollup {
  return { check, at, counts: sums.counts, measures: [...sums.measures.values()] };
}
