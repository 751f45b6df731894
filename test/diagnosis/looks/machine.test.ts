import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { biggestOf, lookAtFolders, parseSizes } from '../../../src/diagnosis/looks/folders.ts';
import { inWords, lookAtProcesses, parseStat, type Usage } from '../../../src/diagnosis/looks/processes.ts';

describe('the biggest folders', () => {
  it('are named as deep as most of them lies, none inside another', () => {
    const sizes = parseSizes(
      '90\t/srv/log/app\n95\t/srv/log\n40\t/srv/a\n35\t/srv/b\n300\t/srv/many/1\n600\t/srv/many\n770\t/srv\nnonsense\n',
    );

    expect(biggestOf(sizes, '/srv').map(({ path }) => path)).toEqual(['/srv/many', '/srv/log/app', '/srv/a', '/srv/b']);
  });

  it('are counted on the real disk', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'folders-'));
    mkdirSync(join(folder, 'logs', 'old'), { recursive: true });
    writeFileSync(join(folder, 'logs', 'old', 'big.log'), Buffer.alloc(3_000_000, 1));

    const seen = await lookAtFolders(folder, AbortSignal.timeout(3000));
    rmSync(folder, { recursive: true });

    expect(seen).toMatchObject({ saw: 'counted', subject: folder, detail: `biggest: ${folder}/logs/old/big.log 2.8MiB` });
  });

  it('are unclear where there is no time or no such path', async () => {
    expect(await lookAtFolders('/nonexistent', AbortSignal.timeout(3000))).toMatchObject({ saw: 'unclear' });
    expect(await lookAtFolders('/', AbortSignal.abort())).toMatchObject({ saw: 'unclear' });
  });
});

describe('the busiest processes', () => {
  const usage = (name: string, ticks: number, memoryBytes = 0, waits = false): Usage => ({ name, ticks, memoryBytes, waits });

  it('are those that took processor time between two looks', () => {
    const before = new Map([
      ['1', usage('init', 10)],
      ['2', usage('old-but-idle', 90_000)],
      ['3', usage('node', 100)],
    ]);
    const after = new Map([
      ['1', usage('init', 10, 1024)],
      ['2', usage('old-but-idle', 90_000)],
      ['3', usage('node', 145, 2_147_483_648)],
      ['4', usage('new', 40)],
      ['5', usage('rsync', 0, 0, true)],
      ['6', usage('node', 7, 1_073_741_824)],
    ]);

    expect(inWords(before, after)).toBe(
      'busiest: node (2×) 90% of a core; most memory: node (2×) 3GiB, init 1KiB; waiting for a disk: rsync',
    );
  });

  it('are read from names with blanks and brackets, too', () => {
    const rest = `S 1 1 1 0 -1 4194560 1 0 0 0 70 30 0 0 20 0 1 0 5 1000 25 ${'0 '.repeat(20)}`;

    expect(parseStat(`42 (odd) name) ${rest}`, 4096)).toEqual({
      name: 'odd) name',
      ticks: 100,
      memoryBytes: 102_400,
      waits: false,
    });
    expect(parseStat('42 (cut', 4096)).toBeNull();
  });

  it('are looked at on this machine, within the time there is', async () => {
    expect(await lookAtProcesses(AbortSignal.timeout(5000))).toMatchObject({
      saw: 'counted',
      detail: expect.stringContaining('most memory'),
    });
    expect(await lookAtProcesses(AbortSignal.abort())).toMatchObject({ saw: 'unclear' });
  });
});
