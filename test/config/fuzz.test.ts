import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channels } from '../../src/channels/registry.ts';
import { assemble } from '../../src/config/assemble.ts';
import type { Position } from '../../src/config/problem.ts';
import { mergeSources } from '../../src/config/yaml/merge.ts';
import { parseSource } from '../../src/config/yaml/source.ts';
import { probes } from '../../src/probes/registry.ts';
import { example } from './support/example.ts';

const around = { hostname: 'server', timezone: 'Europe/Berlin', probes, channels };

/** The places of all problems of a text. */
async function places(text: string): Promise<readonly Position[]> {
  const source = await parseSource('main.yaml', text, { env: {} });
  const found: Position[] = [...source.problems];
  const data =
    typeof source.data === 'object' && source.data !== null && !Array.isArray(source.data) ? source : { ...source, data: {} };
  const merged = mergeSources([data]);
  const problem: Parameters<typeof assemble>[2]['problem'] = (path, _message, part) => found.push(merged.locate(path, part));
  assemble(merged.data, around, { problem, lacking: problem, note: problem, where: () => '' });
  return found;
}

function allInside(found: readonly Position[], text: string): boolean {
  const lines = text.replace(/\n$/, '').split('\n').length;
  return found.every(({ line, col }) => line >= 1 && line <= lines && col >= 1);
}

const lines = example.split('\n');
const words = [
  '',
  ':',
  '- ',
  '[',
  '{',
  '"',
  '*a',
  '&a ',
  '!env X',
  '!x',
  '5',
  '-1',
  '1e999',
  'null',
  'true',
  '\t',
  '  ',
  '#',
  '>',
  '%',
  'owner',
  '~',
  '\u0000',
  'ä',
];

const mutation = fc.oneof(
  fc.record({ kind: fc.constant('drop' as const), at: fc.nat(example.length - 1), length: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant('insert' as const), at: fc.nat(example.length), word: fc.constantFrom(...words) }),
  fc.record({ kind: fc.constant('swap' as const), at: fc.nat(lines.length - 1), other: fc.nat(lines.length - 1) }),
  fc.record({ kind: fc.constant('value' as const), at: fc.nat(lines.length - 1), word: fc.constantFrom(...words) }),
);
type Mutation = typeof mutation extends fc.Arbitrary<infer Kind> ? Kind : never;

function mutated(text: string, one: Mutation): string {
  switch (one.kind) {
    case 'drop':
      return text.slice(0, one.at) + text.slice(one.at + one.length);
    case 'insert':
      return text.slice(0, one.at) + one.word + text.slice(one.at);
    case 'swap': {
      const swapped = text.split('\n');
      [swapped[one.at], swapped[one.other]] = [swapped[one.other] ?? '', swapped[one.at] ?? ''];
      return swapped.join('\n');
    }
    case 'value':
      return text
        .split('\n')
        .map((line, index) => (index === one.at ? line.replace(/: .*/, `: ${one.word}`) : line))
        .join('\n');
    default:
      return one satisfies never;
  }
}

const bounds = { interruptAfterTimeLimit: 2000, markInterruptAsFailure: false };

describe('whatever is made of the configuration', () => {
  it('is read or refused with places inside the text, and never ends the program', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
        const text = mutations.reduce(mutated, example);

        const found = await places(text);

        expect(allInside(found, text)).toBe(true);
      }),
      { ...bounds, numRuns: 300, seed: 20_261 },
    );
  });

  it('holds for values of any kind behind any key', async () => {
    const keys = [...new Set([...example.matchAll(/([\w]+):/g)].map((match) => match[1] ?? ''))];
    const tree = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, 0, -1, 1.5, '', 'x', '5m', '90%', 'owner', 'http://a', [], {}),
        tie('list'),
        tie('map'),
      ),
      list: fc.array(tie('value'), { maxLength: 3 }),
      map: fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 5 }),
    })).map;

    await fc.assert(
      fc.asyncProperty(tree, async (value) => {
        const text = JSON.stringify(value);

        expect(allInside(await places(text), text)).toBe(true);
      }),
      { ...bounds, numRuns: 300, seed: 20_262 },
    );
  });
});
