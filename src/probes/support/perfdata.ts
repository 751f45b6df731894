/** Nagios plugin output: the message, and performance data as measures (plugin development guidelines, section 2.6). */
import type { Measure } from '../../core/observation.ts';
import { oneLine } from '../../texts/clean.ts';

export interface PluginOutput {
  readonly message: string;
  readonly measures: readonly Measure[];
  /** The lines after the first, without performance data. */
  readonly details: readonly string[];
}

const measureLimit = 20;
const detailLimit = 5;
const labelLimit = 64;

/** Those of the guidelines and their relatives, in lower case; a lone `b` is left out: some plugins mean bits by it. */
const units: Readonly<Record<string, { readonly unit: Measure['unit']; readonly factor: number }>> = {
  '': { unit: 'count', factor: 1 },
  c: { unit: 'count', factor: 1 },
  s: { unit: 'ms', factor: 1000 },
  ms: { unit: 'ms', factor: 1 },
  us: { unit: 'ms', factor: 1e-3 },
  ns: { unit: 'ms', factor: 1e-6 },
  '%': { unit: 'share', factor: 0.01 },
  B: { unit: 'bytes', factor: 1 },
  kb: { unit: 'bytes', factor: 2 ** 10 },
  mb: { unit: 'bytes', factor: 2 ** 20 },
  gb: { unit: 'bytes', factor: 2 ** 30 },
  tb: { unit: 'bytes', factor: 2 ** 40 },
  kib: { unit: 'bytes', factor: 2 ** 10 },
  mib: { unit: 'bytes', factor: 2 ** 20 },
  gib: { unit: 'bytes', factor: 2 ** 30 },
  tib: { unit: 'bytes', factor: 2 ** 40 },
};

/**
 * First line: message, then `|` and performance data; further lines: details, and behind another `|` more performance
 * data. Empty lines before the first are passed over. What cannot be understood is left out.
 */
export function parsePluginOutput(stdout: string): PluginOutput {
  const lines = stdout.trimStart().split('\n');
  const [message, firstData] = cutAt(lines[0] ?? '', '|');
  const [details, moreData] = cutAt(lines.slice(1).join('\n'), '|');
  const clean = details.split('\n').map((line) => oneLine(line, 200));
  return {
    message: oneLine(message),
    measures: parsePerfdata(`${firstData} ${moreData}`),
    details: clean.filter((line) => line !== '').slice(0, detailLimit),
  };
}

const label = "'((?:[^']|''){1,200})'|([^\\s=']{1,200})";
const number = '[-+]?[\\d.,]{1,40}(?:[eE][-+]?\\d{1,3})?';
const item = new RegExp(`(?<=^|\\s)(?:${label})=(${number})([^\\s;\\d]{0,3})(?:;\\S*)?(?=\\s|$)`, 'g');

/** Measures of `label=value[UOM];warn;crit;min;max` items; at most 20, the first of each label. `U` is no value. */
export function parsePerfdata(text: string): readonly Measure[] {
  const measures = new Map<string, Measure>();
  for (const [, quoted, plain, number = '', unitText = ''] of text.matchAll(item)) {
    const name = oneLine((quoted?.replaceAll("''", "'") ?? plain ?? '').trim(), labelLimit);
    const unit = unitOf(unitText);
    const value = Number(number.replace(',', '.')) * (unit?.factor ?? Number.NaN);
    if (name === '' || measures.has(name) || unit === undefined || !Number.isFinite(value)) continue;
    measures.set(name, { name, value, unit: unit.unit });
    if (measures.size === measureLimit) break;
  }
  return [...measures.values()];
}

function unitOf(text: string) {
  const name = text === 'B' ? text : text.toLowerCase().replace(/[\u00b5\u03bc]/, 'u');
  return Object.hasOwn(units, name) ? units[name] : undefined;
}

function cutAt(text: string, mark: string): readonly [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
