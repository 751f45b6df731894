/** Keys that are checked and have no effect yet. */
import { isMap } from './names.ts';
import type { Findings } from './parse-section.ts';
import type { Path } from './problem.ts';

/** `*` stands for any name or index. */
const laterKeys: readonly (readonly string[])[] = [
  ['web'],
  ['mail', 'inbox'],
  ['rota'],
  ['hours', '*', 'holidays'],
  ['contacts', '*', 'away'],
  ['watchdog'],
  ['keep'],
];

/** Notes each of these keys once, where it first stands. */
export function noteLaterKeys(data: unknown, findings: Findings): void {
  const places = new Map<string, Path[]>();
  for (const pattern of laterKeys) {
    const key = pattern.at(-1) ?? '';
    places.set(key, [...(places.get(key) ?? []), ...matches(data, pattern)]);
  }
  for (const [key, [first, ...others]] of places) {
    const more = others.length === 0 ? '' : ` (here and in ${others.length} more ${others.length === 1 ? 'place' : 'places'})`;
    if (first) findings.note(first, `\`${key}\` has no effect yet${more}`, 'key');
  }
}

function matches(value: unknown, pattern: readonly string[], path: Path = []): Path[] {
  const [step, ...rest] = pattern;
  if (step === undefined) return value === undefined ? [] : [path];
  if (step === '*') return entriesOf(value).flatMap(([key, inner]) => matches(inner, rest, [...path, key]));
  return isMap(value) && Object.hasOwn(value, step) ? matches(value[step], rest, [...path, step]) : [];
}

function entriesOf(value: unknown): readonly (readonly [string | number, unknown])[] {
  if (Array.isArray(value)) return [...value.entries()];
  return isMap(value) ? Object.entries(value) : [];
}
