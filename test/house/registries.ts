import { posix } from 'node:path';
import { importsOf } from './imports.ts';
import { parsed, type SourceFile, walk } from './source.ts';

/** A folder whose files are kinds of one thing, and the file that lists them. */
export interface Registry {
  readonly folder: string;
  readonly list: string;
  /** Files of the folder that are no kinds. */
  readonly others: readonly string[];
  /** The property that holds the kind's name, which is the file's name too. */
  readonly nameKey: string | null;
}

/** What is wrong between a folder and its list. A folder without kinds needs no list. */
export function registryViolations(registry: Registry, files: readonly SourceFile[]): readonly string[] {
  const kinds = files.filter(({ path }) => posix.dirname(path) === registry.folder && !isOther(registry, path));
  const list = files.find(({ path }) => path === registry.list);
  if (kinds.length === 0) return [];
  if (list === undefined) return [`${registry.list} does not exist; it has to list the files of ${registry.folder}`];
  const listed = new Set(importsOf(list).map(({ target }) => target));
  return [
    ...kinds.filter(({ path }) => !listed.has(path)).map(({ path }) => `${path} is not in ${registry.list}`),
    ...kinds
      .filter((kind) => !isNamedAfter(kind, registry))
      .map(({ path }) => `${path} has no ${registry.nameKey} of its file's name`),
  ];
}

function isOther({ list, folder, others }: Registry, path: string): boolean {
  return path === list || others.some((name) => path === `${folder}/${name}`);
}

function isNamedAfter(file: SourceFile, { nameKey }: Registry): boolean {
  if (nameKey === null) return true;
  const name = posix.basename(file.path, '.ts');
  let found = false;
  walk(parsed(file), (node) => {
    found ||= node.type === 'Property' && field(node.key, 'name') === nameKey && field(node.value, 'value') === name;
    return !found;
  });
  return found;
}

function field(node: unknown, name: string): unknown {
  return typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[name] : undefined;
}
