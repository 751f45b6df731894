import { formatDuration, formatShare, formatSize } from '../lib/duration.ts';
import type { CauseCode, Grade, Measure, Observation, Threshold } from './observation.ts';

/** An observation with its grade after thresholds; `grade` is null for `unknown`. */
export interface Judged extends Observation {
  readonly grade: Grade | null;
}

/** How bad a grade is: 0 up … 3 down. */
export function rank(grade: Grade): number {
  return { up: 0, minor: 1, major: 2, down: 3 }[grade];
}

/**
 * Applies a check's thresholds to what its probe saw, in this one place for all kinds.
 * Thresholds only worsen: a probe's own verdict is never softened, and `unknown` stays unknown.
 */
export function judge(observation: Observation, thresholds: readonly Threshold[]): Judged {
  if (observation.status === 'unknown') return { ...observation, grade: null };
  const own: Grade = observation.status === 'up' ? 'up' : observation.status === 'down' ? 'down' : 'minor';
  const crossed = thresholds
    .map((threshold) => crossing(threshold, observation.measures))
    .filter((crossing) => crossing !== null)
    .sort((a, b) => rank(b.grade) - rank(a.grade));
  const worst = crossed[0];
  if (worst === undefined || rank(worst.grade) <= rank(own)) return { ...observation, grade: own };
  return {
    ...observation,
    grade: worst.grade,
    status: worst.grade === 'down' ? 'down' : 'degraded',
    reason: own === 'up' ? worst.reason : observation.reason,
    evidence: [...observation.evidence, ...crossed.map((crossing) => crossing.evidence)],
  };
}

interface Crossing {
  readonly grade: Grade;
  readonly reason: CauseCode;
  readonly evidence: string;
}

function crossing(threshold: Threshold, measures: readonly Measure[]): Crossing | null {
  const measure = measures.find((candidate) => candidate.name === threshold.measure);
  if (measure === undefined) return null;
  const past = (limit: number | undefined) =>
    limit !== undefined && (threshold.worse === 'above' ? measure.value > limit : measure.value < limit);
  const critical = past(threshold.critical);
  if (!critical && !past(threshold.warning)) return null;
  const forewarning = threshold.sort === 'forewarning';
  const limit = critical ? threshold.critical : threshold.warning;
  return {
    grade: critical ? (forewarning ? 'major' : 'down') : 'minor',
    reason: reasonOf(measure, threshold),
    evidence: `${measure.name} ${shown(measure.value, measure)} is ${threshold.worse} ${critical ? 'critical' : 'warning'} ${shown(limit ?? 0, measure)}`,
  };
}

/** Time that somebody waits is slowness; a forewarning in milliseconds (a clock's offset) is not. */
function reasonOf(measure: Measure, { sort }: Threshold): CauseCode {
  if (measure.name === 'age') return 'outdated';
  return measure.unit === 'ms' && sort === 'current' ? 'slow' : 'threshold';
}

function shown(value: number, { unit }: Measure): string {
  if (unit === 'share') return formatShare(value);
  if (unit === 'ms') return formatDuration(value);
  if (unit === 'bytes') return formatSize(value);
  const rounded = Math.round(value * 10) / 10;
  return unit === 'days' ? `${rounded}d` : String(rounded);
}
