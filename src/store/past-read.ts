import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { grades } from '../core/observation.ts';
import type { Change, MeasureSummary, Past, Rollup } from './history-types.ts';

const mostRows = 20_000;

const changeRow = z.object({ at: z.number(), seen: z.enum([...grades, 'unknown']), message: z.string() });
const rollupRow = z.object({
  at: z.number(),
  up: z.number(),
  minor: z.number(),
  major: z.number(),
  down: z.number(),
  unknown: z.number(),
});
const measureRow = z.object({
  at: z.number(),
  name: z.string(),
  unit: z.enum(['ms', 'share', 'bytes', 'days', 'count']),
  count: z.number(),
  sum: z.number(),
  min: z.number(),
  max: z.number(),
});

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
    .all(span);
  return changeRow
    .array()
    .parse(rows.reverse())
    .map((row) => ({ check, ...row }));
}

function readRollups(database: DatabaseSync, check: string, span: Span): readonly Rollup[] {
  const within = `WHERE check_id = :id AND at >= :from AND at < :to ORDER BY at DESC LIMIT ${mostRows}`;
  const measures = measureRow.array().parse(database.prepare(`SELECT * FROM measures ${within}`).all(span));
  const measuresAt = Map.groupBy(measures, (measure) => measure.at);
  const rows = rollupRow.array().parse(database.prepare(`SELECT * FROM rollups ${within}`).all(span));
  return rows
    .reverse()
    .map(({ at, ...counts }) => ({ check, at, counts, measures: (measuresAt.get(at) ?? []).map(withoutTime) }));
}

function withoutTime({ at: _, ...summary }: z.output<typeof measureRow>): MeasureSummary {
  return summary;
}
