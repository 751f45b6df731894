import type { StatsFs } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { disk, judge as judgeDisk } from '../../src/probes/disk.ts';
import { judge as judgeLoad, load } from '../../src/probes/load.ts';
import { judge as judgeMemory, memory } from '../../src/probes/memory.ts';
import { askFileSystem } from '../../src/probes/support/file-system.ts';
import { look, optionsOf } from './support/look.ts';

function stats(blocks: number, bfree: number, bavail: number): StatsFs {
  return { type: 0, bsize: 4096, frsize: 4096, blocks, bfree, bavail, files: 0, ffree: 0 };
}

describe('a disk check', () => {
  it('looks at / unless told otherwise', () => {
    expect(disk.describe(optionsOf(disk, null))).toBe('/');
    expect(() => optionsOf(disk, 'srv')).toThrow(/a path from the root such as \/srv/);
  });

  it('tells how full the file system is', async () => {
    const seen = await look(disk, '/tmp');

    expect(seen).toMatchObject({ status: 'up', message: expect.stringMatching(/^\/tmp is [\d.]+% full, .* free$/) });
    expect(seen.measures.map(({ name, unit }) => `${name} ${unit}`)).toEqual(['used share', 'free bytes']);
  });

  it('counts as df does: what is reserved for root is neither used nor free', () => {
    const seen = judgeDisk('/srv', stats(1000, 200, 150));

    expect(seen.measures).toEqual([
      { name: 'used', value: 800 / 950, unit: 'share' },
      { name: 'free', value: 150 * 4096, unit: 'bytes' },
    ]);
    expect(judgeDisk('/srv', stats(1000, 50, 0)).measures[0]?.value).toBe(1);
  });

  it.each([
    ['/nowhere', 'there is no /nowhere on this machine'],
    ['/proc', 'the file system at /proc has no size of its own'],
    ['/etc/passwd/x', 'the file system at /etc/passwd/x cannot be asked (ENOTDIR)'],
  ])('of %s proves nothing: %s', async (path, message) => {
    expect(await look(disk, path)).toMatchObject({ status: 'unknown', message });
  });
});

describe('a file system that hangs', () => {
  it('is given up at the deadline and not asked a second time meanwhile', async () => {
    const hanging = Promise.withResolvers<StatsFs>();
    let asked = 0;
    const ask = () => {
      asked += 1;
      return hanging.promise;
    };

    const first = await askFileSystem('/mnt/a', AbortSignal.timeout(600), ask);
    const second = await askFileSystem('/mnt/a', AbortSignal.timeout(30), ask);

    expect([first, second, asked]).toEqual([{ how: 'silent' }, { how: 'silent' }, 1]);

    hanging.resolve(stats(2, 1, 1));
    await hanging.promise;
    await new Promise(setImmediate);
    expect(await askFileSystem('/mnt/a', AbortSignal.timeout(30), async () => stats(2, 1, 1))).toMatchObject({ how: 'answered' });
  });

  it('does not use up the thread pool together with others: four at a time, the rest wait', async () => {
    const hanging = Promise.withResolvers<StatsFs>();
    const asked: string[] = [];
    const ask = (path: string) => {
      asked.push(path);
      return hanging.promise;
    };
    const paths = ['/1', '/2', '/3', '/4', '/5', '/6'];

    const answers = await Promise.all(paths.map((path) => askFileSystem(path, AbortSignal.timeout(600), ask)));

    expect(asked).toEqual(['/1', '/2', '/3', '/4']);
    expect(answers.map(({ how }) => how)).toEqual(['silent', 'silent', 'silent', 'silent', 'not-asked', 'not-asked']);
    hanging.resolve(stats(2, 1, 1));
    await new Promise(setImmediate);
  });

  it('does not count as hanging when it was asked only a moment before the deadline', async () => {
    const hanging = Promise.withResolvers<StatsFs>();

    expect(await askFileSystem('/late', AbortSignal.timeout(30), () => hanging.promise)).toEqual({ how: 'not-asked' });
    hanging.resolve(stats(2, 1, 1));
    await new Promise(setImmediate);
  });

  it('does not keep healthy ones from their turn', async () => {
    const paths = Array.from({ length: 50 }, (_, index) => `/${index}`);

    const answers = await Promise.all(
      paths.map((path) => askFileSystem(path, AbortSignal.timeout(1000), async () => stats(2, 1, 1))),
    );

    expect(answers.every(({ how }) => how === 'answered')).toBe(true);
  });
});

describe('a memory check', () => {
  it('tells what programs can still get', async () => {
    expect(await look(memory, null)).toMatchObject({ status: 'up', message: expect.stringMatching(/^memory is [\d.]+% used/) });
    expect(judgeMemory('MemTotal:        1000 kB\nMemFree:   10 kB\nMemAvailable:     250 kB\n').measures).toEqual([
      { name: 'used', value: 0.75, unit: 'share' },
      { name: 'free', value: 256_000, unit: 'bytes' },
    ]);
  });

  it.each(['', 'MemTotal: 0 kB\nMemAvailable: 0 kB', 'MemTotal: 5 kB', '\0\0'])('proves nothing from %j', (text) => {
    expect(judgeMemory(text)).toMatchObject({ status: 'unknown' });
  });

  it('takes no target', () => {
    expect(() => optionsOf(memory, '/dev/x')).toThrow(/takes no target/);
  });
});

describe('a load check', () => {
  it('divides by the cores', async () => {
    expect(await look(load, null)).toMatchObject({ status: 'up', message: expect.stringMatching(/^load [\d.]+ per core/) });
    expect(judgeLoad([8, 4, 2], 4).measures).toEqual([
      { name: 'load', value: 1, unit: 'count' },
      { name: 'load1', value: 2, unit: 'count' },
      { name: 'load15', value: 0.5, unit: 'count' },
    ]);
  });
});
