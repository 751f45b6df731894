import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Look, Note, Seen } from '../../src/store/history-types.ts';
import { prunePast } from '../../src/store/past-prune.ts';
import { readPast } from '../../src/store/past-read.ts';
import { pastTables, putNotes } from '../../src/store/past-tables.ts';
import { newFolder } from './support/folder.ts';
import { openPatiently } from './support/history.ts';

const day = 24 * 3_600_000;
let database: DatabaseSync;

beforeEach(() => {
  database = new DatabaseSync(':memory:');
  database.exec(pastTables);
});

afterEach(() => {
  database.close();
});

function change(at: number, seen: Seen, check = 'a'): Note {
  return { type: 'change', change: { check, at, seen, message: seen } };
}

function rollup(at: number, value: number, check = 'a'): Note {
  const counts = { up: 1, minor: 0, major: 0, down: 0, unknown: 0 };
  return {
    type: 'rollup',
    rollup: { check, at, counts, measures: [{ name: 'time', unit: 'ms', count: 1, sum: value, min: value, max: value }] },
  };
}

test('a stretch of time begins with the state that it began in', () => {
  putNotes(database, [change(10, 'up'), change(20, 'down'), change(30, 'up'), change(40, 'down'), change(5, 'down', 'b')]);

  const { changes } = readPast(database, 'a', 25, 40);

  expect(changes).toEqual([
    { check: 'a', at: 20, seen: 'down', message: 'down' },
    { check: 'a', at: 30, seen: 'up', message: 'up' },
  ]);
});

test('a check that is unknown has no past', () => {
  expect(readPast(database, 'nothing', 0, 100)).toEqual({ changes: [], rollups: [] });
});

test('after a restart the same state is no new change', () => {
  putNotes(database, [change(10, 'down'), change(20, 'down'), change(30, 'up')]);

  expect(readPast(database, 'a', 0, 100).changes.map((one) => one.at)).toEqual([10, 30]);
});

test('two roll-ups of the same five minutes are added up', () => {
  putNotes(database, [rollup(300_000, 5), rollup(300_000, 9)]);

  expect(readPast(database, 'a', 0, 1_000_000).rollups).toEqual([
    {
      check: 'a',
      at: 300_000,
      counts: { up: 2, minor: 0, major: 0, down: 0, unknown: 0 },
      measures: [{ name: 'time', unit: 'ms', count: 2, sum: 14, min: 5, max: 9 }],
    },
  ]);
});

describe('pruning', () => {
  test('forgets roll-ups after 40 days and changes after 400, but never the last change', () => {
    putNotes(database, [change(1, 'up'), change(day, 'down'), rollup(0, 1), rollup(100 * day, 1)]);

    prunePast(database, 139 * day);
    expect(readPast(database, 'a', 0, 500 * day)).toMatchObject({
      changes: [{ at: 1 }, { at: day }],
      rollups: [{ at: 100 * day }],
    });

    prunePast(database, 1000 * day);
    expect(readPast(database, 'a', 0, 500 * day)).toMatchObject({ changes: [{ at: day }], rollups: [] });
    expect(database.prepare('SELECT count(*) AS rows FROM measures').get()).toMatchObject({ rows: 0 });
  });

  test('keeps at most 5,000 changes of a check', () => {
    putNotes(
      database,
      Array.from({ length: 6000 }, (_, at) => change(at, at % 2 === 0 ? 'up' : 'down')),
    );

    prunePast(database, 6000);

    expect(readPast(database, 'a', 0, 6000).changes).toHaveLength(5000);
  });

  test('forgets checks of which nothing is left', () => {
    putNotes(database, [rollup(0, 1), change(50 * day, 'up', 'b')]);

    prunePast(database, 60 * day);

    expect(database.prepare('SELECT key FROM checks').all()).toMatchObject([{ key: 'b' }]);
  });

  test('an empty history is left alone', () => {
    expect(() => prunePast(database, day)).not.toThrow();
  });
});

test('what is noted is found again, through the worker and over a restart', async () => {
  const folder = newFolder();
  const first = openPatiently(folder);
  const look: Look = { check: 'a', at: 1000, seen: 'up', message: 'ok', measures: [{ name: 'time', unit: 'ms', value: 3 }] };
  first.note(look);
  expect((await first.past('a', 0, 2000)).changes).toHaveLength(1);
  await first.close();

  const second = openPatiently(folder);
  await second.incidents();
  second.note({ ...look, at: 2000, seen: 'down' });
  await second.close();
  const third = openPatiently(folder);
  const past = await third.past('a', 0, 10_000);
  await third.close();

  expect(past.changes.map((one) => one.seen)).toEqual(['up', 'down']);
  expect(past.rollups).toMatchObject([{ at: 0, counts: { up: 1, down: 1 }, measures: [{ count: 2, sum: 6 }] }]);
  expect(third.dropped()).toBe(0);
});
