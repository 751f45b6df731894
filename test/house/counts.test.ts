import { describe, expect, it } from 'vitest';
import { closingLine, countResults } from '../../.ci/counts.ts';

function file(status: string, ...tests: readonly string[]) {
  return { status, assertionResults: tests.map((test) => ({ status: test })) };
}

describe('the closing line of .ci/run', () => {
  it('counts tests, and the checks as one more', () => {
    const report = { testResults: [file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed')] };

    expect(closingLine(countResults(report, 0, 1))).toBe('4 passed, 1 failed');
    expect(closingLine(countResults(report, 1, 1))).toBe('3 passed, 2 failed');
  });

  it('names what was skipped, however it was skipped', () => {
    const report = { testResults: [file('passed', 'passed', 'skipped', 'pending', 'todo')] };

    expect(closingLine(countResults(report, 0, 0))).toBe('2 passed, 0 failed, 3 skipped');
  });

  it('counts a file that could not be loaded as a failure', () => {
    const report = { testResults: [file('failed'), file('failed', 'skipped'), file('passed', 'passed')] };

    expect(closingLine(countResults(report, 0, 1))).toBe('2 passed, 2 failed, 1 skipped');
  });

  it('counts a run that ended badly without a failed test as a failure', () => {
    expect(closingLine(countResults({ testResults: [file('passed', 'passed')] }, 0, 1))).toBe('2 passed, 1 failed');
    expect(closingLine(countResults(null, 0, 124))).toBe('1 passed, 1 failed');
  });
});
