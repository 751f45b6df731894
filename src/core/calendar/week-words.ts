/** Days of the week and times of the day, from what people write. */

/** Minute of the day of `08:00`; `24:00` is 1440. Null for anything else. */
export function minuteOfDay(typed: string): number | null {
  const match = /^(\d{1,2}):(\d\d)$/.exec(typed.trim());
  const minute = Number(match?.[1]) * 60 + Number(match?.[2]);
  return match && Number(match[2]) < 60 && minute <= 1440 ? minute : null;
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** ISO weekday (1 Monday … 7 Sunday) of `Mon` or `Monday`; null for anything else. */
export function weekday(typed: string): number | null {
  const word = typed.trim().toLowerCase();
  const index = weekdays.findIndex((day) => day === word || day.slice(0, 3) === word);
  return index < 0 ? null : index + 1;
}

/** ISO weekdays of `Mon-Thu`, `Fri`, `Mon,Wed`; a row may pass Sunday. Null for anything else. */
export function weekdaysOf(typed: string): readonly number[] | null {
  const days: number[] = [];
  for (const part of typed.split(',')) {
    const [from, to, more] = part.split('-').map(weekday);
    if (from === undefined || from === null || to === null || more !== undefined) return null;
    for (let day = from; ; day = (day % 7) + 1) {
      days.push(day);
      if (day === (to ?? from)) break;
    }
  }
  return new Set(days).size === days.length ? days : null;
}
