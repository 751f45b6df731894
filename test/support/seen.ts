import type { Observation } from '../../src/core/observation.ts';

/** What a check sees: up, down, degraded, a critical forewarning (degraded major), or unknown. */
export type Seen = '.' | 'x' | '!' | '#' | '?';

const base = { measures: [], evidence: [] };

/** What a look sees, by its letter. */
export const seen: Readonly<Record<Seen, Observation>> = {
  '.': { ...base, status: 'up', reason: 'ok', message: 'fine' },
  x: { ...base, status: 'down', reason: 'port-closed', message: 'connection refused' },
  '!': { ...base, status: 'degraded', reason: 'slow', message: 'slow' },
  '#': { ...base, status: 'up', reason: 'ok', message: 'full', measures: [{ name: 'used', value: 0.97, unit: 'share' }] },
  '?': { ...base, status: 'unknown', reason: 'not-watched', message: 'cannot look' },
};
