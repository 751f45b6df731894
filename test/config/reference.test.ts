import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { channels } from '../../src/channels/registry.ts';
import { type Grammar, grammar } from '../../src/config/json-schema.ts';
import { described } from '../../src/config/reference/key-table.ts';
import { prose, sentence } from '../../src/config/reference/markdown.ts';
import { reference } from '../../src/config/reference/page.ts';
import { typeWords } from '../../src/config/reference/type-words.ts';
import { probes } from '../../src/probes/registry.ts';
import { loaderProblems, schemaProblems } from './support/validator.ts';

const page = reference(probes, channels);
const whole = grammar(probes, channels);
const sections = Object.entries(whole.properties ?? {});

describe('the reference', () => {
  it('in the folder is the one that the code makes', () => {
    expect(readFileSync('config/reference.md', 'utf8'), 'npm run reference').toBe(page);
  });

  it('describes every key of every section, kind and channel', () => {
    expect(keysOf(whole).filter(({ schema }) => (schema.description ?? '') === '')).toEqual([]);
  });

  it('declares every default that is the same everywhere, so that none grows stale in a description', () => {
    const written = keysOf(whole).filter(({ schema }) => /\bdefault `?(\d+\w*|true|false)`?\.?$/.test(schema.description ?? ''));

    expect(written.map(({ path, schema }) => `${path}: ${schema.description}`)).toEqual([]);
  });

  it('has an example of every section, kind and channel', () => {
    for (const [key, schema] of sections.filter(([, one]) => one.properties ?? one.additionalProperties ?? one.items)) {
      expect(schema.sample, key).toContain(`${key}:`);
    }
    for (const { kind, example } of [...probes, ...channels]) expect(example, kind).toContain(kind);
  });

  it.each(sections.flatMap(([key, { sample }]) => (sample === undefined ? [] : [[key, sample] as const])))(
    'gives an example of %s that is accepted',
    async (key, sample) => {
      const around = {
        contacts: 'contacts: { anna: a@b.example, ben: b@b.example, boss: c@b.example }\n',
        rota: 'rota: { it: { members: [anna] } }\n',
        services: 'services: [{ name: Website, check: load }, { name: Router, check: ping://192.168.1.1 }]\n',
      };
      const others = Object.entries(around).filter(([section]) => section !== key);
      const document = `${others.map(([, text]) => text).join('')}${sample}\n`;

      expect(schemaProblems(document)).toEqual([]);
      expect(await loaderProblems(document)).toEqual([]);
    },
  );

  it('links to headings that are there', () => {
    const anchors = new Set(
      [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading.toLowerCase().replaceAll(' ', '-')),
    );
    const links = [...page.matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor = '']) => anchor);

    expect(links.filter((anchor) => !anchors.has(anchor))).toEqual([]);
    expect(links.length).toBeGreaterThan(probes.length);
  });

  it('has YAML that can be read, and tables whose rows are as long as their heads', () => {
    for (const [, yaml = ''] of page.matchAll(/^```yaml\n([\s\S]*?)^```/gm))
      expect(() => parse(yaml, { logLevel: 'silent' })).not.toThrow();
    for (const block of page.split('\n\n').filter((one) => one.startsWith('|'))) {
      const widths = block
        .trim()
        .split('\n')
        .map((row) => row.replaceAll('\\|', '').split('|').length);
      expect(new Set(widths).size, block.slice(0, 80)).toBe(1);
    }
  });
});

describe('words of the reference', () => {
  it.each([
    [{ title: 'duration', limits: '1s to 31d', type: 'string' }, 'duration, 1s to 31d'],
    [{ enum: ['de', 'en'] }, '`de` or `en`'],
    [{ anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] }, 'text, or a list of them'],
    [{ type: 'array', items: { type: 'object', properties: {} } }, 'list of maps'],
    [{ type: 'object', additionalProperties: { title: 'text or secret' } }, 'map of texts or secrets by name'],
    [{ type: 'integer', minimum: 1, maximum: 20 }, 'whole number, 1 to 20'],
    [{ type: 'number', minimum: 0 }, 'number, at least 0'],
    [{ type: 'boolean' }, '`true` or `false`'],
    [{ const: 'off' }, '`off`'],
    [{ $ref: '#/$defs/check' }, '[check](#checks)'],
  ] satisfies readonly (readonly [Grammar, string])[])('say what %j accepts', (schema, words) => {
    expect(typeWords(schema)).toBe(words);
  });

  it('take a default from its declaration, else from the end of the description', () => {
    expect(described({ description: 'How often.', default: '60s' })).toEqual({ about: 'How often.', fallback: '`60s`' });
    expect(described({ description: 'Who is told; default the first contact.' })).toEqual({
      about: 'Who is told.',
      fallback: 'the first contact',
    });
    expect(described({ description: 'headers', default: {} })).toEqual({ about: 'Headers.', fallback: '' });
  });

  it('are sentences, in lines of a readable length', () => {
    expect(sentence('name or address')).toBe('Name or address.');
    expect(sentence('`off`: nothing')).toBe('`off`: nothing.');
    expect(sentence('https://a.example')).toBe('https://a.example.');
    expect(
      prose('word '.repeat(100))
        .split('\n')
        .every((line) => line.length <= 120),
    ).toBe(true);
  });
});

interface Key {
  readonly path: string;
  readonly schema: Grammar;
}

/** Every key of every map in a schema. */
function keysOf(schema: Grammar, path = ''): readonly Key[] {
  const { anyOf = [], items, properties = {}, additionalProperties, $defs = {} } = schema;
  return [
    ...Object.entries(properties).flatMap(([key, one]) => [
      { path: `${path}.${key}`, schema: one },
      ...keysOf(one, `${path}.${key}`),
    ]),
    ...anyOf.flatMap((one) => keysOf(one, path)),
    ...(items === undefined ? [] : keysOf(items, `${path}[]`)),
    ...(typeof additionalProperties === 'object' ? keysOf(additionalProperties, `${path}.*`) : []),
    ...Object.entries($defs).flatMap(([name, one]) => keysOf(one, name)),
  ];
}
