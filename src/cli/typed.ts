import { InvalidArgumentError } from 'commander';
import { formatDuration, parseDuration } from '../lib/duration.ts';
import { oneLine } from '../texts/clean.ts';
import { longestByteLength } from '../web/limits.ts';

const shortestMs = 1000;
const longestMs = 365 * 86_400_000;

/** A length of time in ms, from what was typed. */
export function typedDuration(typed: string): number {
  const ms = parseDuration(typed);
  if (ms === null) throw new InvalidArgumentError('Write a duration such as 30m, 2h or 1d.');
  if (ms < shortestMs || ms > longestMs) {
    throw new InvalidArgumentError(`${formatDuration(ms) || '0s'} is ${ms < shortestMs ? 'too short' : 'too long'}; 1s to 365d.`);
  }
  return ms;
}

/** A person's text, from words that were typed with or without quotation marks. */
export function typedText(typed: string, before: string | undefined = undefined): string {
  const text = before === undefined ? typed : `${before} ${typed}`;
  if (Buffer.byteLength(text) > longestByteLength) {
    throw new InvalidArgumentError(`The text is too long: at most ${longestByteLength / 1024} kB.`);
  }
  if (oneLine(text) === '') throw new InvalidArgumentError('The text is empty.');
  return text;
}

/** The name of a service or contact. */
export function typedName(typed: string): string {
  const name = oneLine(typed, 300);
  if (name === '') throw new InvalidArgumentError('The name is empty.');
  return name;
}

/** An incident's id: `INC-2026-0042`, `42` or `#42`. */
export function typedId(typed: string): string {
  const id = typed.trim().replace(/^#/, '');
  if (!/^(INC-\d{4}-\d{1,9}|\d{1,9})$/i.test(id)) {
    throw new InvalidArgumentError('Write an id such as INC-2026-0042, or its number 42.');
  }
  return id.toUpperCase();
}
