/** Pieces of option schemas that several kinds share. */
import { z } from 'zod';
import { parseDuration } from '../../lib/duration.ts';
import { isSecret, revealed, type Secret } from '../../lib/secret.ts';
import { patternProblem } from './pattern.ts';

/** A text, or a secret that stands for one. */
export const textOrSecret = z
  .union([z.string().min(1), z.custom<Secret>(isSecret).meta({ type: 'string', minLength: 1 })], {
    error: 'expected a text, or a secret such as !env NAME or !file PATH',
  })
  .meta({ title: 'text or secret' });

/** A user or password that is said in a line of its own, so without a line break or NUL. */
export const credential = textOrSecret.refine((text) => !/[\0\r\n]/.test(revealed(text)), {
  error: 'expected one line without line breaks',
});

/** A duration as people write it (`30s`, `2h`), kept as written: it may be part of a check's identity. */
export const durationText = z
  .string()
  .refine((text) => (parseDuration(text) ?? 0) > 0, { error: 'expected a duration such as 30s, 5m or 24h' })
  .meta({ title: 'duration', pattern: '^\\s*(\\d+(\\.\\d+)?(ms|[ywdhms])\\s*)+$' });

/** What a text from a target must contain: plain text, or a regular expression written `/…/` or `/…/i`. */
export const pattern = z
  .string()
  .min(1)
  .meta({
    title: 'pattern',
    words: 'a text that must be found, or a regular expression such as `/^220 /` or `/ready/i`',
  })
  .superRefine((text, context) => {
    const problem = patternProblem(text);
    if (problem) context.addIssue(problem);
  });

/** A TCP port. */
export const port = z.int().min(1).max(65_535).meta({ title: 'port' });
