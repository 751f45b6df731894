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
    ['t=.5', 't', 0.5, 'count'],
    ['offset=7.4e-05s;60;120;', 'offset', 0.074, 'ms'],
    ['n=1E3', 'n', 1000, 'count'],
    ['gap=250ns', 'gap', 0.00025, 'ms'],
    ['t=1500μs', 't', 1.5, 'ms'],
    ["'c:\\ Used Space'=1.50Gb;2.00;3.00;0.00;4.00", 'c:\\ Used Space', 1.5 * 2 ** 30, 'bytes'],
    ["'5 min avg Load'=55%;80;90;0;100", '5 min avg Load', 0.55, 'share'],
    ["'a=b c'=2", 'a=b c', 2, 'count'],
    ['/=24469569536B;267847005634;270552530944;0;270552530944', '/', 24469569536, 'bytes'],
    ['procs=1;1:100000;;0;', 'procs', 1, 'count'],
    ['load1=9.340;1000.000;2000.000;0; ', 'load1', 9.34, 'count'],
    ['x=3;@10:20;~:30', 'x', 3, 'count'],
    ['mem=4MiB', 'mem', 4 * 2 ** 20, 'bytes'],
  ])('%s is %s: %d %s', (text, name, value, unit) => {
    expect(parsePerfdata(text)).toEqual([{ name, value: expect.closeTo(value, 9), unit }]);
  });

  it.each([
    '',
    'garbage',
    '=5',
    'a=U',
    'a=',
    'a=1.2.3',
    'a=5parsec',
    'a=--1',
    "'unclosed=5",
    'a=1e999',
    'a= 5',
    'a=U;1;2',
    'a=5b',
    'a=5constructor',
    'Conns=40Conn/s;30',
    'a=e5',
  ])('leaves out %j', (text) => {
    expect(parsePerfdata(text)).toEqual([]);
  });

  it('takes several items, the first of each label, at most twenty', () => {
    expect(parsePerfdata('a=1 a=2 nonsense b=3;~:5;@1:2').map(({ name, value }) => [name, value])).toEqual([
      ['a', 1],
      ['b', 3],
    ]);
    expect(parsePerfdata(Array.from({ length: 500 }, (_, index) => `l${index}=1`).join(' ')).length).toBe(20);
  });

  it('stands behind the bar of the first line, and behind the next bar with everything that follows', () => {
    const output =
      'DISK OK - free space: / 3326 MB (56%); | /=2643MB;5948;5958;0;5968\n/ 15272 MB (77%);\n/boot 68 MB (69%);\n/home 69357 MB (27%); | /boot=68MB;88;93;0;98\n/home=69357MB;253404;253409;0;253414\n/var/log=818MB\n';

    expect(parsePluginOutput(output)).toEqual({
      message: 'DISK OK - free space: / 3326 MB (56%);',
      details: ['/ 15272 MB (77%);', '/boot 68 MB (69%);', '/home 69357 MB (27%);'],
      measures: ['/', '/boot', '/home', '/var/log'].map((name) => ({ name, value: expect.any(Number), unit: 'bytes' })),
    });
    expect(parsePluginOutput('OK\nmore | a=1\nb=2')).toMatchObject({ message: 'OK', details: ['more'], measures: [{}, {}] });
    expect(parsePluginOutput('| a=1')).toMatchObject({ message: '', measures: [{ name: 'a' }] });
    expect(parsePluginOutput('\n\r\n  OK - late\r\n')).toEqual({ message: 'OK - late', details: [], measures: [] });
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
