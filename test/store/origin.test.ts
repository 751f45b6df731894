import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { noteOrigin, readOrigin } from '../../src/store/origin.ts';
import { newFolder } from './support/folder.ts';

test('a folder remembers the configuration that it belongs to, for its owner only', async () => {
  const folder = newFolder();
  expect(await readOrigin(folder)).toBeNull();

  await noteOrigin(folder, '/etc/incidentd/incidentd.yaml');
  await noteOrigin(folder, '/home/anna/office.yaml');

  expect(await readOrigin(folder)).toBe('/home/anna/office.yaml');
  expect(readFileSync(join(folder, 'configuration.path'), 'utf8')).toBe('/home/anna/office.yaml\n');
  expect(statSync(join(folder, 'configuration.path')).mode & 0o777).toBe(0o600);
});

test('a folder that takes no files keeps nobody from starting', async () => {
  await expect(noteOrigin('/proc/self', '/etc/incidentd/incidentd.yaml')).resolves.toBeUndefined();
});

test.each(['', '/etc/incid', 'office.yaml\n'])('a note that is cut or no path is none: %j', async (text) => {
  const folder = newFolder();
  writeFileSync(join(folder, 'configuration.path'), text);

  expect(await readOrigin(folder)).toBeNull();
});
