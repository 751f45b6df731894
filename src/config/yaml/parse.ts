/** Text to a YAML document, with every mistake of syntax. */
import type { Document, LineCounter, Node } from 'yaml';
import { beforeMistake } from './before-mistake.ts';
import { isHarmless, type Mistake, readSyntax, type Syntax } from './syntax.ts';
import { indentingTab, withSpaces } from './tabs.ts';

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
  const found = (depth ? [depth] : mistakes.slice(0, toldAtMost)).map((mistake) => placed(mistake, syntax));
  const problems = withIndentingTabs(found, syntax.text.split('\n'));
  const read = broken ? beforeMistake(syntax) : { document: syntax.document, unread: new Set<Node>() };
  return { ...read, lines: syntax.lines, problems: [...tabs, ...problems], broken };
}

/** Where a line begins with a tab, that is its mistake, whatever the parser says of it: in a block text it takes none for a tab. */
function withIndentingTabs(problems: readonly SyntaxProblem[], lines: readonly string[]): readonly SyntaxProblem[] {
  const seen = new Set<number>();
  return problems.flatMap((problem) => {
    const before = /^ *(?=\t)/.exec(lines[problem.line - 1] ?? '')?.[0];
    if (before === undefined) return [problem];
    if (seen.has(problem.line)) return [];
    seen.add(problem.line);
    return [{ line: problem.line, col: before.length + 1, message: indentingTab }];
  });
}

/** What the parser misses at the end is told of the last line that says something. */
function placed({ offset, message }: Mistake, { text, lines }: Syntax): SyntaxProblem {
  const { line, col } = lines.linePos(Math.min(offset, text.trimEnd().length));
  return { line: Math.max(1, line), col: Math.max(1, col), message };
}
