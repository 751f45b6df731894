/** What is known of earlier incidents like one, in one line. */
import type { EarlierIncident, KnownError } from '../core/known-error.ts';
import type { Language } from '../core/rules.ts';
import { oneLine } from './clean.ts';
import { onDayText, shortLength } from './dates.ts';
import { sentences } from './language.ts';

const words = sentences({
  en: {
    seen: (count: number) => (count === 1 ? 'seen once before' : `seen ${count} times`),
    last: (count: number, day: string) => (count === 1 ? `, ${day}` : `, last ${day}`),
    helped: (fix: string) => `what helped: ${fix}`,
    helpedElsewhere: (where: string, fix: string) => `in ${where} this helped: ${fix}`,
    unrecorded: 'what helped is not on record',
    similar: (where: string) => `similar to ${where}`,
    helpedThere: (fix: string) => `where this helped: ${fix}`,
    causeThere: (cause: string) => `where this was the cause: ${cause}`,
  },
  de: {
    seen: (count: number) => (count === 1 ? 'schon einmal' : `schon ${count}-mal`),
    last: (count: number, day: string) => (count === 1 ? `, ${day}` : `, zuletzt ${day}`),
    helped: (fix: string) => `geholfen hat: ${fix}`,
    helpedElsewhere: (where: string, fix: string) => `bei ${where} hat geholfen: ${fix}`,
    unrecorded: 'was geholfen hat, wurde nicht festgehalten',
    similar: (where: string) => `ähnlich wie ${where}`,
    helpedThere: (fix: string) => `dort hat geholfen: ${fix}`,
    causeThere: (cause: string) => `dort lag es daran: ${cause}`,
  },
});

export interface KnownReader {
  readonly language: Language;
  readonly timezone: string;
  readonly now: number;
  /** People's words are not for this reader. */
  readonly outside: boolean;
}

/** How much of a person's own words is told. */
const fixLimit = 140;

/** `seen 3 times, last on 12 May; what helped: restarted nginx (8 min)`; null where nothing useful is known. */
export function knownText(known: KnownError, service: string | null, reader: KnownReader): string | null {
  if (known.seen > 0) return seenText(known, service, reader);
  return similarText(known, reader);
}

function seenText(known: KnownError, service: string | null, reader: KnownReader): string {
  const texts = words(reader.language);
  const { seen, lastAt } = known;
  const day = lastAt === null ? null : onDayText(lastAt, reader.now, reader.timezone, reader.language);
  const head = texts.seen(seen) + (day === null ? '' : texts.last(seen, day));
  const fix = fixText(known, reader);
  if (fix === null) return known.fix === null ? `${head}; ${texts.unrecorded}` : head;
  const other = known.similar.find(({ id, service: its }) => id === known.fix?.incident && its !== service);
  return `${head}; ${other === undefined ? texts.helped(fix) : texts.helpedElsewhere(nameOf(other), fix)}`;
}

/** Only where the other incident tells something that may help. */
function similarText(known: KnownError, reader: KnownReader): string | null {
  const texts = words(reader.language);
  const mended = known.similar.find(({ id }) => id === known.fix?.incident);
  const fix = fixText(known, reader);
  if (known.fix !== null && fix !== null) {
    return `${texts.similar(mended === undefined ? known.fix.incident : nameOf(mended))}, ${texts.helpedThere(fix)}`;
  }
  const explained = known.similar.find(({ cause }) => cause !== undefined);
  const cause = oneLine(explained?.cause ?? '', fixLimit);
  if (explained === undefined || cause === '' || reader.outside) return null;
  return `${texts.similar(nameOf(explained))}, ${texts.causeThere(cause)}`;
}

/** What helped, with how long it took; null where nothing is on record, and where the reader may not know. */
function fixText({ fix }: KnownError, { language, outside }: KnownReader): string | null {
  if (fix === null || outside) return null;
  const text = oneLine(fix.text, fixLimit).replace(/[.\s]+$/, '');
  if (text === '') return null;
  return fix.tookMs === null ? text : `${text} (${shortLength(fix.tookMs, language)})`;
}

function nameOf({ id, serviceName }: EarlierIncident): string {
  const name = oneLine(serviceName, 60);
  return name === '' ? id : `${id} (${name})`;
}
