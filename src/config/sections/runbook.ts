/** `runbook:` of a service — what to do when it fails, for everybody and for some causes in particular. */
import { z } from 'zod';
import { type CauseCode, causeCodes } from '../../core/observation.ts';
import type { Runbook } from '../../core/rules.ts';
import { either, text } from '../scalars/scalar.ts';
import { hint } from '../suggest.ts';

/** Bytes of a runbook's file, and characters of one that is written in place. */
export const longestRunbook = 64 * 1024;

export const runbookSchema = either('a text or link, or { file: path }', [
  text(longestRunbook),
  z.strictObject({ file: text(1000).describe('Path of a text file, relative to the YAML file that names it.') }),
]);

/** A line that says for which causes the next lines are: `when: port-closed, timeout`. */
const head = /^\s*when:\s*([\w-]+(?:\s*,\s*[\w-]+)*)\s*$/i;

/** `unknown`: words behind `when:` that are no causes, with what to say of them. */
export interface ReadRunbook {
  readonly runbook: Runbook;
  readonly unknown: readonly string[];
}

/** Takes a text apart at its `when:` lines; what stands before the first, or behind `when: any`, is for everybody. */
export function readRunbook(typed: string): ReadRunbook {
  const general: string[] = [];
  const sections: { readonly when: readonly CauseCode[]; readonly lines: string[] }[] = [];
  const unknown: string[] = [];
  let lines = general;
  for (const [index, line] of typed.split(/\r?\n/).entries()) {
    const words = head
      .exec(line)?.[1]
      ?.toLowerCase()
      .split(/\s*,\s*/);
    if (words === undefined) {
      lines.push(line);
      continue;
    }
    const when = causeCodes.filter((code) => words.includes(code));
    const strange = words.filter((word) => word !== 'any' && !causeCodes.some((code) => code === word));
    unknown.push(
      ...strange.map((word) => `line ${index + 1} of the runbook: there is no cause "${word}"${hint(word, causeCodes, 'known')}`),
    );
    lines = [];
    if (when.length > 0 && !words.includes('any')) sections.push({ when, lines });
    else lines = general;
  }
  const filled = sections.map(({ when, lines: own }) => ({ when, text: trimmed(own) })).filter((section) => section.text !== '');
  return { runbook: { text: trimmed(general), sections: filled }, unknown };
}

/** Without empty lines around it; the layout in it stays. */
function trimmed(lines: readonly string[]): string {
  return lines
    .join('\n')
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd();
}
