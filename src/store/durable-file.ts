import { constants, existsSync } from 'node:fs';
import { copyFile, link, lstat, rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Adapter } from 'lowdb';
import { createSealer } from './envelope.ts';
import { codeOf, explain, StoreError } from './errors.ts';
import { quarantine, removeStaleTemporaries, syncFolder, temporaryName, writeSynced } from './folder.ts';
import { backupsOf, type Loaded, loadNewest } from './load.ts';

const damagedKept = 5;

/** How a value stands in the file. `decode` throws for what is no such value. */
export interface Format<T> {
  encode(value: T): string;
  decode(record: unknown): T;
}

/** A lowdb adapter; `notes` are the repairs that its `read` made, one sentence each. */
export interface DurableFile<T> extends Adapter<T> {
  readonly notes: readonly string[];
}

/**
 * Keeps a value in a file so that neither a kill nor a power cut nor a full disk loses what `write` has promised.
 *
 * - `write` resolves when the new state is on the disk and rejects with a StoreError otherwise; the file always holds one
 *   whole state, the old or the new one. Never call it again before it has settled.
 * - `read` gives the newest good state, from a backup if need be (at most the last write is lost), and null only where
 *   neither the file nor a backup exists. It sets a damaged file aside, removes leftovers of a killed writer, and throws a
 *   StoreError where a person must decide.
 *
 * Only for the process that holds the folder's lock.
 */
export function durableFile<T>(path: string, format: Format<T>): DurableFile<T> {
  const notes: string[] = [];
  const seal = createSealer();
  let sequence = 0;

  async function read(): Promise<T | null> {
    await refuseLink(path);
    await removeStaleTemporaries(path);
    const loaded = await loadNewest(path, format.decode);
    const note = repair(path, loaded);
    if (note !== null) notes.push(note);
    sequence = loaded.newest?.sequence ?? 0;
    return loaded.newest?.value ?? null;
  }

  async function write(value: T): Promise<void> {
    sequence += 1;
    try {
      await replaceDurably(path, seal(sequence, format.encode(value)));
    } catch (error) {
      throw new StoreError(`${path} could not be written: ${explain(error)}`, { cause: error });
    }
  }

  return { read, write, notes };
}

async function refuseLink(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (!found?.isSymbolicLink()) return;
  throw new StoreError(
    `${path} is a symbolic link, which a safe write would replace; move the file itself here (the whole folder may be a link)`,
  );
}

function repair<T>(path: string, { main, newest }: Loaded<T>): string | null {
  if (main.state === 'good') return null;
  if (main.state === 'missing') return newest && `${path} was missing; restored from ${basename(newest.from)}`;
  if (newest === null) throw nothingLeft(path, `is damaged (${main.why})`);
  const aside = quarantine(path, damagedKept);
  return `${path} was damaged (${main.why}); kept as ${basename(aside)}, restored from ${basename(newest.from)}`;
}

/** There is no state to go on with, and beginning with an empty one is a person's decision. */
export function nothingLeft(path: string, what: string): StoreError {
  return new StoreError(
    `${path} ${what} and none of its backups (${basename(path)}.1 to .3) can be read; put it back from a backup of this ` +
      `machine, or move ${dirname(path)} away to begin with an empty record`,
  );
}

async function replaceDurably(path: string, content: Uint8Array): Promise<void> {
  const temporary = temporaryName(path);
  try {
    await writeSynced(temporary, content);
    await keepPrevious(path);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
  await syncFolder(dirname(path));
}

/**
 * Where there is no file, as after a restoration, the backups stay as they are.
 * The oldest goes first: renaming one link of a file onto another link of the same file would do nothing.
 */
async function keepPrevious(path: string): Promise<void> {
  if (!existsSync(path)) return;
  const [first, second, third] = backupsOf(path) as [string, string, string];
  await rm(third, { force: true });
  await unlessMissing(rename(second, third));
  await unlessMissing(rename(first, second));
  await linkOrCopy(path, first);
}

const withoutLinks: readonly string[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

async function linkOrCopy(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!withoutLinks.includes(codeOf(error))) throw error;
    await copyFile(from, to, constants.COPYFILE_EXCL);
  }
}

async function unlessMissing(act: Promise<void>): Promise<void> {
  try {
    await act;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}
