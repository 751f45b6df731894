import { describe, expect, it } from 'vitest';
import { cpuOfTree, mebibytesIn, memoryOf, parseStat, processes } from './support/proc.ts';
import { fixed, tableOf } from './support/report.ts';
import { median, quantile, ratio } from './support/statistics.ts';

describe('statistics', () => {
  it('take quantiles that are values themselves', () => {
    expect(quantile([5, 1, 4, 2, 3], 0.5)).toBe(3);
    expect(quantile([5, 1, 4, 2, 3], 0.99)).toBe(5);
    expect(quantile([5, 1, 4, 2, 3], 0)).toBe(1);
    expect(median([])).toBeNaN();
  });

  it('divide sums, with the range of the slices', () => {
    expect(ratio([10, 30], [10, 10])).toEqual({ value: 2, low: 1, high: 3 });
  });
});

describe('/proc', () => {
  const fields = (pid: number, parent: number, times: string) =>
    `${pid} (a (b) 1 2) S ${parent} 1 1 0 -1 0 0 0 0 0 ${times} 20 0 1`;

  it('is read whatever the name of the program', () => {
    expect(parseStat(fields(42, 7, '3 4 5 6'))).toEqual({ pid: 42, parent: 7, cpuMs: 70, endedChildrenMs: 110 });
  });

  it('gives the time of a whole tree, of children that have ended too, and of nobody else', () => {
    const list = [fields(1, 0, '1 1 0 0'), fields(2, 1, '2 0 3 0'), fields(3, 2, '4 0 0 0'), fields(9, 0, '100 0 0 0')].map(
      parseStat,
    );

    expect(cpuOfTree(1, list)).toBe(110);
    expect(cpuOfTree(77, list)).toBe(0);
  });

  it('tells memory in MiB', () => {
    expect(mebibytesIn('VmPeak:\t    1 kB\nVmRSS:\t    2048 kB\n', 'VmRSS')).toBe(2);
    expect(mebibytesIn('', 'Pss')).toBeNaN();
  });

  it('knows this process', () => {
    const own = processes().find(({ pid }) => pid === process.pid);

    expect(own?.parent).toBe(process.ppid);
    expect(memoryOf(process.pid).residentMb).toBeGreaterThan(10);
  });
});

it('a table has its first column to the left, figures to the right, and a dash for what was not measured', () => {
  expect(
    tableOf(
      ['of', 'ms'],
      [
        ['a step', fixed(1.234, 1)],
        ['none', fixed(Number.NaN, 1)],
      ],
    ),
  ).toBe(['of       ms', '------  ---', 'a step  1.2', 'none      –'].join('\n'));
});
