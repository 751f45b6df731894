import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HistoryError } from '../../src/store/errors.ts';
import { readHistory } from '../../src/store/history-reader.ts';
import { start } from './support/children.ts';
import { newFolder } from './support/folder.ts';
import { openPatiently } from './support/history.ts';
import { incident, notification } from './support/samples.ts';

const archiver = new URL('./support/archiver.ts', import.meta.url);

const closed = incident('INC-2026-0001');
const told = [notification('n')];

test('without a history there is none, and none is created', () => {
  const folder = newFolder();

  expect(readHistory(folder)).toBeNull();
  expect(readdirSync(folder)).toEqual([]);
});

test('after an orderly end everything is read and no file is created', async () => {
  const folder = newFolder();
  const history = openPatiently(folder);
  await history.archive(closed, told);
  await history.close();
  {
    using reader = readHistory(folder);

    expect(reader?.incidents()).toStrictEqual([{ incident: closed, notifications: told }]);
    expect(reader?.incident('INC-2026-0001')?.incident).toStrictEqual(closed);
    expect(reader?.incident('INC-2026-0002')).toBeNull();
  }

  expect(readdirSync(folder)).toEqual(['history.db']);
});

test('beside a running daemon the newest incident is seen', async () => {
  const folder = newFolder();
  const history = openPatiently(folder);
  await history.archive(closed, told);

  using reader = readHistory(folder);

  expect(reader?.incidents({ limit: 5 })).toHaveLength(1);
  await history.archive(incident('INC-2026-0002'), []);
  expect(reader?.incidents()).toHaveLength(2);
  await history.close();
});

test('after a kill everything that was promised is seen, and no file is created', async () => {
  const folder = newFolder();
  const child = start(archiver, folder);
  await child.line(10);
  await child.kill();
  const before = readdirSync(folder);
  {
    using reader = readHistory(folder);

    expect(reader?.incidents({ limit: 1000 }).length).toBeGreaterThanOrEqual(child.lines.length);
  }

  expect(readdirSync(folder)).toEqual(before);
});

test('the last that is known of each check: how it was seen, since when, and until when at least', async () => {
  const folder = newFolder();
  const history = openPatiently(folder);
  const minute = 60_000;
  const first = 1_778_580_000_000;
  const looks = [
    ['a', 0, 'down', 'refused'],
    ['a', 6, 'up', 'answers'],
    ['a', 31, 'up', 'answers again'],
    ['b', 2, 'unknown', 'no ping'],
  ] as const;
  for (const [check, after, seen, message] of looks)
    history.note({ check, at: first + after * minute, seen, message, measures: [] });
  await history.close();

  using reader = readHistory(folder);

  expect(reader?.last()).toStrictEqual(
    new Map([
      ['a', { seen: 'up', since: first + 6 * minute, lastAt: first + 30 * minute, message: 'answers' }],
      ['b', { seen: 'unknown', since: first + 2 * minute, lastAt: first + 2 * minute, message: 'no ping' }],
    ]),
  );
});

test('a damaged history is refused by name', () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'history.db'), 'x'.repeat(5000));

  expect(() => readHistory(folder)).toThrow(HistoryError);
  expect(() => readHistory(folder)).toThrow(/history\.db cannot be read: file is not a database/);
});
