import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LockedError, StoreError } from '../../src/store/errors.ts';
import { acquireLock } from '../../src/store/lock.ts';
import { start } from './support/children.ts';
import { newFolder } from './support/folder.ts';

const locker = new URL('./support/locker.ts', import.meta.url);

test('a second process on the same folder is refused at once, with the pid of the first', async () => {
  const folder = newFolder();
  const holder = start(locker, folder);
  await holder.line(1);
  const asked = performance.now();

  const refusal = acquireLock(folder);

  await expect(refusal).rejects.toThrow(LockedError);
  await expect(refusal).rejects.toThrow(`another incidentd (pid ${holder.pid}) holds ${folder}; stop it first`);
  expect(performance.now() - asked).toBeLessThan(3000);
});

test('of two that start at the same time exactly one gets the folder', async () => {
  const folder = newFolder();

  const answers = await Promise.all([start(locker, folder).line(1), start(locker, folder).line(1)]);

  expect(answers.filter((answer) => answer === 'locked')).toHaveLength(1);
  expect(answers.filter((answer) => answer.startsWith('LockedError: another incidentd'))).toHaveLength(1);
});

test('a kill releases the folder', async () => {
  const folder = newFolder();
  const holder = start(locker, folder);
  await holder.line(1);
  await holder.kill();

  using lock = await acquireLock(folder);

  expect(lock.folder).toBe(folder);
  expect(readFileSync(join(folder, 'daemon.pid'), 'utf8')).toBe(`${process.pid}\n`);
});

test('within one process too, the folder is taken only once, and a refusal does not release it', async () => {
  const folder = newFolder();
  using _lock = await acquireLock(folder);

  await expect(acquireLock(folder)).rejects.toThrow(LockedError);

  expect(await start(locker, folder).line(1)).toMatch(/^LockedError/);
});

test('after its release the folder can be taken again', async () => {
  const folder = newFolder();
  {
    using _lock = await acquireLock(folder);
  }

  using again = await acquireLock(folder);

  expect(again.folder).toBe(folder);
});

test('a damaged lock file does not keep the daemon from starting, and still locks', async () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'lock.db'), 'x'.repeat(8192));

  using _lock = await acquireLock(folder);

  await expect(acquireLock(folder)).rejects.toThrow(LockedError);
});

test('a folder that is missing is created, and the lock file is for this user only', async () => {
  const folder = join(newFolder(), 'state');

  using _lock = await acquireLock(folder);

  expect(statSync(join(folder, 'lock.db')).mode & 0o777).toBe(0o600);
});

test('a folder that cannot be used is refused by name', async () => {
  const path = join(newFolder(), 'file');
  writeFileSync(path, '');

  await expect(acquireLock(path)).rejects.toThrow(StoreError);
  await expect(acquireLock(path)).rejects.toThrow(path);
});
