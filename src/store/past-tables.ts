import type { DatabaseSync } from 'node:sqlite';
import type { Change, Note, Rollup } from './history-types.ts';

/** What checks looked like: changes, and roll-ups of five minutes. Times are epoch ms. */
export const pastTables = `
  CREATE TABLE IF NOT EXISTS checks (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE IF NOT EXISTS changes (
    check_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    seen TEXT NOT NULL,
    message TEXT NOT NULL,
    PRIMARY KEY (check_id, at)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS rollups (
    check_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    up INTEGER NOT NULL,
    minor INTEGER NOT NULL,
    major INTEGER NOT NULL,
    down INTEGER NOT NULL,
    unknown INTEGER NOT NULL,
    PRIMARY KEY (check_id, at)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS measures (
    check_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    count INTEGER NOT NULL,
    sum REAL NOT NULL,
    min REAL NOT NULL,
    max REAL NOT NULL,
    PRIMARY KEY (check_id, at, name)
  ) STRICT, WITHOUT ROWID;
`;

/** Keeps rows. A change to what was the last state already is none; a roll-up of the same five minutes is added up. */
export function putNotes(database: DatabaseSync, notes: readonly Note[]): void {
  const statements = prepareStatements(database);
  for (const note of notes) {
    switch (note.type) {
      case 'change':
        putChange(statements, note.change);
        break;
      case 'rollup':
        putRollup(statements, note.rollup);
        break;
      default:
        note satisfies never;
    }
  }
}

type Statements = ReturnType<typeof prepareStatements>;

function prepareStatements(database: DatabaseSync) {
  return {
    findCheck: database.prepare('SELECT id FROM checks WHERE key = ?'),
    addCheck: database.prepare('INSERT INTO checks (key) VALUES (?) RETURNING id'),
    addChange: database.prepare(
      `INSERT OR IGNORE INTO changes (check_id, at, seen, message)
       SELECT :check, :at, :seen, :message
       WHERE (SELECT seen FROM changes WHERE check_id = :check AND at <= :at ORDER BY at DESC LIMIT 1) IS NOT :seen`,
    ),
    addRollup: database.prepare(
      `INSERT INTO rollups (check_id, at, up, minor, major, down, unknown)
       VALUES (:check, :at, :up, :minor, :major, :down, :unknown)
       ON CONFLICT DO UPDATE SET up = up + excluded.up, minor = minor + excluded.minor, major = major + excluded.major,
         down = down + excluded.down, unknown = unknown + excluded.unknown`,
    ),
    addMeasure: database.prepare(
      `INSERT INTO measures (check_id, at, name, unit, count, sum, min, max)
       VALUES (:check, :at, :name, :unit, :count, :sum, :min, :max)
       ON CONFLICT DO UPDATE SET count = count + excluded.count, sum = sum + excluded.sum,
         min = min(min, excluded.min), max = max(max, excluded.max)`,
    ),
  };
}

function checkId({ findCheck, addCheck }: Statements, key: string): number {
  const row = findCheck.get(key) ?? addCheck.get(key);
  return Number(row?.id);
}

function putChange(statements: Statements, { check, at, seen, message }: Change): void {
  statements.addChange.run({ check: checkId(statements, check), at: Math.round(at), seen, message });
}

function putRollup(statements: Statements, rollup: Rollup): void {
  const key = { check: checkId(statements, rollup.check), at: Math.round(rollup.at) };
  statements.addRollup.run({ ...key, ...rollup.counts });
  for (const measure of rollup.measures) statements.addMeasure.run({ ...key, ...measure });
}
