import { severalLines } from '../texts/clean.ts';

/** Characters of a remedy's output that are kept and shown. */
const shownOutput = 4096;

/** Text from outside as it may be shown: without control characters, at most 4 KiB of it. */
export function shown(text: string): string {
  const clean = severalLines(text.trim(), 100, 400)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n');
  return clean.length <= shownOutput ? clean : `${clean.slice(0, shownOutput - 2).toWellFormed()}\n…`;
}
