import type { DatabaseSync } from 'node:sqlite';

const dayMs = 24 * 3_600_000;
const rollupMs = 5 * 60_000;
const changesKeptMs = 400 * dayMs;
const changesKept = { perCheck: 5000, inAll: 1_000_000 };
const rollupsKeptMs = 40 * dayMs;
const rollupsKept = 3_000_000;
const pagesFreed = 4000;

/**
 * Forgets what is too old, and with very many checks earlier, so that the file stays within some hundred megabytes:
 * changes after 400 days or 5,000 a check, roll-ups after 40 days. Gives freed pages back to the file system.
 */
export function prunePast(database: DatabaseSync, now: number): void {
  const ids = database.prepare('SELECT id FROM checks').all();
  const perCheck = Math.min(changesKept.perCheck, Math.ceil(changesKept.inAll / ids.length));
  const rollupsFrom = now - Math.min(rollupsKeptMs, (rollupsKept / ids.length) * rollupMs);
  for (const { id } of ids) {
    if (typeof id === 'number') pruneCheck(database, { id, perCheck, changesFrom: now - changesKeptMs, rollupsFrom });
  }
  database.exec(`DELETE FROM checks WHERE id NOT IN (SELECT check_id FROM changes UNION SELECT check_id FROM rollups)`);
  database.exec(`PRAGMA incremental_vacuum(${pagesFreed})`);
}

type Limits = { readonly id: number; readonly perCheck: number; readonly changesFrom: number; readonly rollupsFrom: number };

/** The newest change stays, however old: it is the state that the check is in. */
function pruneCheck(database: DatabaseSync, { id, perCheck, changesFrom, rollupsFrom }: Limits): void {
  database
    .prepare(
      `DELETE FROM changes WHERE check_id = :id AND at < (SELECT max(at) FROM changes WHERE check_id = :id) AND
         (at < :from OR at <= (SELECT at FROM changes WHERE check_id = :id ORDER BY at DESC LIMIT 1 OFFSET :most))`,
    )
    .run({ id, from: changesFrom, most: perCheck });
  for (const table of ['rollups', 'measures']) {
    database.prepare(`DELETE FROM ${table} WHERE check_id = ? AND at < ?`).run(id, rollupsFrom);
  }
}
