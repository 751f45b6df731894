import type { Language } from '../core/rules.ts';

/** One text in every language: a missing one does not compile. */
export type InEach<Text> = Readonly<Record<Language, Text>>;

/**
 * The sentences of one topic in every language, as strings or functions that make one. English says which keys there
 * are; a key that another language lacks, or has in excess, does not compile.
 */
export function sentences<Keys extends object>(
  inEach: { readonly en: Keys } & { readonly [Other in Exclude<Language, 'en'>]: NoInfer<Keys> },
): (language: Language) => Keys {
  return (language) => inEach[language];
}

const joiners: InEach<{ readonly and: string; readonly more: (count: number) => string }> = {
  en: { and: 'and', more: (count) => `${count} more` },
  de: { and: 'und', more: (count) => `${count} weitere` },
};

/** `Anna, Ben and Carl`; past `limit` names the rest is counted. */
export function listed(names: readonly string[], language: Language, limit = 8): string {
  const { and, more } = joiners[language];
  const shown = names.length > limit ? [...names.slice(0, limit - 1), more(names.length - limit + 1)] : names;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} ${and} ${shown.at(-1)}`;
}

/** The text with its first letter in upper case: a clause as a sentence of its own. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A clause as a sentence: capital letter and a full stop, unless it ends with a mark already. */
export function asSentence(clause: string): string {
  return /[.!?…“"]$/u.test(clause) ? capitalized(clause) : `${capitalized(clause)}.`;
}

const quotes: InEach<readonly [string, string]> = { en: ['“', '”'], de: ['„', '“'] };

/** Somebody else's words, marked as such. */
export function quoted(text: string, language: Language): string {
  const [open, close] = quotes[language];
  return open + text + close;
}
