/** The keys of a map, as a table. */
import type { Grammar } from '../json-schema.ts';
import { code, sentence, table } from './markdown.ts';
import { typeWords } from './type-words.ts';

export interface Row {
  /** `expect.body`, `servers[].url` */
  readonly key: string;
  readonly schema: Grammar;
  readonly isRequired: boolean;
  /** The target gives it. */
  readonly isTarget?: boolean;
}

/** The rows of all keys in a schema, those of maps within it by dotted keys; `except` are keys that are told elsewhere. */
export function rowsOf(schema: Grammar, except: ReadonlySet<string> = new Set(), prefix = ''): readonly Row[] {
  return formsOf(schema).flatMap(({ properties = {}, required = [], additionalProperties, propertyNames }) => [
    ...Object.entries(properties)
      .filter(([key]) => prefix !== '' || !except.has(key))
      .flatMap(([key, one]) => rowsWithin({ key: `${prefix}${key}`, schema: one, isRequired: required.includes(key) })),
    ...(typeof additionalProperties === 'object' && propertyNames?.title !== undefined
      ? rowsWithin({ key: propertyNames.title, schema: additionalProperties, isRequired: false })
      : []),
  ]);
}

function rowsWithin(row: Row): readonly Row[] {
  const { key, schema } = row;
  const lists = formsOf(schema).flatMap(({ items }) => (items === undefined ? [] : rowsOf(items, undefined, `${key}[].`)));
  return [row, ...rowsOf(schema, undefined, `${key}.`), ...lists];
}

function formsOf(schema: Grammar): readonly Grammar[] {
  return schema.anyOf ?? [schema];
}

/** Key, type, default and meaning, a line each. */
export function keyTable(rows: readonly Row[]): string {
  return table(
    ['key', 'type', 'default', 'what it does'],
    rows.map(({ key, schema, isRequired, isTarget }) => {
      const { about, fallback } = described(schema);
      const otherwise = isTarget ? 'the target' : isRequired ? '*required*' : fallback;
      return [/[ ,]/.test(key) ? key : code(key), typeWords(schema), otherwise, about];
    }),
  );
}

/** The description and the default. What is not the same everywhere is told in words at its end: `…; default the first contact.` */
export function described({ description = '', default: fixed }: Grammar): { readonly about: string; readonly fallback: string } {
  const [about = '', words = ''] = description.split(/; default (?=[^;]*$)/);
  return { about: sentence(about), fallback: fixed === undefined ? words.replace(/\.$/, '') : fixedWords(fixed) };
}

function fixedWords(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0 ? '' : code(JSON.stringify(value));
  return code(String(value));
}
