import { describe, expect, it } from 'vitest';
import { matches, patternProblem } from '../../../src/probes/support/pattern.ts';

describe('a pattern', () => {
  it.each([
    ['ok', 'it is ok', 'match'],
    ['ok', 'it is OK', 'no-match'],
    ['/OK/i', 'it is ok', 'match'],
    ['/^220 /', '220 mail', 'match'],
    ['/a.b/s', 'a\nb', 'match'],
    ['/login', '<a href="/login">', 'match'],
    ['a/b/', 'x a/b/ y', 'match'],
    ['.*', 'abc', 'no-match'],
  ])('%s on %j is %s', (pattern, text, result) => {
    expect(matches(pattern, text)).toBe(result);
  });

  it.each(['/(a+)+$/', '/^(\\w+\\s?)*$/', '/(x+x+)+y/'])('%s is interrupted on a text made for it', (pattern) => {
    const begun = performance.now();

    expect(matches(pattern, `${'x'.repeat(50)}${'a'.repeat(50)}!`)).toMatch(/too-slow|no-match/);
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  it('keeps nothing from one text to the next', () => {
    expect(matches('/a/', 'a')).toBe('match');
    expect(matches('/a/', 'b')).toBe('no-match');
  });

  it('that is no expression is told at configuration time', () => {
    expect(patternProblem('/(/')).toMatch(/not a regular expression/);
    expect(patternProblem('(')).toBeNull();
    expect(patternProblem('/ok/gi')).toBeNull();
  });
});
