/** The part of the reference about check kinds. */
import type { Unit } from '../../core/observation.ts';
import { formatDuration, formatShare, formatSize } from '../../lib/duration.ts';
import type { MeasureSpec, Probe } from '../../probes/contract.ts';
import type { Grammar } from '../json-schema.ts';
import { generalShape, optionsOf } from '../sections/checks.ts';
import { givenByTarget } from '../target-options.ts';
import { keyTable, rowsOf } from './key-table.ts';
import { code, firstClause, linkTo, orList, prose, sentence, table, yamlBlock } from './markdown.ts';

/** What there is to watch, and the kind that does it. */
export function kindIndex(probes: readonly Probe[]): string {
  const groups = [...Map.groupBy(probes, ({ category }) => category)];
  const sorted = groups.toSorted(([a], [b]) => Number(a === 'other') - Number(b === 'other'));
  const rows = sorted.flatMap(([category, kinds]) =>
    kinds.map((probe, index) => [
      index > 0 ? '' : category === 'other' ? 'anything else' : category,
      linkTo(probe.kind, code(probe.kind)),
      firstClause(probe.summary),
    ]),
  );
  return table(['about', 'kind', 'what it does'], rows);
}

/** One kind: what it does, an example, its options, its measures. */
export function kindSection(probe: Probe, { $defs = {} }: Grammar): string {
  const schema = $defs[`check-${probe.kind}`] ?? {};
  const rows = rowsOf(schema, new Set([probe.kind, ...Object.keys(generalShape)]));
  const given = givenByTarget(probe);
  const options = optionsOf(probe);
  const isGiven = (key: string) => given.has(key) && options[key]?.safeParse(undefined).success === false;
  const marked = rows.map((row) => (isGiven(row.key) ? { ...row, isTarget: true } : row));
  return [
    `### ${probe.kind}`,
    prose(sentence(probe.summary)),
    yamlBlock(probe.example),
    prose(facts(probe)),
    ...(rows.length === 0 ? [] : [keyTable(marked)]),
    measureTable(probe.measures),
  ].join('\n\n');
}

/** Whether the target alone makes no check. */
function needsOptions(probe: Probe): boolean {
  const given = givenByTarget(probe);
  return Object.entries(optionsOf(probe)).some(([key, option]) => !given.has(key) && !option.safeParse(undefined).success);
}

function facts(probe: Probe): string {
  const { schemes = [] } = probe;
  const short = needsOptions(probe) ? 'may be the target.' : 'alone is a check of this kind.';
  return [
    schemes.length === 0 ? '' : `${orList(schemes.map((scheme) => code(`${scheme}://…`)))} ${short}`,
    `Its incidents are of category ${code(probe.category)} where nothing says better.`,
    probe.local ? 'It looks at this very machine, so `defaults.depends_on` is not for it.' : '',
    probe.passive ? 'It looks at nothing by itself: `incidentd beat SERVICE` brings the sign of life.' : '',
  ]
    .filter((fact) => fact !== '')
    .join(' ');
}

const unitWords: Readonly<Record<Unit, string>> = {
  ms: 'duration',
  share: 'share',
  bytes: 'size',
  days: 'duration, counted in days',
  count: 'number',
};

function measureTable(measures: readonly MeasureSpec[]): string {
  return table(
    ['measure', 'limit', 'worse when', 'sort', '`warning`', '`critical`', 'what is measured'],
    measures.map((measure) => [
      `${code(measure.name)}${measure.main && measures.length > 1 ? ' (main)' : ''}`,
      unitWords[measure.unit],
      measure.worse === 'above' ? 'higher' : 'lower',
      measure.sort,
      limitWords(measure.warning, measure.unit),
      limitWords(measure.critical, measure.unit),
      sentence(measure.about),
    ]),
  );
}

const show: Readonly<Record<Unit, (value: number) => string>> = {
  ms: formatDuration,
  share: formatShare,
  bytes: formatSize,
  days: (days) => `${days}d`,
  count: String,
};

function limitWords(value: number | undefined, unit: Unit): string {
  return value === undefined ? '–' : code(show[unit](value));
}
