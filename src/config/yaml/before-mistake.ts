/** What stands before the first mistake of a text. */
import { isCollection, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml';
import { isHarmless, readSyntax, type Syntax } from './syntax.ts';
import { closing, unclosedIn } from './unclosed.ts';

export interface Beginning {
  readonly document: Syntax['document'];
  /** The nodes that its end cut off: there may be more in them. */
  readonly unread: ReadonlySet<Node>;
}

/** A beginning can have mistakes of its own, for want of its end; then it ends before them. */
const mostCuts = 10;

/** The part of a broken text that could be read; an empty one where that is not known. */
export function beforeMistake({ text, mistakes }: Syntax): Beginning {
  let end = breakOf(mistakes) ?? text.length;
  for (let cut = 0; cut < mostCuts; cut++) {
    const beginning = readSyntax(withEnds(text.slice(0, end)));
    const next = breakOf(beginning.mistakes);
    if (next === undefined) return { document: beginning.document, unread: unreadIn(beginning, end) };
    if (next >= end) break;
    end = next;
  }
  return { document: readSyntax('').document, unread: new Set() };
}

function breakOf(mistakes: Syntax['mistakes']): number | undefined {
  return mistakes.find((mistake) => !isHarmless(mistake))?.offset;
}

/** The text with all its brackets closed. */
function withEnds(text: string): string {
  const ends = unclosedIn(text).unclosed.map(({ opening }) => closing[opening]);
  return ends.length === 0 ? text : `${text} ${ends.toReversed().join('')}`;
}

/** From the whole down to the last value, as far as each may go on behind `end`. */
function unreadIn({ document, lines }: Syntax, end: number): ReadonlySet<Node> {
  const unread = new Set<Node>();
  const lastLine = lines.linePos(end).line;
  let node: Node | null = document.contents;
  while (node && mayGoOn(node, end, lines.linePos(node.range?.[0] ?? 0).line === lastLine)) {
    unread.add(node);
    node = lastIn(node);
  }
  return unread;
}

function mayGoOn(node: Node, end: number, isInLastLine: boolean): boolean {
  if (!isCollection(node)) return isInLastLine || (isScalar(node) && node.source === '');
  return node.flow !== true || (node.range?.[1] ?? 0) > end;
}

function lastIn(node: Node): Node | null {
  if (isSeq(node)) return (node.items.at(-1) ?? null) as Node | null;
  const pair = isMap(node) ? (node.items.at(-1) as Pair<Node, Node | null> | undefined) : undefined;
  return pair?.value ?? null;
}
