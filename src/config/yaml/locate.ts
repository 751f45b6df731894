/** From the path of a value to its place in the text. */
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, visit } from 'yaml';
import type { Part, Path, Position } from '../problem.ts';
import type { Parsed } from './parse.ts';

export type Locate = (path: Path, part?: Part) => Position;

/** Finds values of one document. A path that leads to nothing gives the deepest place on the way that exists. */
export function locator(file: string, { document, lines, unread }: Pick<Parsed, 'document' | 'lines' | 'unread'>): Locate {
  let anchors: ReadonlyMap<string, Node> | undefined;
  return (path, part = 'value') => {
    let node = document.contents as Node | null;
    let offset = node?.range?.[0] ?? 0;
    let isKey = false;
    for (const [index, step] of path.entries()) {
      if (isAlias(node)) {
        anchors ??= anchorsOf(document);
        node = anchors.get(node.source) ?? null;
      }
      const next = child(node, step);
      if (!next) break;
      const last = index === path.length - 1;
      isKey = last && part === 'key';
      offset = (isKey ? next.key : next.value)?.range?.[0] ?? next.key?.range?.[0] ?? offset;
      node = next.value;
    }
    const { line, col } = lines.linePos(offset);
    const position = { file, line: Math.max(1, line), col: Math.max(1, col) };
    return !isKey && node && unread.has(node) ? { ...position, unread: true } : position;
  };
}

function child(node: Node | null, step: string | number): { readonly key: Node | null; readonly value: Node | null } | null {
  if (isSeq(node) && typeof step === 'number') {
    const item = node.items[step] as Node | undefined;
    return item ? { key: null, value: item } : null;
  }
  if (!isMap(node)) return null;
  const pair = (node.items as Pair<Node, Node | null>[]).find((one) => isScalar(one.key) && one.key.value === String(step));
  return pair ? { key: pair.key, value: pair.value } : null;
}

function anchorsOf(document: Document): ReadonlyMap<string, Node> {
  const anchors = new Map<string, Node>();
  visit(document, {
    Node(_, node) {
      if (!isAlias(node) && node.anchor) anchors.set(node.anchor, node);
    },
  });
  return anchors;
}
