import { closeSync, openSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { putIncident, readIncidents } from '../../src/store/archive-table.ts';
import { parseReadable } from '../../src/store/archived.ts';
import { openDatabase } from '../../src/store/history-database.ts';
import { recallIncidents } from '../../src/store/recall-table.ts';
import { transaction } from '../../src/store/transaction.ts';
import { newFolder } from './support/folder.ts';
import { openPatiently } from './support/history.ts';
import { incident, notification } from './support/samples.ts';

const count = 150;
const long = 'x'.repeat(2000);

function idOf(number: number): string {
  return `INC-2026-${String(number).padStart(4, '0')}`;
}

function withIncidents(): { folder: string; path: string } {
  const folder = newFolder();
  using database = openDatabase(folder, (note) => expect.unreachable(note));
  transaction(database, () => {
    for (let number = 1; number <= count; number += 1) {
      const archived = {
        incident: incident(idOf(number), { openedAt: number }),
        notifications: [notification('n', { response: long })],
      };
      putIncident(database, archived);
    }
  });
  return { folder, path: join(folder, 'history.db') };
}

function reopened(folder: string) {
  const notes: string[] = [];
  using database = openDatabase(folder, (note) => notes.push(note));
  const kept = parseReadable(readIncidents(database, 1000)).length;
  putIncident(database, { incident: incident('INC-2027-0001'), notifications: [] });
  return { kept, notes };
}

test.each([
  ['no database', 'x'.repeat(10_000)],
  ['null', 'null'],
  ['NUL bytes', '\u0000'.repeat(20_000)],
])('a file of %s is set aside, begun anew and said', (_, content) => {
  const { folder, path } = withIncidents();
  writeFileSync(path, content);

  const { kept, notes } = reopened(folder);

  expect(kept).toBe(0);
  expect(notes).toHaveLength(1);
  expect(notes[0]).toMatch(/history\.db was damaged \(.+\); kept as history\.db\.corrupt-.+, begun anew with 0 of its incidents/);
  expect(reopened(folder)).toEqual({ kept: 1, notes: [] });
});

test('of a database with a broken page what can be read is taken over', () => {
  const { folder, path } = withIncidents();
  const descriptor = openSync(path, 'r+');
  writeSync(descriptor, Buffer.alloc(8192, 0xff), 0, 8192, 4096 * Math.floor(statSync(path).size / 8192));
  closeSync(descriptor);

  const { kept, notes } = reopened(folder);

  expect(notes).toHaveLength(1);
  expect(kept).toBeGreaterThan(count / 2);
  expect(notes[0]).toContain(`begun anew with ${kept} of its incidents`);
  using database = openDatabase(folder, (note) => expect.unreachable(note));
  const recall = { incident: 'INC-2027-0001', service: 'Website', code: 'port-closed', text: '' } as const;
  expect(recallIncidents(database, recall).seen).toBe(kept);
});

test('whatever page is wrong and wherever the file ends, the history goes on', () => {
  const { path: intact } = withIncidents();
  const bytes = readFileSync(intact);

  for (let step = 0; step < 10; step += 1) {
    const at = Math.floor((bytes.length * (step + 0.5)) / 10);
    const damaged = step % 2 === 0 ? bytes.subarray(0, at) : Buffer.from(bytes).fill(0x55, at, at + 300);
    const folder = newFolder();
    writeFileSync(join(folder, 'history.db'), damaged);
    reopened(folder);

    const again = reopened(folder);
    expect(again.notes).toEqual([]);
    expect(again.kept).toBeGreaterThanOrEqual(1);
  }
});

test('an empty file is a new history', () => {
  const { folder, path } = withIncidents();
  truncateSync(path, 0);

  expect(reopened(folder)).toEqual({ kept: 0, notes: [] });
});

test('damage that shows itself while the history is open is repaired, and the question answered', async () => {
  const { folder, path } = withIncidents();
  const notes: string[] = [];
  const history = openPatiently(folder, { repaired: (note) => notes.push(note) });
  await history.incident(idOf(1));
  writeFileSync(path, Buffer.alloc(statSync(path).size, 0x55));

  await history.archive(incident('INC-2027-0001'), []);

  const kept = await history.incidents();
  await history.close();
  expect(kept.map((one) => one.incident.id)).toContain('INC-2027-0001');
  expect(readdirSync(folder).some((name) => name.includes('corrupt')) ? notes.length : 1).toBe(1);
});

test('of damaged histories only the newest two stay', () => {
  const folder = newFolder();
  for (let round = 0; round < 4; round += 1) {
    writeFileSync(join(folder, 'history.db'), 'damaged '.repeat(1000));
    reopened(folder);
  }

  expect(readdirSync(folder).filter((name) => name.includes('corrupt'))).toHaveLength(2);
});
