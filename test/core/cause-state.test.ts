import { expect, test } from 'vitest';
import { causeNow, followCause } from '../../src/core/cause-state.ts';
import type { CauseCode } from '../../src/core/observation.ts';
import type { CauseState } from '../../src/core/record.ts';

function after(...codes: (CauseCode | null)[]): CauseState | undefined {
  return codes.reduce<CauseState | undefined>((state, code) => followCause(state, code, 3), undefined);
}

test('the first bad look gives the cause', () => {
  expect(after('slow')).toEqual({ code: 'slow' });
});

test('another one takes its place after a row of looks', () => {
  expect(after('slow', 'timeout', 'timeout')?.code).toBe('slow');
  expect(after('slow', 'timeout', 'timeout', 'timeout')).toEqual({ code: 'timeout' });
});

test('a good look, the old cause or a third one breaks that row', () => {
  expect(after('slow', 'timeout', 'timeout', null, 'timeout')?.code).toBe('slow');
  expect(after('slow', 'timeout', 'timeout', 'slow', 'timeout')?.code).toBe('slow');
  expect(after('slow', 'timeout', 'timeout', 'content', 'timeout')?.code).toBe('slow');
});

test('what was recorded without a cause is told by its last look, as long as it fails', () => {
  const last = { reason: 'slow', message: '', evidence: [], measures: [] } as const;

  expect(causeNow({ hard: 'minor', last })).toBe('slow');
  expect(causeNow({ hard: 'minor', last, cause: { code: 'timeout' } })).toBe('timeout');
  expect(causeNow({ hard: 'up', last })).toBeUndefined();
  expect(causeNow({ hard: 'down', last: null })).toBeUndefined();
  expect(causeNow({ hard: 'down', last: { ...last, reason: 'ok' } })).toBeUndefined();
});
