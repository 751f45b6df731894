import { expect, test } from 'vitest';
import { hint } from '../../src/config/suggest.ts';

test('a word that is known in two ways is named once', () => {
  expect(hint('zzz', ['anna', 'owner', 'it', 'owner', 'admin'], 'known')).toBe('; known: anna, owner, it, admin');
});
