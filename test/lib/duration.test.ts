import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, formatShare, formatSize, parseDuration, parseShare, parseSize } from '../../src/lib/duration.ts';

const day = 86_400_000;

describe('parseDuration', () => {
  it.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['14d', 14 * day],
    ['1w', 7 * day],
    ['3y', 3 * 365 * day],
    ['1h30m', 5_400_000],
    ['2h 30m', 9_000_000],
    ['1.5h', 5_400_000],
    [' 30s ', 30_000],
    ['0s', 0],
    ['1m500ms', 60_500],
  ])('reads %s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['', '30', 's', '30m1h', '5m5m', '-5m', '5 m', '5M', '1,5h', 'h5', '5min', '1e3s', '∞s', `${'9'.repeat(20)}y`])(
    'refuses %j',
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );

  it('answers at once for hostile lengths', () => {
    expect(parseDuration('1s'.repeat(100_000))).toBeNull();
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [0.4, '1ms'],
    [340, '340ms'],
    [1000, '1s'],
    [1550, '1.5s'],
    [59_999, '59.9s'],
    [60_000, '1m'],
    [61_500, '1m 1s'],
    [9_000_000, '2h 30m'],
    [7_205_000, '2h'],
    [14 * day, '14d'],
    [365 * day, '1y'],
    [400 * day + 5000, '1y 35d'],
    [-300_000, '-5m'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('is read back as a length that is never longer and differs by less than its second unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 * 365 * day }), (ms) => {
        const back = parseDuration(formatDuration(ms)) ?? Number.NaN;

        expect(back).toBeLessThanOrEqual(ms);
        expect(ms - back).toBeLessThan(Math.max(100, ms / 12));
      }),
    );
  });
});

describe('shares', () => {
  it.each([
    ['90%', 0.9],
    ['12.5%', 0.125],
    ['0%', 0],
    ['100 %', 1],
  ])('reads %s', (text, share) => {
    expect(parseShare(text)).toBe(share);
  });

  it.each(['', '90', '0.9', '101%', '-5%', '%', '9 0%'])('refuses %j', (text) => {
    expect(parseShare(text)).toBeNull();
  });

  it.each([
    [0.9, '90%'],
    [0.1255, '12.6%'],
    [0, '0%'],
    [1, '100%'],
  ])('writes %d as %s', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });
});

describe('sizes', () => {
  it.each([
    ['20GiB', 20 * 2 ** 30],
    ['20GB', 20e9],
    ['1.5 MiB', 1.5 * 2 ** 20],
    ['500M', 500 * 2 ** 20],
    ['100kB', 100_000],
    ['100KB', 100_000],
    ['512B', 512],
    ['2TiB', 2 * 2 ** 40],
  ])('reads %s', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes);
  });

  it.each(['', '20', 'GiB', '20gib', '20Gb', '-1GB', '9999999TiB', '20constructor'])('refuses %j', (text) => {
    expect(parseSize(text)).toBeNull();
  });

  it.each([
    [0, '0B'],
    [512, '512B'],
    [1536, '1.5KiB'],
    [20 * 2 ** 30, '20GiB'],
    [2 ** 40, '1TiB'],
    [-2048, '-2KiB'],
  ])('writes %d as %s', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text);
  });
});
