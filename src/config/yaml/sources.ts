/** The main file with everything that it includes. */
import { glob } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { isSecret, type Secret } from '../../lib/secret.ts';
import { inOrder, type Note, type Problem } from '../problem.ts';
import type { Locate } from './locate.ts';
import { mergeSources } from './merge.ts';
import type { SecretPlaces } from './secrets.ts';
import { readSource, type Source } from './source.ts';

export interface Sources {
  readonly data: Readonly<Record<string, unknown>>;
  readonly locate: Locate;
  readonly problems: readonly Problem[];
  readonly notes: readonly Note[];
  /** A file's structure is not known: what is missing proves nothing. */
  readonly broken: boolean;
  /** Configuration files in the order of reading, as given. */
  readonly files: readonly string[];
  /** Files that hold secrets. */
  readonly secretFiles: readonly string[];
  /** Configuration files that every user of the machine can read. */
  readonly exposedFiles: readonly string[];
  /** Files of secrets that every user of the machine can read. */
  readonly exposedSecretFiles: readonly string[];
  /** Values that no message may show. */
  readonly secrets: readonly Secret[];
  /** Absolute `include:` patterns. */
  readonly includes: readonly string[];
}

const mostFiles = 1000;

/** Reads `file` and what it includes. Never rejects. */
export async function readSources(file: string, places: SecretPlaces): Promise<Sources> {
  const main = await readSource(file, places);
  const problems: Problem[] = [...rootProblems(main, true)];
  const patterns = includePatterns(main);
  const found = await expandIncludes(main, patterns, problems);
  const sources = [main];
  for (const included of found) sources.push(await readSource(included, places));
  for (const source of sources.slice(1)) problems.push(...rootProblems(source, false));
  const merged = mergeSources(sources.filter((source) => isMap(source.data)).map(withoutInclude));
  const files = sources.map((source) => source.file);
  problems.push(...sources.flatMap((source) => source.problems), ...merged.problems);
  return {
    ...merged,
    ...gathered(sources),
    problems: inOrder(problems, files),
    files,
    includes: patterns.map((one) => one.absolute),
  };
}

function gathered(sources: readonly Source[]) {
  const secrets = sources.flatMap((source) => source.secrets);
  const exposed = secrets.filter(({ found }) => found.exposed);
  return {
    broken: sources.some((source) => source.broken),
    notes: exposed.map(({ found, at }) => ({
      ...at,
      message: `every user of this machine can read ${found.file}; chmod o-r it`,
    })),
    secretFiles: [...new Set(secrets.flatMap(({ found }) => found.file ?? []))],
    exposedFiles: sources.filter((source) => source.exposed).map((source) => source.file),
    exposedSecretFiles: [...new Set(exposed.flatMap(({ found }) => found.file ?? []))],
    secrets: secrets.flatMap(({ found }) => found.secret ?? []),
  };
}

function rootProblems(source: Source, isMain: boolean): Problem[] {
  if (isMap(source.data)) return isMain ? [] : nestedInclude(source);
  if (source.broken || (source.data === null && !isMain)) return [];
  const found = source.data === null ? 'the file is empty' : 'the file does not hold a map of keys';
  return [{ file: source.file, line: 1, col: 1, message: `${found}; it begins with keys such as "contacts:" and "services:"` }];
}

function nestedInclude(source: Source): Problem[] {
  if (!isMap(source.data) || !Object.hasOwn(source.data, 'include')) return [];
  return [{ ...source.locate(['include'], 'key'), message: '`include:` works in the main file only' }];
}

function withoutInclude(source: Source, index: number): Source {
  if (index === 0) return source;
  const { include: _, ...rest } = source.data as Record<string, unknown>;
  return { ...source, data: rest };
}

interface Pattern {
  readonly path: readonly (string | number)[];
  readonly written: string;
  readonly absolute: string;
}

/** Values that are no text are told by the schema of the whole. */
function includePatterns(main: Source): Pattern[] {
  const value = isMap(main.data) ? main.data.include : undefined;
  const list = Array.isArray(value) ? value : [value];
  return list.flatMap((written: unknown, index) => {
    if (typeof written !== 'string' || written === '') return [];
    const path = Array.isArray(value) ? ['include', index] : ['include'];
    if (main.locate(path).unread) return [];
    return [{ path, written, absolute: resolve(dirname(main.file), written) }];
  });
}

async function expandIncludes(main: Source, patterns: readonly Pattern[], problems: Problem[]): Promise<string[]> {
  const folder = dirname(main.file);
  const files = new Map<string, string>();
  for (const { path, written } of patterns) {
    const matches = await matchesOf(written, folder);
    if (matches.length === 0)
      problems.push({ ...main.locate(path), message: `"${written}" matches no file in ${resolve(folder)}` });
    for (const match of matches) files.set(resolve(folder, match), isAbsolute(match) ? match : join(folder, match));
  }
  files.delete(resolve(main.file));
  if (files.size > mostFiles)
    problems.push({ ...main.locate(['include']), message: `more than ${mostFiles} files are included` });
  return [...files.values()].slice(0, mostFiles);
}

async function matchesOf(pattern: string, folder: string): Promise<string[]> {
  const matches: string[] = [];
  for await (const match of glob(pattern, { cwd: folder })) {
    matches.push(match);
    if (matches.length > mostFiles) break;
  }
  return matches.toSorted();
}

function isMap(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data) && !isSecret(data);
}
