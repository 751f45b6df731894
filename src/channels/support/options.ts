/** Pieces of option schemas that several channels share. */
import { z } from 'zod';
import { isSecret, type Secret, secret } from '../../lib/secret.ts';

type Issue = z.core.$ZodRawIssue;

/** The issue of a value that is of the wrong type, or that `words` (completing "expected …") do not describe. */
export function notUnderstood(value: unknown, words: string): Issue {
  if (typeof value !== 'string') return wrongType(value);
  return { code: 'custom', params: { expected: words }, input: value };
}

function wrongType(value: unknown): Issue {
  return { code: 'invalid_type', expected: 'string', input: value };
}

/** A text, or a secret that stands for one. */
export function textOrSecret() {
  return z
    .unknown()
    .meta({ type: 'string', minLength: 1, title: 'text or secret' })
    .transform((value, context): string | Secret => {
      if (isSecret(value) || (typeof value === 'string' && value !== '' && value.length <= 2000)) return value;
      context.issues.push(wrongType(value));
      return z.NEVER;
    });
}

/**
 * A text that nobody may see. What `accepts` says no to is refused with `words`, which complete "expected …"; the value is
 * never quoted. A secret that could not be read is empty and has been reported: it passes.
 */
export function hidden(words: string, accepts: (text: string) => boolean, title = 'text or secret') {
  return z
    .unknown()
    .meta({ type: 'string', minLength: 1, title, words })
    .transform((value, context): Secret => {
      const wrapped = typeof value === 'string' ? secret(value) : value;
      if (!isSecret(wrapped)) context.issues.push(wrongType(value));
      else if ((isSecret(value) && wrapped.reveal() === '') || accepts(wrapped.reveal())) return wrapped;
      else context.issues.push({ code: 'custom', message: `expected ${words}`, input: value });
      return z.NEVER;
    });
}

/** A web address that is called, kept hidden as it may hold a token. */
export function webAddress(words: string, accepts: (url: URL) => boolean = () => true) {
  const isAccepted = (text: string) => {
    const url = URL.parse(text);
    return url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '' && !/\s/.test(text) && accepts(url);
  };
  return hidden(words, isAccepted, 'web address or secret');
}

/** A token as it travels in a header: printable ASCII without spaces. */
export function token() {
  return hidden('a token, better behind !file or !env', (text) => /^[!-~]{1,4000}$/.test(text));
}

/** What is left of a URL when nothing secret may be shown: scheme and host. */
export function shownOrigin(url: Secret): string {
  return URL.parse(url.reveal())?.origin ?? '***';
}
