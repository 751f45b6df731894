/** Secrets written plainly where every user of the machine can read them. */
import { isMap } from './names.ts';
import type { Path } from './problem.ts';

/** Whether what stands behind a key is nobody's business: `password`, `auth`, `X-Api-Key`, `DB_PASS`. */
export function isSecretKey(key: string): boolean {
  return /(?:^|[-_])(?:pass(?:word|phrase|wd)?|secret|token|auth(?:orization)?|credentials?|cookie|(?:api|private)[-_]?key)$/i.test(
    key,
  );
}

/** Paths of values that are secret by their key, or URLs with a password, and not behind a tag. */
export function plainSecrets(value: unknown, path: Path = []): readonly Path[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => plainSecrets(item, [...path, index]));
  if (isMap(value)) return Object.entries(value).flatMap(([key, inner]) => plainSecrets(inner, [...path, key]));
  if (typeof value !== 'string') return [];
  return isSecretKey(String(path.at(-1))) || /^[a-z]+:\/\/[^/@\s]*:[^/@\s]+@/i.test(value) ? [path] : [];
}
