import type { Grade } from './observation.ts';

/** Results that the measure looks at; one more is kept, against which the oldest of them is compared. */
export const flappingResults = 20;

const highShare = 0.3;
const lowShare = 0.25;

/**
 * How much a check's status changes, as a share (0–1): each of its last 20 results counts that differs from the one before,
 * from 0.8 for the oldest to 1.18 for the newest. Results that there are not count as unchanged. (Icinga 2: "Check Flapping".)
 */
export function flappingShare(recent: readonly Grade[]): number {
  const newest = recent.slice(-(flappingResults + 1));
  const changes = newest.slice(1).map((grade, index) => grade !== newest[index]);
  const first = flappingResults - changes.length;
  const weights = changes.map((changed, index) => (changed ? 0.8 + 0.02 * (first + index) : 0));
  return weights.reduce((sum, weight) => sum + weight, 0) / flappingResults;
}

/** Whether a check flaps: from 30 % on, until it is below 25 %. */
export function isFlapping(before: boolean, recent: readonly Grade[]): boolean {
  const share = flappingShare(recent);
  return before ? share >= lowShare : share > highShare;
}
