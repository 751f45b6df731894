import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './source.ts';

const lines = (count: number) => 'console.log(1);\n'.repeat(count);

/** A rule of the linter that this project relies on, and a file that breaks it. */
const planted: readonly (readonly [rule: string, path: string, text: string])[] = [
  ['noImportCycles', 'src/a.ts', `import type { B } from './b.ts';\nexport type A = B;\n`],
  ['noImportCycles', 'src/b.ts', `import type { A } from './a.ts';\nexport type B = A;\n`],
  ['noFloatingPromises', 'src/float.ts', 'async function f(): Promise<void> {}\nexport function g(): void {\n  f();\n}\n'],
  ['noExplicitAny', 'src/some.ts', 'export const some: any = 1;\n'],
  ['useImportType', 'src/types.ts', `import { A } from './a.ts';\nexport type C = A;\n`],
  ['useNodejsImportProtocol', 'src/node.ts', `import { join } from 'path';\nexport const x = join('a');\n`],
  ['noUnusedImports', 'src/unused.ts', `import { join } from 'node:path';\n`],
  ['noEnum', 'src/kinds.ts', 'export enum Kind {\n  A,\n}\n'],
  ['noExcessiveLinesPerFile', 'src/long.ts', lines(301)],
  ['noExcessiveLinesPerFile', 'src/daemon.ts', lines(151)],
  ['unused', 'src/excused.ts', `// biome-ignore lint/style/noExcessiveLinesPerFile: a long table\n${lines(1)}`],
  ['noExcessiveLinesPerFunction', 'src/function.ts', `export function f(): void {\n${'  console.log(1);\n'.repeat(51)}}\n`],
  ['useFilenamingConvention', 'src/camelCase.ts', lines(1)],
  ['noFocusedTests', 'test/focused.test.ts', `import { it } from 'vitest';\nit.${'only'}('works', () => {});\n`],
  ['noJsRestrictedProperties', 'src/core/now.ts', 'export const now = Date.now();\n'],
  ['noJsRestrictedProperties', 'src/core/temporal.ts', 'export const now = Temporal.Now.instant();\n'],
  ['noJsRestrictedProperties', 'src/core/chance.ts', 'export const chance = Math.random();\n'],
  ['noRestrictedGlobals', 'src/core/timer.ts', 'setTimeout(() => {}, 1);\n'],
  ['noRestrictedGlobals', 'src/core/performance.ts', 'export const now = performance.now();\n'],
  ['noProcessGlobal', 'src/core/environment.ts', 'export const home = process.pid;\n'],
  ['noNodejsModules', 'src/core/module.ts', `import { join } from 'node:path';\nexport const x = join('a');\n`],
];

interface LintReport {
  readonly diagnostics: readonly { readonly category: string; readonly location: { readonly path: string } }[];
}

/** What the linter says about a folder, with this project's settings: `path rule` each. */
function lint(folder: string): Promise<readonly string[]> {
  const biome = join(root, 'node_modules/.bin/biome');
  const options = ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none', '.'];
  return new Promise((resolve, reject) => {
    execFile(biome, options, { cwd: folder }, (error, stdout) => {
      if (stdout === '') return reject(error);
      const { diagnostics }: LintReport = JSON.parse(stdout);
      resolve(diagnostics.map(({ category, location }) => `${location.path} ${category.split('/').at(-1)}`));
    });
  });
}

describe('the linter', () => {
  let folder: string;
  let found: readonly string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'incidentd-lint-'));
    await copyFile(join(root, '.biome.json'), join(folder, '.biome.json'));
    for (const [, path, text] of planted) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    found = await lint(folder);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(planted)('refuses %s: %s', (rule, path) => {
    expect(found).toContain(`${path} ${rule}`);
  });
});
