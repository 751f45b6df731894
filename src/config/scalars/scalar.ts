/** Texts that mean something: one helper that says what was found and what is accepted. */
import { z } from 'zod';
import { isSecret, revealed, type Secret, secret } from '../../lib/secret.ts';
import { defined } from '../defined.ts';
import { found } from '../words.ts';

interface Accepted {
  /** Its name in the reference and in editors: `duration`. */
  readonly type: string;
  /** Completes "expected …": `a duration such as 30s`. */
  readonly words: string;
  /** What is allowed of all that it could be, for the reference: `1s to 31d`. */
  readonly limits?: string;
  /** For editors: a regular expression that accepts at least everything accepted. */
  readonly pattern?: string;
  /** Read as text where YAML sees a number. */
  readonly numbers?: true;
}

/** A text that `read` understands; null or a text from it is refused, with the text as the reason. */
export function scalar<T>(accepted: Accepted, read: (text: string) => { readonly value: T } | string | null) {
  const text = z.string({ error: (issue) => `expected ${accepted.words}, found ${found(issue.input)}` });
  const { type: title, words, pattern, limits } = accepted;
  const understood = text.meta(defined({ title, words, pattern, limits })).transform((typed, context): T => {
    const result = read(typed);
    if (result !== null && typeof result === 'object') return result.value;
    context.addIssue({ code: 'custom', message: result ?? `expected ${accepted.words}, found ${found(typed)}` });
    return z.NEVER;
  });
  return z.preprocess((value) => plain(value, accepted.numbers), understood);
}

function plain(value: unknown, numbers: true | undefined): unknown {
  if (isSecret(value)) return revealed(value);
  return numbers && typeof value === 'number' ? String(value) : value;
}

/** Any text that is not empty; a secret tag gives its text. */
export function text(longest = 200) {
  return z.preprocess((value) => plain(value, undefined), z.string().min(1).max(longest));
}

/** A text that nobody may see: written plainly or, better, behind a tag. */
export function secretText(words = 'text, better behind !file or !env', title = 'text or secret') {
  const hidden = z
    .custom<Secret>(isSecret, { error: (issue) => `expected ${words}, found ${found(issue.input)}` })
    .meta({ type: 'string', minLength: 1, title, words });
  return z.preprocess((value) => (typeof value === 'string' && value !== '' ? secret(value) : value), hidden);
}

/** One of several forms; `words` completes "expected …" where none fits. */
export function either<const Forms extends readonly z.ZodType[]>(words: string, forms: Forms) {
  return z.union(forms, { error: (issue) => `expected ${words}, found ${found(issue.input)}` });
}

/** One value or a list of them, as a list. */
export function oneOrMore<T>(item: z.ZodType<T>, words: string) {
  const forms = either(`${words}, or a list of them`, [item, z.array(item).min(1).max(100)]);
  return forms.transform((value): readonly T[] => (Array.isArray(value) ? value : [value as T]));
}
