/** What may be written somewhere, in an admin's words. */
import type { Grammar } from '../json-schema.ts';
import { code, linkTo, orList } from './markdown.ts';

/** `duration, 1s to 31d`; `` `de` or `en` ``; `mail address, or a list of them` */
export function typeWords(schema: Grammar): string {
  if (schema.$ref !== undefined) return linkTo('Checks', 'check');
  if (schema.title !== undefined) return limited(schema.title, schema);
  if (schema.const !== undefined) return code(String(schema.const));
  if (schema.enum !== undefined) return orList([...new Set(schema.enum.map(String))].map(code));
  if (schema.anyOf !== undefined) return unionWords(schema.anyOf);
  return plainWords(schema);
}

function unionWords(forms: readonly Grammar[]): string {
  const words = [...new Set(forms.map(typeWords))];
  const lists = words.filter((word) => words.some((other) => word === `list of ${plural(other)}`));
  const others = words.filter((word) => !lists.includes(word));
  const [one, other] = others;
  if (lists.length === 0) return orList(words);
  return one !== undefined && other === undefined ? `${one}, or a list of them` : `${orList(others)}, or a list of them`;
}

function plainWords(schema: Grammar): string {
  const { type } = schema;
  if (Array.isArray(type)) return orList(type.map((one: string) => plainWords({ ...schema, type: one })));
  switch (type) {
    case 'string':
      return 'text';
    case 'boolean':
      return '`true` or `false`';
    case 'integer':
      return ranged('whole number', schema);
    case 'number':
      return ranged('number', schema);
    case 'null':
      return 'nothing';
    case 'array':
      return `list of ${schema.items === undefined ? 'values' : plural(typeWords(schema.items))}`;
    case 'object':
      return mapWords(schema);
    default:
      return 'anything';
  }
}

function mapWords({ properties, additionalProperties }: Grammar): string {
  if (properties !== undefined || typeof additionalProperties !== 'object') return 'map';
  return `map of ${plural(typeWords(additionalProperties))} by name`;
}

function plural(words: string): string {
  return words
    .replace(/\b(text|map|secret|span|address|pattern|number|status)\b(?! and| or list)/g, '$1s')
    .replace(/ss\b/, 'sses');
}

function limited(title: string, { limits }: Grammar): string {
  return limits === undefined ? title : `${title}, ${limits}`;
}

function ranged(word: string, { minimum, maximum }: Grammar): string {
  if (minimum !== undefined && maximum !== undefined) return `${word}, ${minimum} to ${maximum}`;
  if (minimum !== undefined) return `${word}, at least ${minimum}`;
  return maximum === undefined ? word : `${word}, at most ${maximum}`;
}

/** Every named type in a schema with what it accepts, by name. */
export function namedTypes(schema: Grammar, found = new Map<string, string>()): ReadonlyMap<string, string> {
  if (schema.title !== undefined && schema.words !== undefined && !found.has(schema.title)) found.set(schema.title, schema.words);
  for (const inner of parts(schema)) namedTypes(inner, found);
  return found;
}

function parts(schema: Grammar): readonly Grammar[] {
  const { anyOf = [], items, properties = {}, additionalProperties, $defs = {} } = schema;
  return [
    ...anyOf,
    ...(items === undefined ? [] : [items]),
    ...Object.values(properties),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
    ...Object.values($defs),
  ];
}
