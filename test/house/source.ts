import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';

/** The checkout. */
export const root = join(import.meta.dirname, '../..');

/** A source file by its path from the checkout's root; a planted violation is one that exists only as text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A node of the syntax tree, as far as a walk needs to know it. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

export interface Place {
  readonly parent: SyntaxNode | null;
  /** The parent's property that holds the node. */
  readonly key: string;
}

/** All TypeScript files below a folder of the checkout, in order of their path. */
export function sourceFiles(folder: string): readonly SourceFile[] {
  return globSync(`${folder}/**/*.ts`, { cwd: root })
    .sort()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** The syntax tree of a file; a file that does not parse is an error. */
export function parsed(file: SourceFile): SyntaxNode {
  const { program, errors } = parseSync(file.path, file.text);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${file.path} does not parse: ${error.message}`);
  return program as unknown as SyntaxNode;
}

/** Calls `visit` for a node and everything below it, in the order of the text; below a node for which it gives false it does not go. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode, place: Place) => boolean,
  place: Place = { parent: null, key: '' },
): void {
  if (!visit(node, place)) return;
  for (const [key, value] of Object.entries(node)) {
    if (typeof value !== 'object') continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) walk(child, visit, { parent: node, key });
    }
  }
}

/** `path:line` of an offset. */
export function at(file: SourceFile, offset: number): string {
  return `${file.path}:${file.text.slice(0, offset).split('\n').length}`;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
