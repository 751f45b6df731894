import { expect, it } from 'vitest';
import { ordinal } from '../../src/texts/ordinal.ts';

it('says which one of several it is', () => {
  expect([1, 3, 10, 11, 12, 13, 21, 22, 23, 100, 111].map(ordinal)).toEqual([
    'first',
    'third',
    'tenth',
    '11th',
    '12th',
    '13th',
    '21st',
    '22nd',
    '23rd',
    '100th',
    '111th',
  ]);
});
