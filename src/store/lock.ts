import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { explain, LockedError, StoreError, sqliteCodeOf, sqliteCodes } from './errors.ts';
import { prepareFolder, privateFile } from './folder.ts';

/** The right to work on a state folder, held until it is disposed of or the process ends, however it ends. */
export interface Lock extends Disposable {
  readonly folder: string;
}

/**
 * Takes the state folder for this process, or rejects at once: a LockedError that names the process that has it, a
 * StoreError where the lock cannot be taken at all. The kernel holds the lock, as that of an exclusive SQLite
 * transaction, so a kill releases it. A missing folder is created.
 *
 * No other code may open `lock.db`: closing any handle of it in this process would release the lock (POSIX fcntl).
 */
export async function acquireLock(folder: string): Promise<Lock> {
  await prepareFolder(folder);
  const path = join(folder, 'lock.db');
  const pidPath = join(folder, 'daemon.pid');
  const database = holdExclusively(path, pidPath);
  notePid(pidPath);
  return {
    folder,
    [Symbol.dispose]() {
      rmSync(pidPath, { force: true });
      database.close();
    },
  };
}

function holdExclusively(path: string, pidPath: string): DatabaseSync {
  try {
    if (!existsSync(path)) writeFileSync(path, '', { flag: 'a', mode: privateFile });
    return beginOrRepair(path);
  } catch (error) {
    if (sqliteCodeOf(error) === sqliteCodes.busy) throw new LockedError(lockedMessage(dirname(path), pidPath), { cause: error });
    throw new StoreError(`${path} cannot be locked: ${explain(error)}`, { cause: error });
  }
}

/** A damaged `lock.db` is emptied: it holds nothing, and were it locked by another, `busy` would have come first. */
function beginOrRepair(path: string): DatabaseSync {
  try {
    return beginExclusive(path);
  } catch (error) {
    if (sqliteCodeOf(error) !== sqliteCodes.notDatabase) throw error;
    truncateSync(path);
    return beginExclusive(path);
  }
}

/** With the journal in memory: a file would need space, and the disk may be full. Nothing is ever written. */
function beginExclusive(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function lockedMessage(folder: string, pidPath: string): string {
  const holder = readPid(pidPath);
  const who = holder === null ? 'another incidentd' : `another incidentd (pid ${holder})`;
  return `${who} holds ${folder}; stop it first, or name another folder with --state`;
}

function readPid(pidPath: string): string | null {
  try {
    return /^\d{1,10}$/m.exec(readFileSync(pidPath, 'utf8'))?.[0] ?? null;
  } catch {
    return null;
  }
}

/** For the message above only; a full disk must not keep the daemon from starting. */
function notePid(pidPath: string): void {
  try {
    writeFileSync(pidPath, `${process.pid}\n`, { mode: privateFile });
  } catch {
    // The refused one then names no pid.
  }
}
