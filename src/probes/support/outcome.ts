/** From what the network layer saw to an observation. */
import type { Measure, Observation } from '../../core/observation.ts';
import type { Failure } from '../../net/failure.ts';
import { down, unknown } from '../contract.ts';

/** A failure as an observation: one of our own making is `unknown`, everything else `down` with its cause. */
export function fromFailure(failure: Failure, measures: readonly Measure[] = []): Observation {
  return failure.failure === 'local' ? unknown(failure.text) : down(failure.failure, failure.text, measures);
}

/** Milliseconds as people read them in a sentence: `0.4 ms`, `120 ms`, `2.5 s`. */
export function spoken(ms: number): string {
  if (ms >= 1000) return `${Math.round(ms / 100) / 10} s`;
  return ms < 10 ? `${Math.round(ms * 10) / 10} ms` : `${Math.round(ms)} ms`;
}

/** A duration as a measure, to a tenth of a millisecond. */
export function milliseconds(name: string, ms: number): Measure {
  return { name, value: Math.round(ms * 10) / 10, unit: 'ms' };
}
