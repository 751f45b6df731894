import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readAlive, touchAlive } from '../../src/store/alive.ts';
import { openLiveRecord, readLiveRecord } from '../../src/store/live-record.ts';
import { acquireLock } from '../../src/store/lock.ts';
import { newFolder } from './support/folder.ts';
import { openPatiently } from './support/history.ts';
import { incident, numbered } from './support/samples.ts';

let disk: string | null = null;
let whyNot = '';

beforeEach(() => {
  const folder = newFolder();
  try {
    execFileSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'pipe' });
    disk = folder;
  } catch (error) {
    whyNot = `a small disk cannot be mounted here: ${error instanceof Error ? error.message.split('\n')[0] : error}`;
  }
});

afterEach(() => {
  if (disk !== null) execFileSync('/bin/umount', ['-l', disk]);
  disk = null;
});

function fill(folder: string): void {
  for (const bytes of [65_536, 4096, 1]) {
    try {
      for (let index = 0; ; index += 1) writeFileSync(join(folder, `filler-${bytes}-${index}`), Buffer.alloc(bytes));
    } catch {
      // It is full at this grain.
    }
  }
}

function free(folder: string): void {
  for (const name of readdirSync(folder)) if (name.startsWith('filler')) rmSync(join(folder, name));
}

test('on a full disk a commit fails and says so, the old record stays, nothing is left over, and with space it goes on', async (context) => {
  if (disk === null) return context.skip(whyNot);
  const store = await openLiveRecord(disk);
  await store.commit(numbered(1));

  for (let round = 0; round < 5; round += 1) {
    fill(disk);
    await expect(store.commit(numbered(100))).rejects.toThrow(/no space is left \(ENOSPC\)/);
    expect((await readLiveRecord(disk))?.ids.last).toBe(round + 1);
    expect(readdirSync(disk).filter((name) => name.includes('.tmp-'))).toEqual([]);
    free(disk);
    await store.commit(numbered(round + 2));
  }

  expect((await readLiveRecord(disk))?.ids.last).toBe(6);
});

test('a daemon starts on a full disk: lock, record and sign of life need no space in a folder that was in use', async (context) => {
  if (disk === null) return context.skip(whyNot);
  {
    using _lock = await acquireLock(disk);
    await (await openLiveRecord(disk)).commit(numbered(1));
    await touchAlive(disk, 1000);
  }
  fill(disk);

  using _lock = await acquireLock(disk);
  const store = await openLiveRecord(disk);
  await touchAlive(disk, 2000);

  expect(store.record.ids.last).toBe(1);
  expect(await readAlive(disk)).toBe(2000);
});

test('the history of a full disk refuses, and works again once there is space', async (context) => {
  if (disk === null) return context.skip(whyNot);
  fill(disk);
  const history = openPatiently(disk);

  await expect(history.archive(incident('INC-2026-0001'), [])).rejects.toThrow(/full|disk|space/i);
  free(disk);
  await history.archive(incident('INC-2026-0001'), []);

  expect(await history.incidents()).toHaveLength(1);
  await history.close();
});
