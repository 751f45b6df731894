/** Quotes and brackets that nothing closes. */
import { type Token, tokensOf } from './tokens.ts';

export interface Unclosed {
  readonly offset: number;
  readonly opening: string;
}

export interface Openings {
  readonly unclosed: readonly Unclosed[];
  /** Behind it, beginnings and ends of quotes may be mistaken for each other. */
  readonly understoodTo: number;
}

export const closing: Readonly<Record<string, string>> = { '"': '"', "'": "'", '[': ']', '{': '}' };

/** Finds them where they begin, in order of the text. */
export function unclosedIn(text: string): Openings {
  const unclosed: Unclosed[] = [];
  const brackets: Unclosed[] = [];
  for (const token of tokensOf(text)) {
    const { offset, source, type } = token;
    if (type === 'flow-map-start' || type === 'flow-seq-start') brackets.push({ offset, opening: source });
    else if (type === 'flow-map-end' || type === 'flow-seq-end') unclosed.push(...close(brackets, source));
    else if (type === 'flow-error-end') unclosed.push(...brackets.splice(0));
    else if (isQuoted(token) && (!endsWithQuote(source) || isMispaired(token, text))) {
      // What closes the brackets before it stands in the text that it swallows.
      brackets.length = 0;
      unclosed.push({ offset, opening: source.charAt(0) });
      if (endsWithQuote(source)) return { unclosed: inOrder(unclosed), understoodTo: offset };
    }
  }
  return { unclosed: inOrder([...unclosed, ...brackets]), understoodTo: text.length };
}

function inOrder(unclosed: readonly Unclosed[]): readonly Unclosed[] {
  return unclosed.toSorted((one, other) => one.offset - other.offset);
}

/** Takes what `bracket` closes from the open ones; gives those inside of it that are still open. */
function close(brackets: Unclosed[], bracket: string): readonly Unclosed[] {
  const index = brackets.findLastIndex(({ opening }) => closing[opening] === bracket);
  return index === -1 ? [] : brackets.splice(index).slice(1);
}

function isQuoted({ type }: Token): boolean {
  return type === 'double-quoted-scalar' || type === 'single-quoted-scalar';
}

/** `"a\"` and `'a''` end with a quote that belongs to the text. */
function endsWithQuote(source: string): boolean {
  const ends = source.startsWith('"') ? /(?<!\\)(?:\\\\)*"$/ : /(?<!')(?:'')*'$/;
  return source.length > 1 && ends.test(source.slice(1));
}

/** A text of several lines whose last quote is followed by a word: that quote was meant to open the next text. */
function isMispaired({ offset, source }: Token, text: string): boolean {
  return source.includes('\n') && /[^\s,:#\]}]/.test(text.charAt(offset + source.length));
}
