import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Change, LastSeen, MeasureSummary, Past, Rollup, Seen } from './history-types.ts';

const mostRows = 20_000;

/** A check's past between two instants, `to` exclusive; of a longer one the newest 20,000 rows. */
export function readPast(database: DatabaseSync, check: string, from: number, to: number): Past {
  const row = database.prepare('SELECT id FROM checks WHERE key = ?').get(check);
  if (row === undefined) return { changes: [], rollups: [] };
  const span = { id: Number(row.id), from, to };
  return { changes: readChanges(database, check, span), rollups: readRollups(database, check, span) };
}

type Span = { readonly id: number; readonly from: number; readonly to: number };

function readChanges(database: DatabaseSync, check: string, span: Span): readonly Change[] {
  const rows = database
    .prepare(
      `SELECT at, seen, message FROM changes
       WHERE check_id = :id AND at < :to
         AND at >= ifnull((SELECT max(at) FROM changes WHERE check_id = :id AND at <= :from), :from)
       ORDER BY at DESC LIMIT ${mostRows}`,
    )
    .all(span)
    .reverse();
  return rows.map(({ at, seen, message }) => ({ check, at: Number(at), seen: seen as Seen, message: String(message) }));
}

const withinSpan = `WHERE check_id = :id AND at >= :from AND at < :to ORDER BY at DESC LIMIT ${mostRows}`;

function readRollups(database: DatabaseSync, check: string, span: Span): readonly Rollup[] {
  const measures = database.prepare(`SELECT at, name, unit, count, sum, min, max FROM measures ${withinSpan}`).all(span);
  const measuresAt = Map.groupBy(measures, ({ at }) => Number(at));
  const rows = database.prepare(`SELECT at, up, minor, major, down, unknown FROM rollups ${withinSpan}`).all(span).reverse();
  return rows.map(({ at, ...counts }) => ({
    check,
    at: Number(at),
    counts: counts as Rollup['counts'],
    measures: (measuresAt.get(Number(at)) ?? []).map(summaryOf),
  }));
}

/** The newest that is kept of every check, by its key. */
export function readLast(database: DatabaseSync): ReadonlyMap<string, LastSeen> {
  const rows = database
    .prepare(
      `SELECT key, at, seen, message, ifnull((SELECT max(at) FROM rollups WHERE check_id = id), 0) AS rolled
       FROM checks JOIN changes ON check_id = id AND at = (SELECT max(at) FROM changes WHERE check_id = id)`,
    )
    .all();
  return new Map(
    rows.map(({ key, at, seen, message, rolled }) => [
      String(key),
      { seen: seen as Seen, since: Number(at), lastAt: Math.max(Number(at), Number(rolled)), message: String(message) },
    ]),
  );
}

/** The table is strict and this program its one writer: types and words are those that were written. */
function summaryOf({ name, unit, count, sum, min, max }: Record<string, SQLOutputValue>): MeasureSummary {
  return {
    name: String(name),
    unit: unit as MeasureSummary['unit'],
    count: Number(count),
    sum: Number(sum),
    min: Number(min),
    max: Number(max),
  };
}
