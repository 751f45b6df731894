/** Text or regular expression that a body, header or banner must contain; no expression can block the daemon. */
import { createContext, Script } from 'node:vm';

const written = /^\/(.+)\/([imsu]*)$/s;
const matchTimeMs = 250;

/** What is wrong with a pattern as the admin wrote it; null when it can be used. */
export function patternProblem(text: string): string | null {
  const parts = written.exec(text);
  if (!parts) return null;
  try {
    new RegExp(parts[1] ?? '', parts[2]);
    return null;
  } catch (error) {
    return `not a regular expression: ${(error as Error).message}`;
  }
}

/** Whether a text is written as an expression. */
export function isExpression(pattern: string): boolean {
  return written.test(pattern);
}

export type MatchResult = 'match' | 'no-match' | 'too-slow';

/** The realm where expressions run, made once: only code in a context of its own can be interrupted. */
let realm: { readonly context: Record<string, unknown>; readonly script: Script } | null = null;

/**
 * Whether `text` contains `pattern` (plain text, or an expression between slashes). An expression that needs more than
 * 250 ms, as some do on texts made for it, is interrupted: `too-slow`.
 */
export function matches(pattern: string, text: string): MatchResult {
  const parts = written.exec(pattern);
  if (!parts) return text.includes(pattern) ? 'match' : 'no-match';
  realm ??= { context: createContext({}) as Record<string, unknown>, script: new Script('new RegExp(source, flags).test(text)') };
  Object.assign(realm.context, { source: parts[1], flags: parts[2], text });
  try {
    return realm.script.runInContext(realm.context as never, { timeout: matchTimeMs }) ? 'match' : 'no-match';
  } catch {
    return 'too-slow';
  } finally {
    realm.context.text = '';
  }
}
