import { execFileSync } from 'node:child_process';
import { root } from './source.ts';

/** What lies at the top of the checkout; names with a leading dot may be there too. */
const topLevel: readonly string[] = [
  'src',
  'config',
  'test',
  'systemd',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
];

/** Folders of `test` that mirror no room of `src`. */
const testsOfTheWhole: readonly string[] = ['stories', 'e2e', 'simulation', 'faults', 'bench', 'house', 'support'];

/** All files under version control and those about to be, by their path from the checkout's root. */
export function trackedFiles(): readonly string[] {
  const listed = execFileSync('git', ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed.split('\0').filter((path) => path !== '');
}

/** Names at the top that nobody agreed on. */
export function strangersAtTop(paths: readonly string[]): readonly string[] {
  const names = new Set(paths.map((path) => path.split('/')[0] ?? ''));
  return [...names].filter((name) => !name.startsWith('.') && !topLevel.includes(name));
}

/** Test folders without a room of the same name, and tests that lie in no folder. */
export function testsWithoutRoom(paths: readonly string[]): readonly string[] {
  const rooms = new Set(paths.filter((path) => path.startsWith('src/')).map((path) => path.split('/')[1]));
  const tests = paths.filter((path) => path.startsWith('test/'));
  return tests.filter((path) => {
    const [, folder = '', ...rest] = path.split('/');
    const room = rest.length === 0 ? folder.replace('.test.ts', '.ts') : folder;
    return !rooms.has(room) && !testsOfTheWhole.includes(room);
  });
}
