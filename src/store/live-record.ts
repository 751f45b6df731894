import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { emptyRecord, type LiveRecord } from '../core/record.ts';
import { newestWins } from './commit-queue.ts';
import { durableFile, nothingLeft } from './durable-file.ts';
import { codeOf, explain, StoreError } from './errors.ts';
import { prepareFolder, syncFolder, writeSynced } from './folder.ts';
import { loadNewest } from './load.ts';
import { liveRecordSchema, recordToJson } from './record-schema.ts';

/** The record of a running daemon. */
export interface LiveRecordStore {
  /** As it was loaded; commits do not change it. */
  readonly record: LiveRecord;
  /** What had to be repaired at loading, one sentence each, for the log and the admin. */
  readonly notes: readonly string[];
  /**
   * Resolves when this record or a newer one is on the disk; rejects with a StoreError when that write failed.
   * May be called while an earlier one hangs: writes never overlap, and the newest record is the next one written.
   */
  commit(record: LiveRecord): Promise<void>;
}

const fileName = 'record.json';
const markerName = '.initialized';
const markerText = 'While this file is here, incidentd takes a missing record.json for a loss and not for a new folder.\n';

/**
 * Loads the record from the state folder, which is created where it is missing. A new folder begins with an empty record;
 * one that was in use never does: a missing or damaged file is restored from its newest good backup.
 * Throws a StoreError, with the fix in its message, where that is impossible. The caller holds the folder's lock.
 */
export async function openLiveRecord(folder: string): Promise<LiveRecordStore> {
  await prepareFolder(folder);
  const path = join(folder, fileName);
  const marker = join(folder, markerName);
  const file = durableFile(path, { encode: recordToJson, decode: decodeRecord });
  const database = new Low<LiveRecord>(file, emptyRecord);
  await database.read();

  const marked = await exists(marker);
  if (database.data === emptyRecord) {
    if (marked) throw nothingLeft(path, 'is missing');
    await beginRecord(database);
  }
  if (!marked) await writeMarker(folder, marker);

  function write(record: LiveRecord): Promise<void> {
    database.data = record;
    return database.write();
  }
  return { record: database.data, notes: file.notes, commit: newestWins(write) };
}

/**
 * The record as it stands in the folder, for reading beside or without a daemon; changes nothing there.
 * Null where there is none. Throws a StoreError where it cannot be read.
 */
export async function readLiveRecord(folder: string): Promise<LiveRecord | null> {
  const path = join(folder, fileName);
  const { main, newest } = await loadNewest(path, decodeRecord);
  if (newest !== null) return newest.value;
  if (main.state === 'damaged') throw nothingLeft(path, `is damaged (${main.why})`);
  if (await exists(join(folder, markerName))) throw nothingLeft(path, 'is missing');
  return null;
}

function decodeRecord(record: unknown): LiveRecord {
  return liveRecordSchema.parse(record);
}

/** Written twice, so that from the first minute there is a backup to fall back to. */
async function beginRecord(database: Low<LiveRecord>): Promise<void> {
  await database.write();
  await database.write();
}

async function writeMarker(folder: string, marker: string): Promise<void> {
  try {
    await writeSynced(marker, markerText);
    await syncFolder(folder);
  } catch (error) {
    throw new StoreError(`${marker} could not be written: ${explain(error)}`, { cause: error });
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw new StoreError(`${path} cannot be looked at: ${explain(error)}`, { cause: error });
  }
}
