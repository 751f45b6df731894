import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePerfdata, parsePluginOutput } from '../../../src/probes/support/perfdata.ts';

describe('performance data', () => {
  it.each([
    ['time=0.05s', 'time', 50, 'ms'],
    ['time=12ms;100;500;0', 'time', 12, 'ms'],
    ['time=1500us', 'time', 1.5, 'ms'],
    ['time=1500µs', 'time', 1.5, 'ms'],
    ['load=0.5', 'load', 0.5, 'count'],
    ['n=7c', 'n', 7, 'count'],
    ['used=20%;80;90', 'used', 0.2, 'share'],
    ['mem=1KB', 'mem', 1024, 'bytes'],
    ['mem=2GB;;;0', 'mem', 2 * 2 ** 30, 'bytes'],
    ['mem=5B', 'mem', 5, 'bytes'],
    ["'free space'=3%", 'free space', 0.03, 'share'],
    ["'it''s'=1", "it's", 1, 'count'],
    ['t=-1.5', 't', -1.5, 'count'],
    ['t=1,5', 't', 1.5, 'count'],
  ])('%s is %s: %d %s', (text, name, value, unit) => {
    expect(parsePerfdata(text)).toEqual([{ name, value: expect.closeTo(value, 9), unit }]);
  });

  it.each(['', 'garbage', '=5', 'a=U', 'a=', 'a=1.2.3', 'a=5parsec', 'a=--1', "'unclosed=5", 'a=1e999', 'a= 5'])(
    'leaves out %j',
    (text) => {
      expect(parsePerfdata(text)).toEqual([]);
    },
  );

  it('takes several items, the first of each label, at most twenty', () => {
    expect(parsePerfdata('a=1 a=2 nonsense b=3;~:5;@1:2').map(({ name, value }) => [name, value])).toEqual([
      ['a', 1],
      ['b', 3],
    ]);
    expect(parsePerfdata(Array.from({ length: 500 }, (_, index) => `l${index}=1`).join(' ')).length).toBe(20);
  });

  it('never throws and never gives a number that is none', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', "'", '=', '1', '.', ',', ';', ' ', '%', 's', '|', '\n', '-', 'U', 'µ') }),
        (text) => {
          for (const { name, value } of parsePluginOutput(text).measures)
            expect(name !== '' && Number.isFinite(value)).toBe(true);
        },
      ),
    );
  });

  it('is read quickly whatever it looks like', () => {
    const begun = performance.now();

    for (const text of ["'".repeat(65_536), 'a'.repeat(65_536), "''=".repeat(20_000), 'a=1;'.repeat(16_000), ' a'.repeat(32_000)])
      parsePluginOutput(`|${text}`);

    expect(performance.now() - begun).toBeLessThan(1000);
  });
});
