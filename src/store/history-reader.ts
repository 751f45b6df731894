import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { Recall, Recalled } from '../core/known-error.ts';
import { earlierOf } from '../core/known-errors.ts';
import { readIncident, readIncidents } from './archive-table.ts';
import { parseArchived, parseReadable } from './archived.ts';
import { explain, HistoryError } from './errors.ts';
import { historyPath, knownVersion } from './history-database.ts';
import type { ArchivedIncident, LastSeen } from './history-types.ts';
import { readLast } from './past-read.ts';
import { recallIncidents } from './recall-table.ts';

/** The history for a command line, without a daemon. Each call throws a HistoryError where it cannot be read. */
export interface HistoryReader extends Disposable {
  /** The newest closed incidents, newest first: 200 unless told, at most 5,000. */
  incidents(options?: { readonly limit?: number }): readonly ArchivedIncident[];
  /** One closed incident; null where there is none with this id. */
  incident(id: string): ArchivedIncident | null;
  /** What is known last of every check, by its key. */
  last(): ReadonlyMap<string, LastSeen>;
  /** Earlier incidents like one that would open. */
  recall(recall: Recall): Recalled;
}

/**
 * Opens the history for reading; it creates and changes nothing in the folder. Null where there is no history.
 * Throws a HistoryError where there is one that cannot be read.
 */
export function readHistory(folder: string): HistoryReader | null {
  const path = historyPath(folder);
  if (!existsSync(path)) return null;
  const database = attempt(path, () => openReadOnly(path));
  return {
    incidents: ({ limit } = {}) => parseReadable(attempt(path, () => readIncidents(database, limit))),
    incident(id) {
      const document = attempt(path, () => readIncident(database, id));
      return document === null ? null : parseArchived(document);
    },
    last: () => attempt(path, () => readLast(database)),
    recall(recall) {
      const { seen, lastAt, documents } = attempt(path, () => recallIncidents(database, recall));
      return { seen, lastAt, similar: parseReadable(documents).map(({ incident }) => earlierOf(incident)) };
    },
    [Symbol.dispose]: () => database.close(),
  };
}

/**
 * While a daemon runs, or after it was killed, the log files beside the database are there and must be read with it. After
 * an orderly end they are not, and SQLite would create them, unless told that nobody else writes.
 */
function openReadOnly(path: string): DatabaseSync {
  const url = pathToFileURL(path);
  if (!existsSync(`${path}-wal`) || !existsSync(`${path}-shm`)) url.searchParams.set('immutable', '1');
  const database = new DatabaseSync(url, { readOnly: true, timeout: 2000 });
  try {
    knownVersion(database, path);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function attempt<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof HistoryError) throw error;
    throw new HistoryError(`${path} cannot be read: ${explain(error)}`, { cause: error });
  }
}
