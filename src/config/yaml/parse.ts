/** Text to a YAML document, with every mistake of syntax. */
import type { Document, LineCounter, Node } from 'yaml';
import { beforeMistake } from './before-mistake.ts';
import { isHarmless, type Mistake, readSyntax, type Syntax } from './syntax.ts';
import { withSpaces } from './tabs.ts';

export interface SyntaxProblem {
  readonly line: number;
  readonly col: number;
  readonly message: string;
}

export interface Parsed {
  /** Of a broken text, what stands before the first mistake. */
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  readonly problems: readonly SyntaxProblem[];
  /** The structure of the whole is not known. */
  readonly broken: boolean;
  /** The nodes that the first mistake cut off: there may be more in them. */
  readonly unread: ReadonlySet<Node>;
}

/** One mistake makes others appear behind it: this many are told. */
const toldAtMost = 5;

/** Parses YAML 1.2. Tabs are told and read as spaces, so that the rest can be checked as well. */
export function parseYaml(text: string): Parsed {
  const { text: spaced, tabs, isGuessed } = withSpaces(text);
  const attempt = readSyntax(spaced);
  const syntax = isGuessed && !attempt.mistakes.every(isHarmless) ? readSyntax(text) : attempt;
  const broken = !syntax.mistakes.every(isHarmless);
  const mistakes = syntax.mistakes.filter(({ code }) => code !== 'TAB_AS_INDENT');
  const depth = mistakes.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  const problems = (depth ? [depth] : mistakes.slice(0, toldAtMost)).map((mistake) => placed(mistake, syntax));
  const read = broken ? beforeMistake(syntax) : { document: syntax.document, unread: new Set<Node>() };
  return { ...read, lines: syntax.lines, problems: [...tabs, ...problems], broken };
}

/** What the parser misses at the end is told of the last line that says something. */
function placed({ offset, message }: Mistake, { text, lines }: Syntax): SyntaxProblem {
  const { line, col } = lines.linePos(Math.min(offset, text.trimEnd().length));
  return { line: Math.max(1, line), col: Math.max(1, col), message };
}
