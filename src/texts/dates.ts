import type { Language } from '../core/rules.ts';
import { type InEach, sentences } from './language.ts';
import { timeText } from './times.ts';

const words = sentences({
  en: { yesterday: 'yesterday', on: (date: string) => `on ${date}` },
  de: { yesterday: 'gestern', on: (date: string) => `am ${date}` },
});

const locales: InEach<string> = { en: 'en-GB', de: 'de-DE' };

/** `today 09:12`, `yesterday`, `on 12 May`, with the year where it is another one: for what is long past. */
export function onDayText(at: number, now: number, timezone: string, language: Language): string {
  const then = localDate(at, timezone);
  const days = then.until(localDate(now, timezone)).days;
  if (days === 0) return timeText(at, now, timezone, language);
  if (days === 1) return words(language).yesterday;
  const year = then.year === localDate(now, timezone).year ? {} : ({ year: 'numeric' } as const);
  const format = new Intl.DateTimeFormat(locales[language], { day: 'numeric', month: 'long', ...year, timeZone: timezone });
  return words(language).on(format.format(at));
}

function localDate(at: number, timezone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(Math.round(at)).toZonedDateTimeISO(timezone).toPlainDate();
}

const units: readonly { readonly ms: number; readonly names: InEach<string> }[] = [
  { ms: 86_400_000, names: { en: 'd', de: 'Tg.' } },
  { ms: 3_600_000, names: { en: 'h', de: 'Std.' } },
  { ms: 60_000, names: { en: 'min', de: 'Min.' } },
];

/** `8 min`, `1 h 20 min`: the two largest units, cut down to whole minutes, at least one. */
export function shortLength(ms: number, language: Language): string {
  let rest = Math.max(60_000, ms);
  const parts: string[] = [];
  for (const { ms: size, names } of units) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0 && parts.length < 2) parts.push(`${count} ${names[language]}`);
  }
  return parts.join(' ');
}
