import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source.ts';
import { unfinishedWork } from './words.ts';

/** Put together here so that this file is clean itself. */
const marks = [
  ['TO', 'DO'],
  ['FIX', 'ME'],
  ['XX', 'X'],
  ['@ts-', 'ignore'],
  ['@ts-', 'nocheck'],
  ['biome-ignore', '-all'],
].map((parts) => parts.join(''));

function foundIn(text: string): readonly string[] {
  return unfinishedWork({ path: 'src/lib/planted.ts', text });
}

describe('src and test', () => {
  it('hold no unfinished work, no test that switches off others, no way around the type checker', () => {
    const files = [...sourceFiles('src'), ...sourceFiles('test')];

    expect(files.flatMap(unfinishedWork)).toEqual([]);
  });

  it.each([
    ...marks.map((mark) => `// ${mark}: later`),
    `it.only('works', f);`,
    `describe.skipIf(x).only('works', f);`,
    'const x = y as any;',
    'function f(x: any) {}',
  ])('refuse: %s', (text) => {
    expect(foundIn(text)).toEqual([expect.stringContaining('src/lib/planted.ts:1: ')]);
  });

  it.each(['// the same as any other', `const x = { only: ['P1'] };`, `mkdtemp('incidentd-XXXXXX');`])('allow: %s', (text) => {
    expect(foundIn(text)).toEqual([]);
  });
});
