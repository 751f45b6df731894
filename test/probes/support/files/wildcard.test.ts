import { describe, expect, it } from 'vitest';
import { hasWildcard, matchesWildcard } from '../../../../src/probes/support/files/wildcard.ts';

describe('a pattern of names', () => {
  it.each([
    ['backup.tar.gz', '*.tar.gz', true],
    ['backup.tar', '*.tar.gz', false],
    ['a', '*', true],
    ['', '*', true],
    ['.a', '*', false],
    ['.a', '.*', true],
    ['db-2026-11-02.sql', 'db-????-??-??.sql', true],
    ['db-2026-11-2.sql', 'db-????-??-??.sql', false],
    ['log.1', 'log.[0-9]', true],
    ['log.x', 'log.[0-9]', false],
    ['log.x', 'log.[!0-9]', true],
    ['log.-', 'log.[a-]', true],
    ['a]b', 'a[]]b', true],
    ['a[b', 'a[b', true],
    ['über', '?ber', true],
    ['a.b+c', 'a.b+c', true],
    ['axb', 'a.b', false],
    ['x'.repeat(255), `${'*x'.repeat(60)}*y`, false],
  ])('%j against %j: %s', (name, pattern, result) => {
    const begun = performance.now();

    expect(matchesWildcard(name, pattern)).toBe(result);
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  it('is told from a plain path', () => {
    expect([hasWildcard('/srv/last.ok'), hasWildcard('/srv/*/x'), hasWildcard('/srv/x?'), hasWildcard('/srv/[ab]')]).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });
});
