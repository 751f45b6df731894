/** `hours:` — opening hours by name. */
import { z } from 'zod';
import { weekdaysOf } from '../../core/calendar/week-words.ts';
import type { Hours } from '../../core/rules.ts';
import { defined } from '../defined.ts';
import { isMap } from '../names.ts';
import { type Findings, parseSection } from '../parse-section.ts';
import type { Path } from '../problem.ts';
import { nameProblem } from '../scalars/numbers.ts';
import { either, scalar } from '../scalars/scalar.ts';
import { readSpans, type Span, weekOf } from '../scalars/spans.ts';
import { unknownKey } from '../words.ts';

/** For editors, as `weekdaysOf` and `readSpans` read them. */
const spanPattern = '\\s*\\d{1,2}:\\d\\d\\s*-\\s*\\d{1,2}:\\d\\d\\s*';
const spansPattern = `^${spanPattern}(,${spanPattern})*$`;

const spans = scalar<readonly Span[]>({ type: 'span', words: 'a span such as 08:00-18:00', pattern: spansPattern }, (typed) => {
  const read = readSpans(typed);
  return typeof read === 'string' ? read : { value: read };
});

const daySpans = either('a span such as 08:00-18:00, or a list of them', [spans, z.array(spans).max(20)]).transform(
  (value): readonly Span[] => value.flat(),
);

const holidays = scalar<string>(
  { type: 'region', words: 'a country or region such as DE or DE-BY', pattern: '^[A-Z]{2}(-[A-Z0-9]{1,3})?$' },
  (typed) => (/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/.test(typed) ? { value: typed } : null),
);

/** `Mon-Fri 08:00-18:00` */
const shortHours = scalar<Map<number, readonly Span[]>>(
  { type: 'hours', words: 'hours such as Mon-Fri 08:00-18:00' },
  (typed) => {
    const match = /^(\S+)\s+(\d.*)$/.exec(typed.trim());
    const days = match?.[1] === undefined ? null : weekdaysOf(match[1]);
    const read = days === null ? null : readSpans(match?.[2] ?? '');
    if (days === null || read === null) return null;
    return typeof read === 'string' ? read : { value: new Map(days.map((day) => [day, read])) };
  },
);

const dayPattern = '[A-Za-z]{3,9}(\\s*-\\s*[A-Za-z]{3,9})?';
const hoursMap = z
  .object({ holidays: holidays.optional().describe('Region whose public holidays count as closed, such as DE-BY.') })
  .catchall(daySpans.meta({ description: 'When these days are open; several spans as a list, or with commas.' }))
  .meta({
    propertyNames: {
      title: 'days such as Mon, Mon-Thu or Mon,Wed',
      pattern: `^(holidays|${dayPattern}(\\s*,\\s*${dayPattern})*)$`,
    },
  });

const hoursSchema = either('hours such as Mon-Fri 08:00-18:00, or a map of days', [shortHours, hoursMap]);

export const hoursSection = z.record(z.string(), hoursSchema).meta({
  description: 'Hours by name, for `watch`, for the `hours` of a contact, and as office hours.',
  about: `\`office\` exists without being written: Mon-Fri 08:00-18:00. The later levels of a P3, the digest of P4 and P5 and the end of an
acknowledgement follow it. Days that are not written are closed, a whole day is \`00:00-24:00\`, and a span that passes midnight, such as
\`22:00-06:00\`, belongs to the day on which it begins. Times are those of the site's time zone, whatever its clocks do.`,
  sample: `hours:
  office: { Mon-Thu: [08:00-12:00, 13:00-18:00], Fri: 08:00-14:00, holidays: DE-BY }
  night: Mon-Sun 22:00-06:00`,
});

const office: Hours = { spans: weekOf(new Map([1, 2, 3, 4, 5].map((day) => [day, [{ from: 480, to: 1080 }]]))) };

/** All hours by name; `office` is there without being written. */
export function readHours(section: Readonly<Record<string, unknown>>, findings: Findings): Readonly<Record<string, Hours>> {
  const hours = new Map<string, Hours>([['office', office]]);
  for (const [name, raw] of Object.entries(section)) {
    const path = ['hours', name];
    const wrongName = nameProblem(name);
    if (wrongName) findings.problem(path, wrongName, 'key');
    const value = parseSection(hoursSchema, raw, path, findings);
    const isEmpty = isMap(raw) && Object.keys(raw).every((key) => key === 'holidays');
    if (isEmpty) findings.lacking(path, 'no days; write some such as Mon-Fri: 08:00-18:00', 'key');
    if (value !== undefined) hours.set(name, value instanceof Map ? { spans: weekOf(value) } : fromMap(value, path, findings));
  }
  return Object.fromEntries(hours);
}

function fromMap(value: z.output<typeof hoursMap>, path: Path, findings: Findings): Hours {
  const week = new Map<number, readonly Span[]>();
  const { holidays: region, ...days } = value;
  for (const [key, daysSpans] of Object.entries(days)) {
    const weekdays = weekdaysOf(key);
    if (weekdays === null) findings.problem([...path, key], dayWords(key), 'key');
    for (const day of weekdays ?? []) {
      if (week.has(day)) findings.problem([...path, key], `a day of "${key}" is written before; write each day once`, 'key');
      week.set(day, daysSpans as readonly Span[]);
    }
  }
  return defined({ spans: weekOf(week), holidays: region });
}

function dayWords(key: string): string {
  const near = unknownKey(key, ['holidays']);
  if (near.includes('did you mean')) return near;
  return `unknown day "${key}"; days are Mon, Tue, Wed, Thu, Fri, Sat, Sun, rows such as Mon-Thu and lists such as Mon,Wed`;
}
