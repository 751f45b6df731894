/** The JSON Schema as an editor applies it, by a validator that shares no code with the loader; and the loader beside it. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse, type ScalarTag } from 'yaml';
import { channels } from '../../../src/channels/registry.ts';
import { jsonSchema } from '../../../src/config/json-schema.ts';
import { probes } from '../../../src/probes/registry.ts';
import { office, told } from './office.ts';

const validator = new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true, allErrors: true });
const validate = validator.compile(jsonSchema(probes, channels));

/** For an editor a tag is a text. */
const tags = ['!env', '!file', '!credential'].map((tag): ScalarTag => ({ tag, resolve: (text: string) => text }));

/** What the JSON Schema says against a document, a line each. */
export function schemaProblems(yaml: string): readonly string[] {
  if (validate(parse(yaml, { customTags: tags }))) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}

/** What the loader says against a document; everything behind a tag is there. */
export async function loaderProblems(yaml: string): Promise<readonly string[]> {
  const named = (tag: string) => [...yaml.matchAll(new RegExp(`!${tag} ([\\w./-]+)`, 'g'))].map(([, name = '']) => name);
  const secrets = Object.fromEntries(named('env').map((name) => [name, secretFor(name)]));
  const files = Object.fromEntries(named('file').map((name) => [name, `${secretFor(name)}\n`]));
  using place = office({ 'services.d/more.yaml': '# none yet\n', ...files, 'main.yaml': yaml });
  return told(await place.load({ env: secrets }), place);
}

function secretFor(name: string): string {
  if (name.endsWith('.pem')) return '-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----';
  return /url/i.test(name) ? 'https://secret.example/hidden' : 'hidden';
}
