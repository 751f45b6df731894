import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readAlive, touchAlive } from '../../src/store/alive.ts';
import { newFolder } from './support/folder.ts';

test('the last sign of life is read back', async () => {
  const folder = newFolder();

  await touchAlive(folder, 1_767_225_600_000);
  await touchAlive(folder, 1_767_225_610_000.7);

  expect(await readAlive(folder)).toBe(1_767_225_610_000);
  expect(statSync(join(folder, 'alive')).mode & 0o777).toBe(0o600);
});

test('a shorter time replaces a longer one', async () => {
  const folder = newFolder();

  await touchAlive(folder, 1_767_225_600_000);
  await touchAlive(folder, 5);

  expect(await readAlive(folder)).toBe(5);
});

test('without a sign there is none', async () => {
  expect(await readAlive(newFolder())).toBeNull();
});

test.each(['', '17672256', 'yesterday\n', '\u0000'.repeat(16)])('%j is no sign of life', async (text) => {
  const folder = newFolder();
  writeFileSync(join(folder, 'alive'), text);

  expect(await readAlive(folder)).toBeNull();
});
