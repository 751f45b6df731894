import { existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { durableFile } from '../../src/store/durable-file.ts';
import { newFolder } from './support/folder.ts';

/** Every call of the file system that a write makes can be made to fail, by its number or by its name. */
const fault = vi.hoisted(() => {
  const state = { count: 0, failAt: Number.POSITIVE_INFINITY, failName: '', code: 'EIO', calls: [] as string[] };
  function step(name: string): void {
    state.count += 1;
    state.calls.push(name);
    if (state.count !== state.failAt && state.failName !== name) return;
    throw Object.assign(new Error(`${state.code}: ${name}`), { code: state.code });
  }
  return { state, step };
});

vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs/promises')>();
  function failing<Call extends (...args: never[]) => unknown>(name: string, call: Call) {
    return async (...args: Parameters<Call>) => {
      fault.step(name);
      return call(...args);
    };
  }
  function handleOf(handle: FileHandle) {
    return {
      stat: () => handle.stat(),
      readFile: failing('read', (encoding: 'utf8') => handle.readFile(encoding)),
      writeFile: failing('write', (data: Uint8Array) => handle.writeFile(data)),
      sync: failing('sync', () => handle.sync()),
      async [Symbol.asyncDispose]() {
        await handle.close();
        fault.step('close');
      },
    };
  }
  return {
    ...real,
    rename: failing('rename', real.rename),
    link: failing('link', real.link),
    rm: failing('rm', real.rm),
    open: failing('open', async (...args: Parameters<typeof real.open>) => handleOf(await real.open(...args))),
  };
});

beforeEach(() => {
  fail({});
});

function fail(change: Partial<typeof fault.state>): void {
  Object.assign(fault.state, { count: 0, failAt: Number.POSITIVE_INFINITY, failName: '', code: 'EIO', calls: [] }, change);
}

function openNumbers(folder: string) {
  const path = join(folder, 'record.json');
  return durableFile<number>(path, { encode: JSON.stringify, decode: (value) => Number(value) });
}

async function withTwoWrites() {
  const folder = newFolder();
  const file = openNumbers(folder);
  await file.read();
  await file.write(1);
  await file.write(2);
  return { folder, file };
}

function temporaries(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name.includes('.tmp-'));
}

test('what was written is read again', async () => {
  const { folder } = await withTwoWrites();

  expect(await openNumbers(folder).read()).toBe(2);
});

test('the file is whole JSON that only its owner may read', async () => {
  const { folder } = await withTwoWrites();
  const path = join(folder, 'record.json');

  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ version: 1, sequence: 2, record: 2 });
});

test('a write reaches the disk in order: content, file, name, folder', async () => {
  const { file } = await withTwoWrites();

  fail({});
  await file.write(3);

  expect(fault.state.calls.filter((name) => name !== 'rm')).toEqual([
    'open',
    'write',
    'sync',
    'close',
    'rename',
    'rename',
    'link',
    'rename',
    'open',
    'sync',
    'close',
  ]);
});

test('three previous states are kept, newest first', async () => {
  const { folder, file } = await withTwoWrites();

  for (const value of [3, 4, 5]) await file.write(value);

  const kept = ['', '.1', '.2', '.3'].map(
    (suffix) => JSON.parse(readFileSync(join(folder, `record.json${suffix}`), 'utf8')).record,
  );
  expect(kept).toEqual([5, 4, 3, 2]);
  expect(readdirSync(folder)).toHaveLength(4);
});

test('numbers of writes go on after a restart', async () => {
  const { folder } = await withTwoWrites();

  const again = openNumbers(folder);
  await again.read();
  await again.write(3);

  expect(JSON.parse(readFileSync(join(folder, 'record.json'), 'utf8')).sequence).toBe(3);
});

test('whichever call fails, the file holds the old state or the new one, nothing is left over, and the next write succeeds', async () => {
  for (const code of ['EIO', 'ENOSPC']) {
    for (let failAt = 1; ; failAt += 1) {
      const { folder, file } = await withTwoWrites();

      fail({ failAt, code });
      const result = await file.write(3).then(
        () => 'written',
        (error: Error) => error.message,
      );
      const calls = fault.state.count;
      fail({});

      if (failAt > calls) break;
      const found = await openNumbers(folder).read();
      const lastStepsOnly = found === 3;
      expect(result, `call ${failAt}`).toContain(`record.json could not be written: `);
      expect(found === 2 || lastStepsOnly, `call ${failAt}: found ${found}`).toBe(true);
      expect(temporaries(folder), `call ${failAt}`).toEqual([]);
      await file.write(4);
      expect(await openNumbers(folder).read()).toBe(4);
    }
  }
});

test('renames that go on failing leave the file and its backups usable', async () => {
  const { folder, file } = await withTwoWrites();

  for (let round = 0; round < 6; round += 1) {
    fail({ failAt: 9 });
    await expect(file.write(3)).rejects.toThrow('EIO');
  }
  fail({});
  await file.write(4);

  expect(await openNumbers(folder).read()).toBe(4);
  expect(temporaries(folder)).toEqual([]);
});

test('where the file system has no hard links, backups are copies', async () => {
  const { folder, file } = await withTwoWrites();

  fail({ failName: 'link', code: 'EPERM' });
  await file.write(3);

  expect(JSON.parse(readFileSync(join(folder, 'record.json.1'), 'utf8')).record).toBe(2);
});

test('a failed write says what to do', async () => {
  const { file } = await withTwoWrites();

  fail({ failName: 'write', code: 'ENOSPC' });

  await expect(file.write(3)).rejects.toThrow(/no space is left \(ENOSPC\); free some space/);
});

test('leftovers of a killed writer are removed at the next start', async () => {
  const { folder } = await withTwoWrites();
  writeFileSync(join(folder, 'record.json.tmp-1234'), 'half a rec');

  await openNumbers(folder).read();

  expect(temporaries(folder)).toEqual([]);
});

test('a symbolic link in the place of the file is refused', async () => {
  const folder = newFolder();
  symlinkSync('/somewhere/else', join(folder, 'record.json'));

  await expect(openNumbers(folder).read()).rejects.toThrow(/is a symbolic link.*move the file itself here/);
});

test('a file that the disk cannot read counts as damaged', async () => {
  const { folder } = await withTwoWrites();
  const again = openNumbers(folder);

  fail({ failAt: 2 });

  expect(await again.read()).toBe(1);
  expect(again.notes[0]).toMatch(/the disk cannot read it \(EIO\)/);
});

test('of damaged files that were set aside only the newest five stay', async () => {
  const { folder, file } = await withTwoWrites();

  for (let round = 0; round < 8; round += 1) {
    writeFileSync(join(folder, 'record.json'), `{ damaged ${round}`);
    await openNumbers(folder).read();
    await file.write(round);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }

  expect(readdirSync(folder).filter((name) => name.includes('corrupt'))).toHaveLength(5);
  expect(existsSync(join(folder, 'record.json'))).toBe(true);
});
