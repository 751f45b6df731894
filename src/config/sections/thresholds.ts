/** `warning:` and `critical:` of a check, and what they mean in words. */
import { z } from 'zod';
import type { Threshold, Unit } from '../../core/observation.ts';
import { formatDuration, formatShare, formatSize, parseDuration, parseShare, parseSize } from '../../lib/duration.ts';
import type { MeasureSpec } from '../../probes/contract.ts';
import { defined } from '../defined.ts';
import { isMap } from '../names.ts';
import type { Findings } from '../parse-section.ts';
import type { Path } from '../problem.ts';
import { durationPattern } from '../scalars/numbers.ts';
import { hint } from '../suggest.ts';
import { found } from '../words.ts';

const limit = z.union([z.string(), z.number()]);
/** What the two limits do. */
export const limitWords = {
  warning: 'Limit of the main measure, or a map of limits by measure, beyond which it is degraded.',
  critical: 'The worse limit: beyond it a current measure is down, a forewarning is more urgent.',
};

/** A limit of the main measure, or limits by measure. */
export const limitSchema = z.union([limit, z.record(z.string(), limit)]);

const dayMs = 86_400_000;
const numberPattern = /^-?\d+(\.\d+)?$/;
const durationText = z.string().meta({ title: 'duration', pattern: durationPattern });
const shareText = z.string().meta({ title: 'share', words: 'a share such as 90%', pattern: '^\\s*\\d{1,3}(\\.\\d+)?\\s?%\\s*$' });
const sizeText = z.string().meta({
  title: 'size',
  words: 'a size such as 20GiB (1024-based) or 20GB (1000-based)',
  pattern: '^\\s*\\d+(\\.\\d+)?\\s?[A-Za-z]{1,3}\\s*$',
});

interface UnitWords {
  /** For the reference and for editors. */
  readonly written: z.ZodType;
  readonly accepted: string;
  read(typed: unknown): number | null;
  show(value: number): string;
}

const units: Readonly<Record<Unit, UnitWords>> = {
  ms: { written: durationText, accepted: 'a duration such as 200ms or 2s', read: fromText(parseDuration), show: formatDuration },
  share: { written: shareText, accepted: 'a share such as 90%', read: fromText(parseShare), show: formatShare },
  bytes: { written: sizeText, accepted: 'a size such as 20GiB', read: fromText(parseSize), show: formatSize },
  days: {
    written: durationText,
    accepted: 'a duration such as 14d',
    read: (typed) => {
      const ms = fromText(parseDuration)(typed);
      return ms === null ? null : ms / dayMs;
    },
    show: (days) => formatDuration(days * dayMs),
  },
  count: {
    written: z.union([z.number(), z.string().regex(numberPattern)]).meta({ title: 'number' }),
    accepted: 'a number such as 2 or 1.5',
    read: (typed) => (typeof typed === 'number' && Number.isFinite(typed) ? typed : fromText(numberOf)(typed)),
    show: String,
  },
};

function fromText(parse: (text: string) => number | null): (typed: unknown) => number | null {
  return (typed) => (typeof typed === 'string' ? parse(typed) : null);
}

function numberOf(text: string): number | null {
  return numberPattern.test(text.trim()) ? Number(text) : null;
}

/** `warning` and `critical` of a kind with these measures, as they may be written. */
export function limitsOf(measures: readonly MeasureSpec[]): Record<Grade, z.ZodType> {
  const main = measures.filter((measure) => measure.main).map(({ unit }) => units[unit].written);
  const each = measures.map(({ name, unit, about }) => [name, units[unit].written.optional().describe(about)] as const);
  const limit = z.union([...main, z.strictObject(Object.fromEntries(each))]).optional();
  return { warning: limit.describe(limitWords.warning), critical: limit.describe(limitWords.critical) };
}

const grades = ['warning', 'critical'] as const;
type Grade = (typeof grades)[number];
type Limits = ReadonlyMap<string, number>;

/**
 * The thresholds of a check: what is written, else the kind's own.
 */
export function readThresholds(
  written: { readonly warning?: unknown; readonly critical?: unknown },
  kind: string,
  measures: readonly MeasureSpec[],
  path: Path,
  findings: Findings,
): readonly Threshold[] {
  const limits = { warning: new Map<string, number>(), critical: new Map<string, number>() };
  for (const grade of grades) {
    if (written[grade] !== undefined) readLimits(written[grade], limits[grade], kind, measures, [...path, grade], findings);
  }
  return measures.flatMap((spec) => thresholdOf(spec, limits, path, findings));
}

function readLimits(
  raw: unknown,
  limits: Map<string, number>,
  kind: string,
  measures: readonly MeasureSpec[],
  path: Path,
  findings: Findings,
): void {
  const names = measures.map((measure) => measure.name);
  const main = measures.find((measure) => measure.main);
  if (isMap(raw)) {
    for (const [name, value] of Object.entries(raw)) {
      const spec = measures.find((measure) => measure.name === name);
      if (spec) readLimit(value, spec, limits, [...path, name], findings);
      else findings.problem([...path, name], `${kind} has no measure "${name}"${hint(name, names, 'it has')}`, 'key');
    }
  } else if (main) readLimit(raw, main, limits, path, findings);
  else findings.problem(path, `write which measure of ${kind} is meant: ${names.join(', ')}`);
}

function readLimit(raw: unknown, spec: MeasureSpec, limits: Map<string, number>, path: Path, findings: Findings): void {
  const value = units[spec.unit].read(raw);
  if (value === null || value < 0)
    findings.problem(path, `expected ${units[spec.unit].accepted} (${spec.name}), found ${found(raw)}`);
  else limits.set(spec.name, value);
}

function thresholdOf(spec: MeasureSpec, limits: Readonly<Record<Grade, Limits>>, path: Path, findings: Findings): Threshold[] {
  const warning = limits.warning.get(spec.name) ?? spec.warning;
  const critical = limits.critical.get(spec.name) ?? spec.critical;
  if (warning === undefined && critical === undefined) return [];
  if (warning !== undefined && critical !== undefined && !isMilder(warning, critical, spec)) {
    const grade = limits.warning.has(spec.name) ? 'warning' : 'critical';
    const { show } = units[spec.unit];
    const own = (name: Grade) => (limits[name].has(spec.name) ? '' : ' (the default)');
    const message = `warning ${show(warning)}${own('warning')} must be ${spec.worse === 'above' ? 'below' : 'above'} critical ${show(critical)}${own('critical')}: ${direction(spec)}`;
    findings.problem([...path, grade], message);
  }
  return [defined({ measure: spec.name, sort: spec.sort, worse: spec.worse, warning, critical })];
}

function isMilder(warning: number, critical: number, spec: MeasureSpec): boolean {
  return spec.worse === 'above' ? warning < critical : warning > critical;
}

function direction(spec: MeasureSpec): string {
  return `a ${spec.worse === 'above' ? 'higher' : 'lower'} value of ${spec.name} is worse`;
}

/** `degraded when slower than 2s, down when slower than 8s` */
export function thresholdInWords(threshold: Threshold, spec: MeasureSpec): string {
  const than = (value: number) => `${comparison(spec)} ${units[spec.unit].show(value)}`;
  const [milder, worse] = threshold.sort === 'current' ? ['degraded', 'down'] : ['degraded (minor)', 'degraded (major)'];
  const parts = [
    threshold.warning === undefined ? [] : [`${milder} when ${than(threshold.warning)}`],
    threshold.critical === undefined ? [] : [`${worse} when ${than(threshold.critical)}`],
  ];
  return parts.flat().join(', ');
}

function comparison(spec: MeasureSpec): string {
  if (spec.unit === 'ms' && spec.name === 'time') return spec.worse === 'above' ? 'slower than' : 'faster than';
  if (spec.unit === 'ms' && spec.name === 'age') return spec.worse === 'above' ? 'older than' : 'younger than';
  if (spec.unit === 'days') return spec.worse === 'below' ? 'fewer days are left than' : 'more days are there than';
  return `${spec.name} is ${spec.worse === 'above' ? 'above' : 'below'}`;
}
