import type { Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { formatVersion, unseal } from './envelope.ts';
import { codeOf, explain, StoreError } from './errors.ts';

const backupsKept = 3;
const largestBytes = 256 * 1024 * 1024;

/** One file, read: `damaged` says in words what is wrong with it. */
type Found<T> =
  | { readonly state: 'good'; readonly value: T; readonly sequence: number }
  | { readonly state: 'damaged'; readonly why: string }
  | { readonly state: 'missing' };

/** The newest good state among a file and its backups: `main` is how the file itself was found, `from` where the state comes from. */
export interface Loaded<T> {
  readonly main: Found<T>;
  readonly newest: { readonly value: T; readonly sequence: number; readonly from: string } | null;
}

/** The previous good states of a file, newest first. */
export function backupsOf(path: string): readonly string[] {
  return Array.from({ length: backupsKept }, (_, index) => `${path}.${index + 1}`);
}

/**
 * Reads a file and, where it is missing or damaged, the newest good one of its backups; changes nothing.
 * `decode` throws for a record that is not one. Throws a StoreError for what another program than this must read:
 * a file of a newer version, or one that this user may not open.
 */
export async function loadNewest<T>(path: string, decode: (record: unknown) => T): Promise<Loaded<T>> {
  const main = await lookAt(path, decode);
  if (main.state === 'good') return { main, newest: { ...main, from: path } };
  for (const from of backupsOf(path)) {
    const backup = await lookAt(from, decode);
    if (backup.state === 'good') return { main, newest: { ...backup, from } };
  }
  return { main, newest: null };
}

async function lookAt<T>(path: string, decode: (record: unknown) => T): Promise<Found<T>> {
  const text = await readText(path);
  if (typeof text !== 'string') return text;
  const unsealed = unseal(text);
  if (unsealed.state === 'damaged') return unsealed;
  if (unsealed.version > formatVersion) throw newerFile(path, unsealed.version);
  try {
    return { state: 'good', value: decode(unsealed.record), sequence: unsealed.sequence };
  } catch (error) {
    return { state: 'damaged', why: `its content is not a record (${explain(error).replaceAll(/\s+/g, ' ').slice(0, 200)})` };
  }
}

async function readText(path: string): Promise<string | Exclude<Found<never>, { state: 'good' }>> {
  try {
    await using handle = await open(path, 'r');
    const found = await handle.stat();
    if (!found.isFile()) throw new StoreError(`${path} is not a file; move it away, or name another folder with --state`);
    return isTooLarge(found) ? { state: 'damaged', why: 'it is larger than 256 MiB' } : await handle.readFile('utf8');
  } catch (error) {
    if (error instanceof StoreError) throw error;
    if (codeOf(error) === 'ENOENT') return { state: 'missing' };
    if (codeOf(error) === 'EIO') return { state: 'damaged', why: 'the disk cannot read it (EIO)' };
    throw new StoreError(`${path} cannot be read: ${explain(error)}`, { cause: error });
  }
}

function isTooLarge(found: Stats): boolean {
  return found.size > largestBytes;
}

function newerFile(path: string, version: number): StoreError {
  return new StoreError(
    `${path} was written by a newer incidentd (format ${version}, this one knows ${formatVersion}); ` +
      'start the newer incidentd again, or name another folder with --state',
  );
}
