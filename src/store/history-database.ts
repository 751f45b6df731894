import { closeSync, existsSync, openSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { archiveTables, salvageIncidents } from './archive-table.ts';
import { HistoryError, sqliteCodeOf, sqliteCodes } from './errors.ts';
import { privateFile, quarantine } from './folder.ts';
import { pastTables } from './past-tables.ts';
import { recallTables, rememberAll } from './recall-table.ts';
import { transaction } from './transaction.ts';

const schemaVersion = 2;
/** From this version on incidents are remembered when they are archived; those of before are taken in. */
const recallSince = 2;
const damagedKept = 2;
const busyTimeoutMs = 2000;

/** Where the history stands in a state folder. */
export function historyPath(folder: string): string {
  return join(folder, 'history.db');
}

/**
 * Opens the history for its one writer. A damaged file is set aside and begun anew with what can be read of it, which
 * `repaired` is told in a sentence. Throws where the file cannot be used for another reason.
 */
export function openDatabase(folder: string, repaired: (note: string) => void): DatabaseSync {
  try {
    return openSound(historyPath(folder));
  } catch (error) {
    if (!isDamage(error)) throw error;
    return replaceDamaged(folder, error, repaired);
  }
}

/** True where the file itself is broken, as against busy, full or forbidden. */
export function isDamage(error: unknown): boolean {
  if (error instanceof DamagedError) return true;
  const code = sqliteCodeOf(error);
  return code === sqliteCodes.corrupt || code === sqliteCodes.notDatabase;
}

/** Sets the closed, damaged file aside and begins anew. */
export function replaceDamaged(folder: string, why: unknown, repaired: (note: string) => void): DatabaseSync {
  const path = historyPath(folder);
  const aside = quarantine(path, damagedKept, ['-wal', '-shm']);
  const database = openSound(path);
  const saved = salvage(aside, database);
  const reason = why instanceof Error ? why.message : String(why);
  repaired(`${path} was damaged (${reason}); kept as ${basename(aside)}, begun anew with ${saved} of its incidents`);
  return database;
}

/** SQLite's own check found something wrong. */
class DamagedError extends Error {}

function openSound(path: string): DatabaseSync {
  if (!existsSync(path)) closeSync(openSync(path, 'a', privateFile));
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs });
  try {
    prepareDatabase(database, path);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A closed incident leaves the live record once it is here, so every transaction is synced (`FULL`). */
function prepareDatabase(database: DatabaseSync, path: string): void {
  database.exec('PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  database.exec(`PRAGMA journal_size_limit = ${16 * 1024 * 1024}`);
  const version = knownVersion(database, path);
  const found = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
  if (found !== 'ok') throw new DamagedError(String(found));
  transaction(database, () => {
    database.exec(`${archiveTables} ${pastTables} ${recallTables} PRAGMA user_version = ${schemaVersion}`);
    if (version < recallSince) rememberAll(database);
  });
}

/** Gives the version of a database's layout (0: there is none yet); throws a HistoryError for one that this program does not know. */
export function knownVersion(database: DatabaseSync, path: string): number {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  if (version <= schemaVersion) return version;
  throw new HistoryError(
    `${path} was written by a newer incidentd (format ${version}, this one knows ${schemaVersion}); ` +
      'start the newer incidentd again, or move the file away',
  );
}

function salvage(aside: string, into: DatabaseSync): number {
  try {
    using damaged = new DatabaseSync(aside, { readOnly: true });
    return transaction(into, () => {
      const saved = salvageIncidents(damaged, into);
      rememberAll(into);
      return saved;
    });
  } catch {
    return 0;
  }
}
