/** Several files as one configuration, every value still knowing its file. */
import { isSecret } from '../../lib/secret.ts';
import type { Path, Position, Problem } from '../problem.ts';
import type { Locate } from './locate.ts';
import type { Source } from './source.ts';

/** Sections whose entries may stand in several files: lists are appended, maps joined. */
const lists = new Set(['services', 'maintenance']);
const maps = new Set(['contacts', 'rota', 'hours', 'escalation', 'priorities']);

export interface Merged {
  readonly data: Readonly<Record<string, unknown>>;
  readonly locate: Locate;
  readonly problems: readonly Problem[];
}

interface Origin {
  readonly source: Source;
  readonly path: Path;
}

/** Joins files in order; the first is the main one, where paths lead that no file has. */
export function mergeSources(sources: readonly Source[]): Merged {
  const joined = new Map<string, unknown>();
  const origins = new Map<string, Origin>();
  const problems: Problem[] = [];
  for (const source of sources) {
    for (const [key, value] of Object.entries(source.data ?? {})) {
      const entries = entriesOf(key, value, joined.get(key));
      if (entries) problems.push(...join(joined, origins, source, key, entries));
      else if (joined.has(key)) problems.push(twice(origins, source, [key]));
      else joined.set(key, value);
      if (!origins.has(keyOf(key))) origins.set(keyOf(key), { source, path: [key] });
    }
  }
  return {
    data: Object.fromEntries(joined),
    locate: (path, part) => locateMerged(sources[0], origins, path, part),
    problems,
  };
}

/** What can be joined to what is there; null where a value can only stand once. */
function entriesOf(key: string, value: unknown, present: unknown): readonly (readonly [string | number, unknown])[] | null {
  if (lists.has(key) && Array.isArray(value) && (present === undefined || Array.isArray(present))) return [...value.entries()];
  const joinable = maps.has(key) && isRecord(value) && (present === undefined || isRecord(present));
  return joinable ? Object.entries(value) : null;
}

function join(
  joined: Map<string, unknown>,
  origins: Map<string, Origin>,
  source: Source,
  section: string,
  entries: readonly (readonly [string | number, unknown])[],
): Problem[] {
  if (lists.has(section)) {
    const list = (joined.get(section) ?? []) as readonly unknown[];
    for (const [index] of entries) origins.set(keyOf(section, list.length + Number(index)), { source, path: [section, index] });
    joined.set(section, [...list, ...entries.map(([, item]) => item)]);
    return [];
  }
  const map = (joined.get(section) ?? {}) as Readonly<Record<string, unknown>>;
  const [repeated, fresh] = [
    entries.filter(([name]) => Object.hasOwn(map, name)),
    entries.filter(([name]) => !Object.hasOwn(map, name)),
  ];
  for (const [name] of fresh) origins.set(keyOf(section, name), { source, path: [section, name] });
  joined.set(section, { ...map, ...Object.fromEntries(fresh) });
  return repeated.map(([name]) => twice(origins, source, [section, name]));
}

function twice(origins: ReadonlyMap<string, Origin>, source: Source, path: Path): Problem {
  const first = origins.get(keyOf(...path));
  const where = first ? placeOf(first.source.locate(first.path, 'key')) : 'another file';
  return { ...source.locate(path, 'key'), message: `the key "${path.join('.')}" is written twice (first in ${where})` };
}

function placeOf(position: Position): string {
  return `${position.file}:${position.line}:${position.col}`;
}

function locateMerged(
  main: Source | undefined,
  origins: ReadonlyMap<string, Origin>,
  path: Path,
  part?: 'key' | 'value',
): Position {
  for (const length of [2, 1]) {
    if (path.length < length) continue;
    const origin = origins.get(keyOf(...path.slice(0, length)));
    if (origin) return origin.source.locate([...origin.path, ...path.slice(length)], part);
  }
  return main?.locate(path, part) ?? { file: '', line: 1, col: 1 };
}

function keyOf(...path: Path): string {
  return JSON.stringify(path);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isSecret(value);
}
