import { randomUUID } from 'node:crypto';
import { constants, existsSync, readdirSync, renameSync, rmSync, type Stats } from 'node:fs';
import { access, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf, explain, StoreError } from './errors.ts';

/** Files in the state folder hold names, addresses and mails: only their owner reads them. */
export const privateFile = 0o600;
const privateFolder = 0o700;

/**
 * Makes sure that the state folder is there, is ours and can be written; a missing one is created, readable
 * by this user only. Throws a StoreError that names the folder and the fix.
 */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
    refuseForeign(folder, await stat(folder));
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(`the state folder ${folder} cannot be used: ${explain(error)}`, { cause: error });
  }
}

/** Like a recursive `mkdir`, which never ends where a file system takes no folders and says that its own is missing (/proc). */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: privateFolder });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    if (codeOf(error) !== 'ENOENT' || existsSync(dirname(folder))) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder, { mode: privateFolder });
  }
}

function refuseForeign(folder: string, found: Stats): void {
  const user = process.getuid?.();
  if (!found.isDirectory()) throw new StoreError(`${folder} is not a folder; remove it, or name a folder with --state`);
  if (user === undefined || found.uid === user) return;
  throw new StoreError(
    `the state folder ${folder} belongs to user ${found.uid}, but this is user ${user}; ` +
      `run incidentd as that user, or give the folder to this one: chown -R ${user} ${folder}`,
  );
}

/** Makes creations, renames and removals in a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  await handle.sync();
}

/** Creates a new file, readable by its owner only, whose content is on the disk when this resolves. */
export async function writeSynced(path: string, content: string | Uint8Array): Promise<void> {
  await using handle = await open(path, 'wx', privateFile);
  await handle.writeFile(content);
  await handle.sync();
}

/** The name of a new temporary file beside `path`. */
export function temporaryName(path: string): string {
  return `${path}.tmp-${randomUUID()}`;
}

/** Removes the temporary files that a killed writer of `path` left; only for the process that holds the folder's lock. */
export async function removeStaleTemporaries(path: string): Promise<void> {
  const prefix = `${basename(path)}.tmp-`;
  for (const name of await readdir(dirname(path))) {
    if (name.startsWith(prefix)) await rm(join(dirname(path), name), { force: true });
  }
}

/**
 * Sets a damaged file aside as `<name>.corrupt-<time>`, with those that belong to it (`-wal`), and keeps only the newest
 * `keep` of earlier ones. Returns the new path.
 */
export function quarantine(path: string, keep: number, companions: readonly string[] = []): string {
  const time = new Date().toISOString().replaceAll(':', '-');
  const aside = `${path}.corrupt-${time}`;
  renameSync(path, aside);
  for (const suffix of companions) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  removeOldQuarantined(path, keep, time.length);
  return aside;
}

function removeOldQuarantined(path: string, keep: number, timeLength: number): void {
  const prefix = `${basename(path)}.corrupt-`;
  const found = readdirSync(dirname(path)).filter((name) => name.startsWith(prefix));
  const timeOf = (name: string) => name.slice(prefix.length, prefix.length + timeLength);
  const kept = new Set([...new Set(found.map(timeOf))].sort().slice(-keep));
  for (const name of found) {
    if (!kept.has(timeOf(name))) rmSync(join(dirname(path), name), { force: true });
  }
}
