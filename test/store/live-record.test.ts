import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { emptyRecord } from '../../src/core/record.ts';
import { StoreError } from '../../src/store/errors.ts';
import { openLiveRecord, readLiveRecord } from '../../src/store/live-record.ts';
import { newFolder } from './support/folder.ts';
import { numbered } from './support/samples.ts';

async function withTenCommits(): Promise<{ folder: string; path: string }> {
  const folder = newFolder();
  const store = await openLiveRecord(folder);
  for (let last = 1; last <= 10; last += 1) await store.commit(numbered(last));
  return { folder, path: join(folder, 'record.json') };
}

async function reopened(folder: string) {
  const { record, notes } = await openLiveRecord(folder);
  return { last: record.ids.last, notes };
}

test('a new folder is created for this user only and begins with an empty record', async () => {
  const folder = join(newFolder(), 'deep', 'state');

  const store = await openLiveRecord(folder);

  expect(store.record).toEqual(emptyRecord);
  expect(store.notes).toEqual([]);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, 'record.json')).mode & 0o777).toBe(0o600);
});

test('the last commit is what the next start finds', async () => {
  const { folder } = await withTenCommits();

  const store = await openLiveRecord(folder);

  expect(store.record).toStrictEqual(numbered(10));
  expect(store.notes).toEqual([]);
});

test('many commits at once end with the newest', async () => {
  const folder = newFolder();
  const store = await openLiveRecord(folder);

  await Promise.all(Array.from({ length: 50 }, (_, index) => store.commit(numbered(index))));

  expect((await reopened(folder)).last).toBe(49);
  expect(JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8')).sequence).toBeLessThan(10);
});

test('a commit that cannot be written is rejected and the record on the disk stays', async () => {
  const { folder, path } = await withTenCommits();
  const store = await openLiveRecord(folder);
  rmSync(`${path}.3`);
  mkdirSync(`${path}.3`);

  await expect(store.commit(numbered(11))).rejects.toThrow(StoreError);

  expect((await reopened(folder)).last).toBe(10);
});

const percents = Array.from({ length: 20 }, (_, step) => step * 5);
const tails = Array.from({ length: 64 }, (_, index) => index + 1);

describe('a damaged file is set aside, at most one write is lost, and it is said', () => {
  async function expectFallback(damage: (path: string, bytes: number) => void): Promise<void> {
    const { folder, path } = await withTenCommits();
    damage(path, statSync(path).size);

    const { last, notes } = await reopened(folder);

    expect(last).toBeGreaterThanOrEqual(9);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(/was damaged \(.+\); kept as record\.json\.corrupt-.+, restored from record\.json\.1/);
    expect((await reopened(folder)).last).toBe(last);
  }

  test.each(percents)('cut off at %d hundredths of its length', (percent) =>
    expectFallback((path, bytes) => truncateSync(path, Math.floor((bytes * percent) / 100))),
  );

  test('cut off at each of its last 64 bytes', async () => {
    await Promise.all(tails.map((tail) => expectFallback((path, bytes) => truncateSync(path, bytes - tail))));
  });

  test.each([
    ['empty', ''],
    ['null', 'null'],
    ['an empty list', '[]'],
    ['an empty object', '{}'],
    ['no JSON', '\u0000\u0001 no'],
    ['another JSON', JSON.stringify({ version: 1, sequence: 12, record: {} })],
  ])('%s', (_, content) => expectFallback((path) => writeFileSync(path, content)));

  test('filled with NUL', () => expectFallback((path, bytes) => writeFileSync(path, Buffer.alloc(bytes))));

  test('a wrong byte anywhere', async () => {
    const { path: intact } = await withTenCommits();
    const bytes = readFileSync(intact);
    for (let at = 13; at < bytes.length; at += 97) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      await expectFallback((path) => writeFileSync(path, flipped));
    }
  });

  test('grown beyond all measure', () => expectFallback((path) => truncateSync(path, 300 * 1024 * 1024)));
});

test('a file whose backup is damaged too comes from the one before', async () => {
  const { folder, path } = await withTenCommits();
  truncateSync(path, 10);
  truncateSync(`${path}.1`, 10);

  expect((await reopened(folder)).last).toBe(8);
});

test('a missing file in a folder that was in use is restored from its backup', async () => {
  const { folder, path } = await withTenCommits();
  rmSync(path);

  const { last, notes } = await reopened(folder);

  expect(last).toBe(9);
  expect(notes).toEqual([`${path} was missing; restored from record.json.1`]);
});

test('even before anything happened there is a backup', async () => {
  const folder = newFolder();
  await openLiveRecord(folder);
  truncateSync(join(folder, 'record.json'), 5);

  expect((await reopened(folder)).notes).toHaveLength(1);
});

test('work goes on after a restoration', async () => {
  const { folder, path } = await withTenCommits();
  truncateSync(path, 10);
  const store = await openLiveRecord(folder);

  await store.commit(numbered(11));

  expect(await reopened(folder)).toEqual({ last: 11, notes: [] });
});

test('a folder that was in use never begins empty: without any good file the start is refused, again and again', async () => {
  const { folder, path } = await withTenCommits();
  for (const suffix of ['', '.1', '.2', '.3']) rmSync(path + suffix);

  for (let round = 0; round < 2; round += 1) {
    await expect(openLiveRecord(folder)).rejects.toThrow(
      /record\.json is missing and none of its backups .* can be read; put it back .*, or move .* away to begin with an empty record/,
    );
  }
});

test('a damaged file without a good backup stays where it is, and the start is refused', async () => {
  const { folder, path } = await withTenCommits();
  for (const suffix of ['', '.1', '.2', '.3']) truncateSync(path + suffix, 20);
  rmSync(join(folder, '.initialized'));

  for (let round = 0; round < 2; round += 1) await expect(openLiveRecord(folder)).rejects.toThrow(/is damaged \(/);

  expect(statSync(path).size).toBe(20);
});

test('a file of a newer version is refused and left alone', async () => {
  const { folder, path } = await withTenCommits();
  const newer = readFileSync(path, 'utf8').replace('{"version":1,', '{"version":2,');
  writeFileSync(path, newer);

  await expect(openLiveRecord(folder)).rejects.toThrow(/was written by a newer incidentd \(format 2, this one knows 1\)/);
  await expect(readLiveRecord(folder)).rejects.toThrow(/newer incidentd/);

  expect(readFileSync(path, 'utf8')).toBe(newer);
});

test('a marker that is missing is written again', async () => {
  const { folder } = await withTenCommits();
  rmSync(join(folder, '.initialized'));

  await openLiveRecord(folder);

  expect(existsSync(join(folder, '.initialized'))).toBe(true);
});

test('a state folder that is a file is refused with the fix', async () => {
  const path = join(newFolder(), 'state');
  writeFileSync(path, '');

  await expect(openLiveRecord(path)).rejects.toThrow(StoreError);
  await expect(openLiveRecord(join(path, 'below'))).rejects.toThrow(/the state folder .* cannot be used/);
});

test('a folder in a file system that takes none is refused at once', async () => {
  await expect(openLiveRecord('/proc/incidentd/state')).rejects.toThrow(/the state folder .* cannot be used/);
});

test('a state folder of another user is refused with the fix', async (context) => {
  if (process.getuid?.() !== 0) return context.skip('only root can give a folder away');
  const folder = newFolder();
  chownSync(folder, 12_345, 12_345);

  await expect(openLiveRecord(folder)).rejects.toThrow(
    /belongs to user 12345, but this is user 0; run incidentd as that user, or .*chown -R 0/,
  );

  expect(readdirSync(folder)).toEqual([]);
});

test('a record.json that is a folder is refused', async () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'record.json'));

  await expect(openLiveRecord(folder)).rejects.toThrow(/record\.json/);
});

describe('reading without a daemon', () => {
  test('gives the last commit and changes nothing, damaged or not', async () => {
    const { folder, path } = await withTenCommits();

    expect(await readLiveRecord(folder)).toStrictEqual(numbered(10));
    truncateSync(path, 10);
    const before = readdirSync(folder);

    expect(await readLiveRecord(folder)).toStrictEqual(numbered(9));
    expect(readdirSync(folder)).toEqual(before);
  });

  test('gives null where nothing ever was, and creates nothing', async () => {
    const folder = newFolder();

    expect(await readLiveRecord(folder)).toBeNull();
    expect(await readLiveRecord(join(folder, 'missing'))).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('says that a record is lost', async () => {
    const { folder, path } = await withTenCommits();
    for (const suffix of ['', '.1', '.2', '.3']) rmSync(path + suffix);

    await expect(readLiveRecord(folder)).rejects.toThrow(StoreError);
  });
});
