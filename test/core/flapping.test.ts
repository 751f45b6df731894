import { describe, expect, test } from 'vitest';
import { flappingShare, isFlapping } from '../../src/core/flapping.ts';
import type { Grade } from '../../src/core/observation.ts';

function grades(script: string): readonly Grade[] {
  return [...script].map((letter) => (letter === 'x' ? 'down' : letter === '!' ? 'minor' : 'up'));
}

describe('how much a status changes', () => {
  test.each([
    ['never', '.....................', 0],
    ['once, at last', '....................x', 0.059],
    ['once, long ago', 'x....................', 0.04],
    ['every time', 'x.x.x.x.x.x.x.x.x.x.x', 0.99],
    ['between two sorts of bad', '!x!x!x', 0.285],
    ['before any result', '', 0],
    ['with one result', 'x', 0],
  ])('%s', (_, script, share) => {
    expect(flappingShare(grades(script))).toBeCloseTo(share, 3);
  });

  test('results older than the last 21 do not count', () => {
    expect(flappingShare(grades('x.x.x.x.'.concat('.'.repeat(21))))).toBe(0);
  });
});

describe('flapping', () => {
  test('begins above 30 % and ends below 25 %', () => {
    expect(isFlapping(false, grades('.x.x.x'))).toBe(false);
    expect(isFlapping(false, grades('.x.x.x.'))).toBe(true);
    expect(isFlapping(true, grades('.x.x.x'))).toBe(true);
    expect(isFlapping(true, grades('.x.x.'))).toBe(false);
  });
});
