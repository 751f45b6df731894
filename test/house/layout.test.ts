import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { strangersAtTop, testsWithoutRoom, trackedFiles } from './layout.ts';
import { root } from './source.ts';

const tracked = existsSync(join(root, '.git')) ? trackedFiles() : [];

function readJson(path: string): Record<string, Record<string, unknown> | undefined> {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

describe('the top of the checkout', () => {
  it('holds only what was agreed', () => {
    expect(strangersAtTop(tracked)).toEqual([]);
  });

  it('refuses anything else', () => {
    expect(strangersAtTop(['src/main.ts', '.ci/run', 'notes.md', 'dist/main.js'])).toEqual(['notes.md', 'dist']);
  });

  it.each(['README.md', 'CHANGELOG.md', 'LICENSE'])('has a %s', (name) => {
    expect(existsSync(join(root, name))).toBe(true);
  });
});

describe('test/', () => {
  it('mirrors src/', () => {
    expect(testsWithoutRoom(tracked)).toEqual([]);
  });

  it('refuses a folder and a file without a room', () => {
    const paths = ['src/core/step.ts', 'src/main.ts', 'test/core/step.test.ts', 'test/main.test.ts', 'test/house/source.ts'];

    expect(testsWithoutRoom([...paths, 'test/cores/step.test.ts', 'test/step.test.ts'])).toEqual([
      'test/cores/step.test.ts',
      'test/step.test.ts',
    ]);
  });
});

describe('packages', () => {
  const { dependencies, devDependencies, optionalDependencies } = readJson('package.json');

  it('are named with one exact version', () => {
    const ranges = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)),
    );

    expect(ranges).toEqual([]);
  });

  it('are locked with their checksum and without a registry, so that any mirror will do', () => {
    const locked = Object.entries(readJson('package-lock.json').packages ?? {}).filter(([path]) => path !== '');

    expect(locked.filter(([, entry]) => Object.hasOwn(entry as object, 'resolved'))).toEqual([]);
    expect(locked.filter(([, entry]) => !Object.hasOwn(entry as object, 'integrity'))).toEqual([]);
  });
});
