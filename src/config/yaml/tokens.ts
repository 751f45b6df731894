/** The tokens of a YAML text with their places. */
import { CST, Lexer } from 'yaml';

export interface Token {
  /** Where it begins. */
  readonly offset: number;
  readonly source: string;
  readonly type: CST.TokenType | 'plain-text' | 'block-text' | null;
}

const isPlaceless = new Set<Token['type']>(['doc-mode', 'flow-error-end', 'scalar']);

/** Every token of `text` in order; `flow-error-end` stands where brackets end that nothing closed. Never throws. */
export function* tokensOf(text: string): Generator<Token> {
  let offset = 0;
  let following: 'plain-text' | 'block-text' = 'plain-text';
  let isText = false;
  for (const source of new Lexer().lex(text)) {
    const type: Token['type'] = isText ? following : CST.tokenType(source);
    isText = type === 'scalar';
    if (type === 'block-scalar-header') following = 'block-text';
    else if (type === following) following = 'plain-text';
    yield { offset, source, type };
    if (!isPlaceless.has(type)) offset += source.length;
  }
}
