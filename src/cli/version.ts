import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** This program's version, as its package says. */
export function version(): string {
  const text = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
  return String((JSON.parse(text) as { readonly version?: unknown }).version ?? 'unknown');
}
