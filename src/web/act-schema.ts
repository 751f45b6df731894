import { z } from 'zod';
import type { Act } from '../core/event.ts';
import { oneLine, severalLines } from '../texts/clean.ts';
import { longestByteLength } from './limits.ts';

/** Longest acknowledgement and longest window started by hand. */
const longestMs = 365 * 86_400_000;

const longestLine = 4096;
const mostLines = 200;

/** What a person wrote: bounded, without control characters, its lines kept. */
const words = z
  .string()
  .refine((text) => Buffer.byteLength(text) <= longestByteLength, `at most ${longestByteLength / 1024} kB of text`)
  .transform((text) => severalLines(text, mostLines, longestLine).join('\n').trim())
  .refine((text) => text !== '', 'no text');

/** A name of a person, service or check; those that JavaScript's own objects have are nobody's. */
const name = z
  .string()
  .max(300)
  .transform((text) => oneLine(text, 300))
  .refine((text) => text !== '' && !(text in {}), 'not a name');

const person = name.refine((text) => text.length <= 80, 'at most 80 characters');
const id = z.string().trim().min(1).max(40);
const span = z.int().min(1000).max(longestMs);
const services = z.union([z.literal('all'), z.array(name).min(1).max(100)]);

const act = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('acknowledge'), id, forMs: span.exactOptional() }),
  z.strictObject({ act: z.literal('release'), id }),
  z.strictObject({ act: z.literal('assign'), id, contact: name }),
  z.strictObject({ act: z.literal('note'), id, text: words }),
  z.strictObject({ act: z.literal('resolve'), id, cause: words.exactOptional(), fix: words.exactOptional() }),
  z.strictObject({ act: z.literal('close'), id, force: z.boolean() }),
  z.strictObject({ act: z.literal('report'), text: words, service: name.exactOptional() }),
  z.strictObject({ act: z.literal('beat'), service: name, check: name.exactOptional(), ok: z.boolean() }),
  z.strictObject({ act: z.literal('start-maintenance'), services, durationMs: span, reason: words.exactOptional() }),
  z.strictObject({ act: z.literal('end-maintenance'), services }),
]) satisfies z.ZodType<Act>;

/** A person's act as it arrives from outside. */
export const actRequest = z.strictObject({ act, by: person });
