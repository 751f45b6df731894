/** Mistakes without what only the file may hold: they are logged, and told by mail. */
import { isSecretKey } from './exposed.ts';
import { isMap } from './names.ts';
import type { Path } from './problem.ts';
import { shortest, withoutLogin } from './redact.ts';
import { found } from './words.ts';

/** A message about the place `at` of `data`, without the logins of addresses and the values of secret keys that are written there. */
export function discreet(message: string, data: unknown, at: Path): string {
  const longestFirst = hiddenAt(data, at).toSorted((a, b) => b.written.length - a.written.length);
  return longestFirst.reduce((text, { written, instead }) => text.replaceAll(written, instead), message);
}

interface Replacement {
  readonly written: string;
  readonly instead: string;
}

/** What is hidden of the whole entry, such as a service, that a path leads into: a mistake of a check may lie in the host. */
function hiddenAt(data: unknown, [section, entry]: Path): readonly Replacement[] {
  const one = within(within(data, section), entry);
  return hiddenIn(one, isSecretKey(String(entry)));
}

/** What stands behind a key; the value itself where there is no such key. */
function within(value: unknown, key: Path[number] | undefined): unknown {
  if (typeof value !== 'object' || value === null || key === undefined || !Object.hasOwn(value, key)) return value;
  return (value as Readonly<Record<string | number, unknown>>)[key];
}

function hiddenIn(value: unknown, isSecret: boolean): readonly Replacement[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => hiddenIn(item, isSecret));
  if (isMap(value)) return Object.entries(value).flatMap(([key, inner]) => hiddenIn(inner, isSecretKey(key)));
  if (typeof value !== 'string' && typeof value !== 'number') return [];
  const text = String(value).trim();
  if (!isSecret) return withoutLogin(text) === text ? [] : [{ written: text, instead: withoutLogin(text) }];
  const whole = { written: found(value), instead: typeof value === 'string' ? 'a text' : 'a number' };
  return text.length < shortest ? [whole] : [whole, { written: text, instead: '***' }];
}

const knownTags: readonly string[] = ['env', 'file', 'credential'];

/** A message about the syntax of a line, which may repeat a secret that YAML takes for a tag, an alias or the like. */
export function discreetInLine(message: string, line: string): string {
  const words = [...line.matchAll(/([\w-]+)["']?\s*:\s+[!*&|>%@`]*([^\s,{}[\]"']+)/g)];
  const hidden = words.flatMap(([, key = '', word = '']) =>
    isSecretKey(key) && word.length >= shortest && !knownTags.includes(word) ? [word] : [],
  );
  return hidden.reduce((text, word) => text.replaceAll(word, '***'), message);
}
