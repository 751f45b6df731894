/** What an admin may write about a watched file. */
import { z } from 'zod';
import { parseMoment } from '../../../core/calendar/moments.ts';
import { parseSize } from '../../../lib/duration.ts';
import { durationText, textOrSecret } from '../options.ts';

const moment = z
  .string()
  .refine((text) => parseMoment(text) !== null, { error: 'expected days and a time such as Mon-Fri 06:00, or a time alone' })
  .meta({ title: 'moment', words: 'days and a time such as Mon-Fri 06:00, or a time alone' });

export const fileOptions = z
  .strictObject({
    path: textOrSecret.describe('the file; with `*`, `?` or `[0-9]` in it the newest of all files that it names'),
    expect: z
      .union([moment, z.array(moment).min(1).max(50)])
      .optional()
      .describe(
        'by when the file must have been written anew: `Mon-Fri 06:00`, `06:00` for every day, or a list of such moments, in the time zone of the site. At each moment (plus `grace`) the file must be newer than the moment before, else the check is down until a newer one comes; between Friday and Monday nothing is asked of it. A file that comes within `grace` after a moment counts for that one alone, not for the next',
      ),
    grace: durationText.optional().describe('how late it may be; without it, not at all'),
    min_size: z
      .string()
      .refine((text) => parseSize(text) !== null, { error: 'expected a size such as 1MiB or 20GB' })
      .meta({ title: 'size' })
      .optional()
      .describe('a file smaller than this is down: an empty backup is none'),
    exists: z
      .boolean()
      .default(true)
      .describe('`false`: there must be no such file, as with a lock or a core dump; then one that is there is down'),
  })
  .refine((options) => options.grace === undefined || options.expect !== undefined, {
    path: ['grace'],
    error: 'grace says how late `expect` may be met; write `expect` too, or leave it out',
  })
  .refine((options) => options.exists || (options.expect === undefined && options.min_size === undefined), {
    path: ['exists'],
    error: 'a file that must not exist can have neither `expect` nor `min_size`',
  });
export type FileOptions = z.output<typeof fileOptions>;
