import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { channels } from '../../src/channels/registry.ts';
import { jsonSchema } from '../../src/config/json-schema.ts';
import { probes } from '../../src/probes/registry.ts';
import { example } from './support/example.ts';

type JsonSchema = Exclude<Parameters<typeof z.fromJSONSchema>[0], boolean>;

/** How the committed file is made anew. */
const remake = 'npm run schema';

const committed: JsonSchema = JSON.parse(readFileSync('config/incidentd.schema.json', 'utf8'));
const accepts = (yaml: string) => z.fromJSONSchema(committed).safeParse(parse(yaml)).success;

describe('the JSON Schema', () => {
  it('in the folder is the one that the code makes', () => {
    expect(committed, remake).toEqual(JSON.parse(JSON.stringify(jsonSchema(probes, channels))));
  });

  it('accepts what is accepted', () => {
    expect(accepts(example)).toBe(true);
    expect(accepts(readFileSync('config/incidentd.yaml', 'utf8'))).toBe(true);
  });

  it.each([
    'sites: a\n',
    'language: fr\n',
    'startup_grace: 5\n',
    'startup_grace: five minutes\n',
    'services: [{ impact: high }]\n',
    'services: [{ name: A, chek: load }]\n',
    'services: [{ name: A, checks: [{ pnig: a }] }]\n',
    'services: [{ name: A, checks: [{ http: "https://a", intervall: 5s }] }]\n',
    'contacts: { anna: { mail: a@b.example } }\n',
    'mail: { servers: [{ user: u }] }\n',
  ])('refuses %s', (yaml) => {
    expect(accepts(yaml)).toBe(false);
  });

  it('explains every key of every kind', () => {
    const text = JSON.stringify(committed);

    for (const probe of probes) expect(text).toContain(JSON.stringify(probe.summary));
    for (const [key, value] of Object.entries(committed.properties ?? {})) {
      expect(value, key).toHaveProperty('description');
    }
  });
});
