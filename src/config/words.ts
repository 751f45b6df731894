/** zod's findings in an admin's words: what was found, what is accepted. */
import type { core } from 'zod';
import { isSecret } from '../lib/secret.ts';
import { withoutLogin } from './redact.ts';
import { hint, nearest } from './suggest.ts';

/** A value as a message shows it; never a secret. */
export function found(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (isSecret(value)) return 'a secret';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'string') return quoted(value);
  return typeof value === 'number' ? `the number ${value}` : String(value);
}

/** Cut, and without the user and password of an address. */
function quoted(text: string): string {
  const shown = withoutLogin(text);
  return JSON.stringify(shown.length > 60 ? `${shown.slice(0, 60)}…` : shown);
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
};

/** The message of one issue; `keys` of several unknown ones are told a line each. */
export function inWords(issue: core.$ZodRawIssue): string {
  const input = issue.input;
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${typeWords[String(issue.expected)] ?? issue.expected}, found ${found(input)}${issue.expected === 'string' ? quotesHelp(input) : ''}`;
    case 'invalid_value':
      return choiceWords(issue.values.map(String), input);
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, keysOf(issue.inst))).join('\n');
    case 'too_small':
    case 'too_big':
      return rangeWords(issue);
    case 'custom':
      if (typeof issue.params?.expected === 'string') return `expected ${issue.params.expected}, found ${found(input)}`;
      return notAccepted(issue);
    default:
      return notAccepted(issue);
  }
}

function notAccepted({ message, input }: core.$ZodRawIssue): string {
  return message ?? `${found(input)} is not accepted here`;
}

/** `unknown key "intervall" (did you mean "interval"?)` */
export function unknownKey(key: string, known: readonly string[]): string {
  return `unknown key "${key}"${hint(key, known, 'allowed here')}`;
}

/** A longer list than this helps nobody who only mistyped a word. */
const longList = 10;

function choiceWords(values: readonly string[], input: unknown): string {
  if (typeof input !== 'string') return `expected ${values.join(' or ')}, found ${found(input)}`;
  const near = nearest(input, values);
  const allowed = near !== undefined && values.length > longList ? '' : `; allowed: ${values.join(', ')}`;
  return `${found(input)} is not accepted here${allowed}${near === undefined ? '' : ` (did you mean "${near}"?)`}`;
}

/** YAML reads some texts as numbers or truths. */
function quotesHelp(value: unknown): string {
  return typeof value === 'number' || typeof value === 'boolean' ? '; put it in quotes if it is meant as text' : '';
}

function rangeWords(issue: core.$ZodRawIssue<core.$ZodIssueTooSmall> | core.$ZodRawIssue<core.$ZodIssueTooBig>): string {
  const [word, limit] =
    issue.code === 'too_small' ? (['at least', issue.minimum] as const) : (['at most', issue.maximum] as const);
  if (issue.origin === 'array')
    return `expected ${word} ${limit} ${limit === 1 ? 'entry' : 'entries'}, found ${lengthOf(issue.input)}`;
  if (issue.origin === 'string')
    return `expected ${word} ${limit} ${limit === 1 ? 'character' : 'characters'}, found ${found(issue.input)}`;
  const bound = issue.inclusive === false ? `${issue.code === 'too_small' ? 'more' : 'less'} than` : word;
  return `expected ${bound} ${limit}, found ${found(issue.input)}`;
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

/** The keys that an object schema knows. */
function keysOf(schema: unknown): readonly string[] {
  const shape = (schema as { readonly _zod?: { readonly def?: { readonly shape?: object } } } | undefined)?._zod?.def?.shape;
  return shape ? Object.keys(shape) : [];
}
