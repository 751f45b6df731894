/** Tabs between the words of a YAML text, and the text without them. */
import { type Token, tokensOf } from './tokens.ts';

export interface Tab {
  readonly line: number;
  readonly col: number;
  readonly message: string;
}

export interface Spaced {
  /** The same lines, with spaces. */
  readonly text: string;
  /** The first tab of each line that has some. */
  readonly tabs: readonly Tab[];
  /** Tabs were indentation: the text has one that may not be what was meant. */
  readonly isGuessed: boolean;
}

/** What is said of a tab in front of a line. */
export const indentingTab = 'a tab is used for indentation; write spaces';
const trailing = 'a tab stands here; write spaces, or nothing';
const between = 'a tab stands between words; write spaces, or put a text that needs it in quotes';

/** Other spaces may make other words of what follows. */
const mostPasses = 10;
/** There a tab is content. */
const contents = new Set<Token['type']>(['double-quoted-scalar', 'single-quoted-scalar', 'block-text', 'comment']);

/** Tells tabs outside of quoted texts, block texts and comments, and writes spaces for them, so that the rest can be checked as well. */
export function withSpaces(text: string): Spaced {
  const tabs = new Map<number, Tab>();
  let spaced = text;
  let isGuessed = false;
  for (let pass = 0; pass < mostPasses && spaced.includes('\t'); pass++) {
    const offsets = tabsIn(spaced);
    if (offsets.length === 0) break;
    const lines = tabbedLines(spaced, offsets);
    for (const { index, cols, isIndentation, followedBy } of lines.values()) {
      isGuessed ||= isIndentation;
      const message = isIndentation ? indentingTab : followedBy === '' ? trailing : between;
      if (!tabs.has(index)) tabs.set(index, { line: index + 1, col: (cols[0] ?? 0) + 1, message });
    }
    spaced = respaced(spaced, lines);
  }
  return { text: spaced, tabs: [...tabs.values()], isGuessed };
}

function tabsIn(text: string): readonly number[] {
  const offsets: number[] = [];
  for (const { offset, source, type } of tokensOf(text)) {
    if (contents.has(type)) continue;
    for (let at = source.indexOf('\t'); at !== -1; at = source.indexOf('\t', at + 1)) offsets.push(offset + at);
  }
  return offsets;
}

interface Tabbed {
  readonly index: number;
  readonly cols: number[];
  readonly isIndentation: boolean;
  /** What the line says behind its last tab, without a comment. */
  readonly followedBy: string;
}

function tabbedLines(text: string, offsets: readonly number[]): ReadonlyMap<number, Tabbed> {
  const tabbed = new Map<number, Tabbed>();
  const remaining = offsets.values();
  let next = remaining.next().value;
  let start = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const cols: number[] = [];
    for (; next !== undefined && next <= start + line.length; next = remaining.next().value) cols.push(next - start);
    const isIndentation = line.slice(0, cols[0]).trim() === '' && line.trim() !== '';
    const followedBy = line
      .slice((cols.at(-1) ?? 0) + 1)
      .replace(/^\s*#.*/, '')
      .trim();
    if (cols.length > 0) tabbed.set(index, { index, cols, isIndentation, followedBy });
    start += line.length + 1;
  }
  return tabbed;
}

/** A tab becomes a space; a line that is indented with tabs gets the indentation that the line above it suggests. */
function respaced(text: string, tabbed: ReadonlyMap<number, Tabbed>): string {
  let suggested = '';
  const lines = text.split('\n').map((line, index) => {
    const tabs = tabbed.get(index);
    const result = tabs === undefined ? line : withoutTabs(line, tabs, suggested);
    const [, indentation = '', dash = ''] = /^( *)((?:- +)*)/.exec(result) ?? [];
    const opens = /:\s*(?:#.*)?$/.test(result);
    if (result.trim() !== '') suggested = ' '.repeat(indentation.length + dash.length + (opens ? 2 : 0));
    return result;
  });
  return lines.join('\n');
}

function withoutTabs(line: string, { cols, isIndentation }: Tabbed, suggested: string): string {
  const isTab = new Set(cols);
  const spaced = line.replaceAll('\t', (tab, col: number) => (isTab.has(col) ? ' ' : tab));
  return isIndentation ? spaced.replace(/^[ \t]+/, suggested) : spaced;
}
