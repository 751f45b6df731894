import { posix } from 'node:path';
import { mayImport, selfContained } from './rooms.ts';
import { at, parsed, type SourceFile, type SyntaxNode, walk } from './source.ts';

/** One import of any form: static, dynamic, of types, `export … from`, `import('…')` as a type, `require`. */
export interface Import {
  readonly where: string;
  /** What is written; null if it is not a plain text. */
  readonly specifier: string | null;
  /** The path from the checkout's root, for a relative import. */
  readonly target: string | null;
}

const known = new WeakMap<SourceFile, readonly Import[]>();

/** Everything that a file imports. */
export function importsOf(file: SourceFile): readonly Import[] {
  const imports = known.get(file) ?? readImports(file);
  known.set(file, imports);
  return imports;
}

/** The room of a path below `src`: its folder, or its own name if it lies directly there; null outside. */
export function roomOf(path: string): string | null {
  const [top, room] = path.split('/');
  return top === 'src' && room !== undefined ? room.replace(/\.ts$/, '') : null;
}

/** What the files import against the table, a line each. */
export function directionViolations(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) => {
    const room = roomOf(file.path) ?? '';
    if (mayImport[room] === undefined) return [`${file.path}: the room "${room}" is missing in the table of test/house/rooms.ts`];
    return importsOf(file).flatMap((found) => {
      const problem = problemOf(found, room);
      return problem === null ? [] : [`${found.where}: ${problem}`];
    });
  });
}

/** Import cycles, imports of types among them: the files of each in order, joined by arrows. */
export function importCycles(files: readonly SourceFile[]): readonly string[] {
  const targets = new Map(files.map((file) => [file.path, importsOf(file).flatMap(({ target }) => target ?? [])]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push([...trail.slice(start), path].join(' → '));
    if (start >= 0 || done.has(path)) return;
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of targets.keys()) visit(path, []);
  return cycles;
}

function readImports(file: SourceFile): readonly Import[] {
  const found: Import[] = [];
  walk(parsed(file), (node) => {
    const source = sourceOf(node);
    if (source !== undefined) found.push(toImport(file, node, source));
    return true;
  });
  return found;
}

function problemOf({ specifier, target }: Import, room: string): string | null {
  if (specifier === null) return 'imports something that is not a plain text; write the path out';
  if (target === null)
    return selfContained.includes(room) ? `${room} imports no package and nothing of Node, found "${specifier}"` : null;
  const targetRoom = roomOf(target);
  if (targetRoom === null) return `imports "${specifier}", which is outside of src`;
  const allowed = mayImport[room] ?? [];
  if (targetRoom === room || allowed === 'everything') return null;
  if (allowed.some((entry) => target === `src/${entry}.ts` || target.startsWith(`src/${entry}/`))) return null;
  return `${room} may import ${allowed.join(', ') || 'nothing'}; found "${specifier}"`;
}

function toImport(file: SourceFile, node: SyntaxNode, source: unknown): Import {
  const specifier = textOf(source);
  const relative = specifier?.startsWith('.') === true;
  return {
    where: at(file, node.start),
    specifier,
    target: relative ? posix.join(posix.dirname(file.path), specifier) : null,
  };
}

/** The node that says where an import comes from; undefined for a node that imports nothing. */
function sourceOf(node: SyntaxNode): unknown {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return node.source;
    case 'ExportNamedDeclaration':
      return node.source ?? undefined;
    case 'TSExternalModuleReference':
      return node.expression;
    case 'CallExpression':
      return (node.callee as SyntaxNode).name === 'require' ? (node.arguments as readonly unknown[])[0] : undefined;
    default:
      return undefined;
  }
}

function textOf(source: unknown): string | null {
  const value = typeof source === 'object' && source !== null && 'value' in source ? source.value : null;
  return typeof value === 'string' ? value : null;
}
