import { at, parsed, type SourceFile, walk } from './source.ts';

/**
 * Written so that it does not find itself. A `biome-ignore` of one place is fine, because the linter says when it has become
 * needless; that of a whole file or range it never does.
 */
const refusedTexts = /\b(?:TO[D]O|FIX[M]E|X{3})\b|@ts-(?:ignore|nocheck)|biome-ignore-(?:all|start)/g;

/** Marks of unfinished work, tests that switch off the others, and ways around the type checker. */
export function unfinishedWork(file: SourceFile): readonly string[] {
  const found = [...file.text.matchAll(refusedTexts)].map((match) => `${at(file, match.index)}: ${match[0]}`);
  if (!/\bany\b|\.only\b/.test(file.text)) return found;
  walk(parsed(file), (node) => {
    if (node.type === 'TSAnyKeyword') found.push(`${at(file, node.start)}: any`);
    if (node.type === 'CallExpression' && isOnly(node.callee)) found.push(`${at(file, node.start)}: .only(`);
    return true;
  });
  return found;
}

function isOnly(callee: unknown): boolean {
  const property = (callee as { readonly property?: { readonly name?: string } }).property;
  return property?.name === 'only';
}
