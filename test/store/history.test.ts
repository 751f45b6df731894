import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';
import { afterEach, expect, test, vi } from 'vitest';
import { HistoryError } from '../../src/store/errors.ts';
import type { History, HistoryOptions } from '../../src/store/history.ts';
import { start } from './support/children.ts';
import { newFolder } from './support/folder.ts';
import { openPatiently } from './support/history.ts';
import { incident, notification } from './support/samples.ts';

const archiver = new URL('./support/archiver.ts', import.meta.url);

const workers = vi.hoisted(() => [] as Worker[]);
vi.mock('node:worker_threads', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:worker_threads')>();
  function Counted(...options: ConstructorParameters<typeof Worker>) {
    const worker = new real.Worker(...options);
    workers.push(worker);
    return worker;
  }
  return { ...real, Worker: Counted };
});

const opened: History[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((history) => history.close()));
});

function open(folder: string, options?: HistoryOptions): History {
  const history = openPatiently(folder, options);
  opened.push(history);
  return history;
}

const closed = incident('INC-2026-0001');
const told = [notification('INC-2026-0001/e1/level-1/r0/anna/email')];

test('a closed incident is kept with what was sent about it, and found after a restart', async () => {
  const folder = newFolder();
  const first = openPatiently(folder);
  await first.archive(closed, told);
  await first.close();

  const history = open(folder);

  expect(await history.incident('INC-2026-0001')).toStrictEqual({ incident: closed, notifications: told });
  expect(await history.incident('INC-2026-9999')).toBeNull();
});

test('archiving once more replaces: one incident, as it was told last', async () => {
  const history = open(newFolder());

  await history.archive(closed, []);
  await history.archive({ ...closed, downtimeMs: 7 }, told);

  expect(await history.incidents()).toStrictEqual([{ incident: { ...closed, downtimeMs: 7 }, notifications: told }]);
});

test('the newest incidents come first, as many as are asked for', async () => {
  const history = open(newFolder());
  for (const number of [1, 3, 2]) await history.archive(incident(`INC-2026-000${number}`, { openedAt: number }), []);

  const newest = await history.incidents({ limit: 2 });

  expect(newest.map((one) => one.incident.id)).toEqual(['INC-2026-0003', 'INC-2026-0002']);
});

test('its files are for this user only', async () => {
  const folder = newFolder();
  await open(folder).archive(closed, told);

  for (const name of ['history.db', 'history.db-wal', 'history.db-shm']) {
    expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
  }
});

test('its settings are those of a database that survives a power cut and stays small', async () => {
  const folder = newFolder();
  await open(folder).archive(closed, told);

  using database = new DatabaseSync(join(folder, 'history.db'), { readOnly: true });

  expect(database.prepare('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'wal' });
  expect(database.prepare('PRAGMA auto_vacuum').get()).toMatchObject({ auto_vacuum: 2 });
  expect(database.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: 2 });
});

test('what archive promised is there after a kill', async () => {
  const folder = newFolder();
  const child = start(archiver, folder);
  await child.line(20);
  await child.kill();

  const kept = await open(folder).incidents({ limit: 1000 });

  expect(kept.length).toBeGreaterThanOrEqual(child.lines.length);
  expect(kept.at(-1)?.incident.id).toBe('INC-2026-0001');
});

test('a worker that dies rejects what waits, and the next question is answered by a new one', async () => {
  const history = open(newFolder());
  await history.archive(closed, told);

  void workers.at(-1)?.terminate();
  const waiting = history.incidents();

  await expect(waiting).rejects.toThrow(HistoryError);
  await expect(waiting).rejects.toThrow('the history worker ended');
  expect(await history.incidents()).toHaveLength(1);
});

test('a worker that dies at once is not started again and again', async () => {
  const history = open(newFolder());
  await workers.at(-1)?.terminate();
  const before = workers.length;

  for (let round = 0; round < 20; round += 1) {
    await expect(history.archive(closed, told)).rejects.toThrow(/failed at its start; it is tried again in some seconds/);
  }

  expect(workers).toHaveLength(before);
});

test('a question that is not answered in time is rejected, and later ones are bounded', async () => {
  const folder = newFolder();
  await open(folder).archive(closed, told);
  using blocker = new DatabaseSync(join(folder, 'history.db'));
  blocker.exec('BEGIN IMMEDIATE');
  const history = open(folder, { deadlineMs: 100 });

  const answers = await Promise.allSettled(Array.from({ length: 300 }, () => history.archive(closed, told)));

  const reasons = answers.map((answer) => (answer.status === 'rejected' ? String(answer.reason) : 'done'));
  expect(new Set(reasons)).toEqual(
    new Set([
      'HistoryError: the history gave no answer within 100 ms',
      'HistoryError: the history is busy: 200 questions wait already',
    ]),
  );
  expect(reasons.filter((reason) => reason.includes('busy'))).toHaveLength(100);
});

test('a blocked database costs the rows about checks, never the caller', async () => {
  const folder = newFolder();
  await open(folder).archive(closed, told);
  using blocker = new DatabaseSync(join(folder, 'history.db'));
  blocker.exec('BEGIN IMMEDIATE');
  const history = openPatiently(folder, { deadlineMs: 50 });

  for (let at = 0; at < 30_000; at += 1) {
    history.note({ check: 'Web/http', at, seen: at % 2 === 0 ? 'up' : 'down', message: '', measures: [] });
  }

  expect(history.dropped()).toBe(10_000);
  await history.close();
});

test('after closing every question is rejected', async () => {
  const history = openPatiently(newFolder());
  await history.close();

  await expect(history.incidents()).rejects.toThrow('the history is closed');
  await history.close();
});

test('a folder that is missing shows in the answers', async () => {
  const history = open(join(newFolder(), 'missing'));

  await expect(history.archive(closed, told)).rejects.toThrow(HistoryError);
  history.note({ check: 'a', at: 0, seen: 'up', message: '', measures: [] });
});

test('a history of a newer version is refused and left alone', async () => {
  const folder = newFolder();
  const first = openPatiently(folder);
  await first.archive(closed, told);
  await first.close();
  {
    using database = new DatabaseSync(join(folder, 'history.db'));
    database.exec('PRAGMA user_version = 3');
  }

  await expect(open(folder).incidents()).rejects.toThrow(/written by a newer incidentd \(format 3, this one knows 2\)/);
});
