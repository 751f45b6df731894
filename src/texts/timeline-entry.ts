import type { TimelineEntry } from '../core/incident.ts';
import { type CauseCode, causeCodes } from '../core/observation.ts';
import type { Language } from '../core/rules.ts';
import { causeText } from './causes.ts';
import { oneLine } from './clean.ts';
import { listFact, numberFact, textFact } from './facts.ts';
import { listed, quoted } from './language.ts';
import { timelineWords } from './timeline-words.ts';
import { besideText, formatWords } from './times.ts';

/** An entry's facts as texts, absent ones null. */
export interface EntryView {
  readonly language: Language;
  /** Who acted, or "somebody". */
  readonly by: string;
  readonly actor: string | null;
  /** `: “…”`, or nothing. */
  readonly said: string;
  /** The same after a cause: ` – “…”`. */
  readonly aside: string;
  readonly to: string | null;
  readonly until: string | null;
  /** The cause in words, for a fact `code`. */
  readonly cause: string | null;
  /** The same for a fact `from`. */
  readonly before: string | null;
  /** The length from fact `from` to fact `to`. */
  readonly gap: string | null;
  text(name: string): string | null;
  number(name: string): number | null;
  list(name: string): readonly string[];
}

export function entryView(entry: TimelineEntry, language: Language, timezone: string): EntryView {
  const { facts } = entry;
  const actor = oneLine(entry.by ?? '', 80) || null;
  const text = oneLine(entry.text ?? '', 500);
  const to = listFact(facts, 'to');
  const until = numberFact(facts, 'until');
  const code = textFact(facts, 'code');
  const from = textFact(facts, 'from');
  return {
    language,
    by: actor ?? timelineWords(language).somebody,
    actor,
    said: text === '' ? '' : `: ${quoted(text, language)}`,
    aside: text === '' ? '' : ` – ${quoted(text, language)}`,
    to: to.length === 0 ? null : listed(to, language),
    until: until === null ? null : besideText(until, entry.at, timezone, language),
    cause: isCause(code) ? causeText({ ...entry, code }, language) : null,
    before: isCause(from) ? causeText({ code: from }, language) : null,
    gap: gapOf(numberFact(facts, 'from'), numberFact(facts, 'to'), language),
    text: (name) => textFact(facts, name),
    number: (name) => numberFact(facts, name),
    list: (name) => listFact(facts, name),
  };
}

function gapOf(from: number | null, to: number | null, language: Language): string | null {
  return from === null || to === null || to <= from ? null : formatWords(to - from, language);
}

function isCause(code: string | null): code is CauseCode {
  return (causeCodes as readonly (string | null)[]).includes(code);
}

/** A check's key without its service, as people write it: `http https://www.example.com`. */
export function checkName(key: string | null): string {
  return key === null ? '' : key.slice(key.indexOf('/') + 1).replace(/^([a-z-]+):/, '$1 ');
}
