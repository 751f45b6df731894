import { posix } from 'node:path';
import { importsOf } from './imports.ts';
import { parsed, type SourceFile, walk } from './source.ts';

/** Folders whose files are kinds of one thing, one file each, with a `registry.ts` that lists them. Any other folder with a registry is held too. */
const kindFolders: readonly string[] = ['src/probes', 'src/channels', 'src/cli/commands'];

/** Folders whose kinds carry the name of their file, as the property `kind`. */
const namedFolders: readonly string[] = ['src/probes', 'src/channels'];

/** What is wrong between registries and their folders. A folder without kinds needs no registry; helpers lie in deeper folders. */
export function registryViolations(files: readonly SourceFile[]): readonly string[] {
  const withRegistry = files.filter(({ path }) => posix.basename(path) === 'registry.ts').map(({ path }) => posix.dirname(path));
  return [...new Set([...kindFolders, ...withRegistry])].flatMap((folder) => violationsIn(folder, files));
}

function violationsIn(folder: string, files: readonly SourceFile[]): readonly string[] {
  const others = [`${folder}/registry.ts`, `${folder}/contract.ts`];
  const kinds = files.filter(({ path }) => posix.dirname(path) === folder && !others.includes(path));
  const registry = files.find(({ path }) => path === others[0]);
  if (kinds.length === 0) return [];
  if (registry === undefined) return [`${others[0]} does not exist; it has to list the files of ${folder}`];
  const listed = new Set(importsOf(registry).map(({ target }) => target));
  const misnamed = namedFolders.includes(folder) ? kinds.filter((kind) => !isNamedAfterFile(kind)) : [];
  return [
    ...kinds.filter(({ path }) => !listed.has(path)).map(({ path }) => `${path} is not in ${registry.path}`),
    ...misnamed.map(({ path }) => `${path} declares no kind of its file's name`),
  ];
}

function isNamedAfterFile(file: SourceFile): boolean {
  const name = posix.basename(file.path, '.ts');
  let found = false;
  walk(parsed(file), (node) => {
    found ||= node.type === 'Property' && field(node.key, 'name') === 'kind' && field(node.value, 'value') === name;
    return !found;
  });
  return found;
}

function field(node: unknown, name: string): unknown {
  return typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[name] : undefined;
}
