/** Secrets written plainly where every user of the machine can read them. */
import { isMap } from './names.ts';
import type { Path } from './problem.ts';

const secretKeys = new Set(['password', 'secret', 'token']);

/** Paths of values that are secret by their key, or URLs with a password, and not behind a tag. */
export function plainSecrets(value: unknown, path: Path = []): readonly Path[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => plainSecrets(item, [...path, index]));
  if (isMap(value)) return Object.entries(value).flatMap(([key, inner]) => plainSecrets(inner, [...path, key]));
  if (typeof value !== 'string') return [];
  return secretKeys.has(String(path.at(-1))) || /^[a-z]+:\/\/[^/@\s]*:[^/@\s]+@/i.test(value) ? [path] : [];
}
