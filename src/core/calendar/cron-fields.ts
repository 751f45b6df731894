/** A cron expression, read: the minutes of the day on which it starts, and the days. */
export interface Cron {
  /** Minutes of the local day, ascending. */
  readonly times: readonly number[];
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  /** 0 Sunday … 6 Saturday. */
  readonly weekdays: ReadonlySet<number>;
  /** Classic cron: where neither day field begins with `*`, one of the two is enough. */
  readonly eitherDay: boolean;
  /** Every hour of the day: then it follows real time through clock changes. */
  readonly everyHour: boolean;
}

interface Field {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const fields = {
  minute: { min: 0, max: 59 },
  hour: { min: 0, max: 23 },
  day: { min: 1, max: 31 },
  month: { min: 1, max: 12, names: monthNames },
  weekday: { min: 0, max: 7, names: weekdayNames },
} satisfies Record<string, Field>;
const longestText = 300;

/**
 * Reads five fields `minute hour day-of-month month weekday` with `*`, numbers, names (`SUN`, `JAN`), ranges, lists and
 * steps (`1-5/2`, a star with `/15`); Sunday is 0 or 7. Null for anything else.
 */
export function parseCron(text: string): Cron | null {
  const parts = text.trim().split(/\s+/);
  if (text.length > longestText || parts.length !== 5) return null;
  const [minuteText = '', hourText = '', dayText = '', monthText = '', weekdayText = ''] = parts;
  const minutes = parseField(minuteText, fields.minute);
  const hours = parseField(hourText, fields.hour);
  const days = parseField(dayText, fields.day);
  const months = parseField(monthText, fields.month);
  const weekdays = parseField(weekdayText, fields.weekday);
  if (!minutes || !hours || !days || !months || !weekdays) return null;
  return {
    times: hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute)),
    days: new Set(days),
    months: new Set(months),
    weekdays: new Set(weekdays.map((weekday) => weekday % 7)),
    eitherDay: !dayText.startsWith('*') && !weekdayText.startsWith('*'),
    everyHour: hours.length === 24,
  };
}

/** Ascending values without repetition, or null. */
function parseField(text: string, field: Field): readonly number[] | null {
  const values = new Set<number>();
  for (const item of text.split(',')) {
    const range = parseItem(item, field);
    if (!range) return null;
    for (let value = range.from; value <= range.to; value += range.step) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}

function parseItem(item: string, field: Field): { from: number; to: number; step: number } | null {
  const match = /^(?:(\*)|(\w+)(?:-(\w+))?)(?:\/(\d{1,2}))?$/.exec(item);
  if (!match) return null;
  const [, star, fromText, toText, stepText] = match;
  const step = stepText === undefined ? 1 : Number(stepText);
  if (step < 1 || (stepText !== undefined && !star && toText === undefined)) return null;
  if (star) return { from: field.min, to: field.names === weekdayNames ? 6 : field.max, step };
  const from = parseValue(fromText ?? '', field);
  const end = toText === undefined ? from : parseValue(toText, field);
  if (from === null || end === null) return null;
  const to = field.names === weekdayNames && end === 0 && from > 0 ? 7 : end;
  return from <= to ? { from, to, step } : null;
}

function parseValue(text: string, field: Field): number | null {
  const named = field.names?.indexOf(text.toLowerCase()) ?? -1;
  if (named >= 0) return named + field.min;
  if (!/^\d{1,2}$/.test(text)) return null;
  const value = Number(text);
  return value >= field.min && value <= field.max ? value : null;
}
