/** The file at a path, or the newest of those that a pattern names. Files are never opened: a pipe would hang. */
import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../../net/failure.ts';
import { hasWildcard, matchesWildcard } from './wildcard.ts';

export interface SeenFile {
  readonly path: string;
  /** When it was last written, epoch ms. */
  readonly writtenAt: number;
  /** Bytes; null for what is no regular file. */
  readonly size: number | null;
  /** How many files the pattern names. */
  readonly matches: number;
}

const entryLimit = 50_000;

/**
 * What is there, or null for nothing. `*`, `?` and `[…]` are understood in every part of the path, and symbolic links followed.
 * Throws what the file system says (`EACCES`, …), and `E2BIG` when the folders hold more than 50,000 names, or more than can be
 * looked at within `limitMs`.
 */
export async function newestFile(pattern: string, limitMs: number): Promise<SeenFile | null> {
  const budget = { left: entryLimit, until: performance.now() + limitMs };
  let newest: SeenFile | null = null;
  let matches = 0;
  for await (const path of expand('/', pattern.split('/').filter(Boolean), budget)) {
    const seen = await lookAt(path);
    if (seen === null) continue;
    matches += 1;
    if (newest === null || seen.writtenAt > newest.writtenAt) newest = seen;
  }
  return newest && { ...newest, matches };
}

interface Budget {
  /** Names. */
  left: number;
  /** Monotonic, ms. */
  readonly until: number;
}

async function* expand(folder: string, segments: readonly string[], budget: Budget): AsyncGenerator<string> {
  const at = segments.findIndex(hasWildcard);
  if (at < 0) {
    yield join(folder, ...segments);
    return;
  }
  const parent = join(folder, ...segments.slice(0, at));
  const pattern = segments[at] ?? '';
  for await (const name of namesIn(parent)) {
    budget.left -= 1;
    if (budget.left < 0 || performance.now() > budget.until)
      throw Object.assign(new Error(`too many names in ${parent}`), { code: 'E2BIG' });
    if (matchesWildcard(name, pattern)) yield* expand(join(parent, name), segments.slice(at + 1), budget);
  }
}

async function* namesIn(folder: string): AsyncGenerator<string> {
  try {
    for await (const entry of await opendir(folder, { bufferSize: 512 })) yield entry.name;
  } catch (error) {
    if (!isAbsence(error)) throw error;
  }
}

async function lookAt(path: string): Promise<SeenFile | null> {
  try {
    const stats = await stat(path);
    return { path, writtenAt: stats.mtimeMs, size: stats.isFile() ? stats.size : null, matches: 1 };
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}

function isAbsence(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(errorCode(error));
}
