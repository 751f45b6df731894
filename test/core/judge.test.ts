import { describe, expect, test } from 'vitest';
import { judge } from '../../src/core/judge.ts';
import type { Measure, Observation, Threshold } from '../../src/core/observation.ts';

const current: Threshold = { measure: 'time', sort: 'current', worse: 'above', warning: 2_000, critical: 8_000 };
const forewarning: Threshold = { measure: 'left', sort: 'forewarning', worse: 'below', warning: 14, critical: 3 };

function seen(status: Observation['status'], ...measures: Measure[]): Observation {
  const reason = status === 'up' ? 'ok' : 'http-status';
  return { status, reason, message: 'seen', measures, evidence: [] };
}

const time = (value: number): Measure => ({ name: 'time', value, unit: 'ms' });
const left = (value: number): Measure => ({ name: 'left', value, unit: 'days' });

describe('thresholds', () => {
  test.each([
    ['a current measure below both', seen('up', time(1_999)), 'up', 'up'],
    ['one exactly at the warning', seen('up', time(2_000)), 'up', 'up'],
    ['past the warning: degraded', seen('up', time(2_001)), 'degraded', 'minor'],
    ['past the critical: down', seen('up', time(8_001)), 'down', 'down'],
    ['a forewarning with time left', seen('up', left(15)), 'up', 'up'],
    ['past the warning: degraded minor', seen('up', left(13)), 'degraded', 'minor'],
    ['past the critical: degraded major, never down', seen('up', left(-100)), 'degraded', 'major'],
    ['the worse of two decides', seen('up', time(9_000), left(1)), 'down', 'down'],
    ['the worse of two decides, whatever their order', seen('up', left(1), time(3_000)), 'degraded', 'major'],
    ['a probe that says down stays down', seen('down', time(10)), 'down', 'down'],
    ['a probe that says degraded is worsened', seen('degraded', time(9_000)), 'down', 'down'],
    ['a probe that says degraded is not softened', seen('degraded', time(10)), 'degraded', 'minor'],
    ['unknown stays unknown, whatever was measured', seen('unknown', time(9_000)), 'unknown', null],
    ['a measure without a value decides nothing', seen('up'), 'up', 'up'],
  ])('%s', (_, observation, status, grade) => {
    const judged = judge(observation, [current, forewarning]);

    expect(judged).toMatchObject({ status, grade });
  });

  test.each([
    ['slow', time(3_000), 'slow', 'time 3s is above warning 2s'],
    ['slow beyond use', time(9_000), 'slow', 'time 9s is above critical 8s'],
    ['few days left', left(2), 'threshold', 'left 2d is below critical 3d'],
  ])('names the cause and the figures: %s', (_, measure, reason, evidence) => {
    const judged = judge(seen('up', measure), [current, forewarning]);

    expect(judged).toMatchObject({ reason, evidence: [evidence] });
  });

  test('an old file is outdated, not over a threshold', () => {
    const age: Threshold = { measure: 'age', sort: 'current', worse: 'above', critical: 3_600_000 };

    const judged = judge(seen('up', { name: 'age', value: 7_200_000, unit: 'ms' }), [age]);

    expect(judged).toMatchObject({ reason: 'outdated', grade: 'down' });
  });

  test('a clock that is off is over a threshold, not slow', () => {
    const offset: Threshold = { measure: 'offset', sort: 'forewarning', worse: 'above', warning: 1_000, critical: 30_000 };

    const judged = judge(seen('up', { name: 'offset', value: 31_000, unit: 'ms' }), [offset]);

    expect(judged).toMatchObject({ reason: 'threshold', grade: 'major' });
  });

  test('what the probe itself found stays the cause when a measure is past its limit, too', () => {
    const judged = judge(seen('degraded', time(9_000)), [current]);

    expect(judged).toMatchObject({ reason: 'http-status', grade: 'down' });
  });
});
