/** Text to a YAML document, with every syntax mistake in plain words. */
import { type Document, LineCounter, parseDocument, type YAMLError } from 'yaml';

export interface SyntaxProblem {
  readonly line: number;
  readonly col: number;
  readonly message: string;
}

export interface Parsed {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  readonly problems: readonly SyntaxProblem[];
  /** Nothing further can be said about the document: its structure is not known. */
  readonly broken: boolean;
}

/** One mistake makes others appear behind it: this many are told. */
const toldAtMost = 5;
const tabPasses = 10;

/** Parses YAML 1.2. Tabs used as indentation are told and read as spaces, so that the rest can be checked as well. */
export function parseYaml(text: string): Parsed {
  const first = parseOnce(text);
  const tabs = new Map<number, SyntaxProblem>();
  let attempt = first;
  for (let pass = 0; pass < tabPasses; pass++) {
    const lines = linesWithTabs(attempt);
    if (lines.length === 0) break;
    for (const line of lines) tabs.set(line, { line, col: 1, message: 'a tab is used for indentation; use spaces' });
    attempt = parseOnce(withoutTabs(attempt.text, new Set(lines)));
  }
  const broken = attempt.errors.some((error) => error.code !== 'NON_STRING_KEY');
  const errors = (broken && tabs.size > 0 ? first : attempt).errors.filter((error) => error.code !== 'TAB_AS_INDENT');
  const depth = errors.find((error) => error.code === 'RESOURCE_EXHAUSTION');
  const problems = (depth ? [depth] : errors.slice(0, toldAtMost)).map((error) => told(error, attempt.lines));
  return { ...attempt, problems: [...tabs.values(), ...problems], broken };
}

function linesWithTabs({ errors, lines }: ReturnType<typeof parseOnce>): readonly number[] {
  return errors.filter((error) => error.code === 'TAB_AS_INDENT').map((error) => lines.linePos(error.pos[0]).line);
}

function parseOnce(text: string) {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true, uniqueKeys: false });
  const all = [...document.errors, ...document.warnings, ...versionErrors(document)];
  return { text, lines, document, errors: all.filter((error) => error.code !== 'TAG_RESOLVE_FAILED') };
}

/** YAML 1.1 reads `no` as false and `08:00` as a number. */
function versionErrors(document: Document.Parsed): Pick<YAMLError, 'code' | 'pos' | 'message'>[] {
  if (document.directives.yaml.version !== '1.1') return [];
  return [
    { code: 'BAD_DIRECTIVE', pos: [0, 0], message: 'this file asks for YAML 1.1; remove the %YAML line, YAML 1.2 is read' },
  ];
}

/** A line with tabs gets the indentation that the line above it suggests. */
function withoutTabs(text: string, lines: ReadonlySet<number>): string {
  let suggested = '';
  const spaced = text.split('\n').map((line, index) => {
    const result = lines.has(index + 1) ? line.replace(/^[ \t]+/, suggested) : line;
    const [, indentation = '', dash = ''] = /^( *)((?:- +)*)/.exec(result) ?? [];
    const opens = /:\s*(?:#.*)?$/.test(result);
    if (result.trim() !== '') suggested = ' '.repeat(indentation.length + dash.length + (opens ? 2 : 0));
    return result;
  });
  return spaced.join('\n');
}

const plainWords: Partial<Record<YAMLError['code'], string>> = {
  MULTIPLE_DOCS: 'the file holds several documents; remove the line "---" or use `include:` with several files',
  RESOURCE_EXHAUSTION: 'nested too deeply',
  NON_STRING_KEY: 'a key must be text, not a list or a map',
  BLOCK_AS_IMPLICIT_KEY: 'a second ": " in this line, or a wrong indentation; put texts that contain ": " in quotes',
};

function told(error: Pick<YAMLError, 'code' | 'pos' | 'message'>, lines: LineCounter): SyntaxProblem {
  const { line, col } = lines.linePos(error.pos[0]);
  return { line: Math.max(1, line), col: Math.max(1, col), message: plainWords[error.code] ?? lowerFirst(error.message) };
}

function lowerFirst(message: string): string {
  return message.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}
