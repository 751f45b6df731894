import type { Language } from '../core/rules.ts';
import { type InEach, sentences } from './language.ts';

const words = sentences({
  en: { today: 'today', yesterday: 'yesterday', tomorrow: 'tomorrow' },
  de: { today: 'heute', yesterday: 'gestern', tomorrow: 'morgen' },
});

const weekdays: InEach<readonly string[]> = {
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  de: ['Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa', 'So'],
};
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function zoned(at: number, timezone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(Math.round(at)).toZonedDateTimeISO(timezone);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** `14:05`, in the zone's wall clock. */
function clockText(at: number, timezone: string): string {
  const { hour, minute } = zoned(at, timezone);
  return `${twoDigits(hour)}:${twoDigits(minute)}`;
}

/** `Di 12.05.2026 14:05`, `Tue 12 May 2026 14:05`: for what is read long afterwards. */
export function dateTimeText(at: number, timezone: string, language: Language): string {
  const { dayOfWeek, day, month, year } = zoned(at, timezone);
  const weekday = weekdays[language][dayOfWeek - 1] ?? '';
  const date = language === 'de' ? `${twoDigits(day)}.${twoDigits(month)}.${year}` : `${day} ${months[month - 1] ?? ''} ${year}`;
  return `${weekday} ${date} ${clockText(at, timezone)}`;
}

/** `heute 14:05`, `yesterday 23:10`, else with the full date: for what is read about `now`. */
export function timeText(at: number, now: number, timezone: string, language: Language): string {
  const days = zoned(now, timezone).toPlainDate().until(zoned(at, timezone).toPlainDate()).days;
  const { today, yesterday, tomorrow } = words(language);
  const near = new Map([
    [0, today],
    [-1, yesterday],
    [1, tomorrow],
  ]).get(days);
  return near === undefined ? dateTimeText(at, timezone, language) : `${near} ${clockText(at, timezone)}`;
}

/** The clock alone on the same local day as `beside`, else with the date. */
export function besideText(at: number, beside: number, timezone: string, language: Language): string {
  const sameDay = zoned(at, timezone).toPlainDate().equals(zoned(beside, timezone).toPlainDate());
  return sameDay ? clockText(at, timezone) : dateTimeText(at, timezone, language);
}

const units: readonly { readonly ms: number; readonly names: InEach<readonly [string, string]> }[] = [
  { ms: 86_400_000, names: { en: ['day', 'days'], de: ['Tag', 'Tage'] } },
  { ms: 3_600_000, names: { en: ['hour', 'hours'], de: ['Stunde', 'Stunden'] } },
  { ms: 60_000, names: { en: ['minute', 'minutes'], de: ['Minute', 'Minuten'] } },
  { ms: 1000, names: { en: ['second', 'seconds'], de: ['Sekunde', 'Sekunden'] } },
];

/** `2 hours 5 minutes`: the two largest units, cut down to whole ones; under a second is `0 seconds`. */
export function formatWords(ms: number, language: Language): string {
  const seconds = Math.max(0, Math.floor(ms / 1000)) * 1000;
  const first = units.findIndex((unit) => seconds >= unit.ms);
  if (first === -1) return `0 ${units.at(-1)?.names[language][1] ?? ''}`;
  const parts: string[] = [];
  let rest = seconds;
  for (const { ms: size, names } of units.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${names[language][count === 1 ? 0 : 1]}`);
  }
  return parts.join(' ');
}
