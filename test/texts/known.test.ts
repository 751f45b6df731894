import { describe, expect, it } from 'vitest';
import type { EarlierIncident, KnownError } from '../../src/core/known-error.ts';
import { knownText } from '../../src/texts/known.ts';
import { hourMs, known, minuteMs, start } from './sample.ts';

function told(changes: Partial<KnownError> = {}, language: 'de' | 'en' = 'en', outside = false): string | null {
  return knownText({ ...known, ...changes }, 'Website', { language, timezone: 'Europe/Berlin', now: start, outside });
}

const mail: EarlierIncident = { ...known.similar[0]!, id: 'INC-2026-0012', service: 'Mail', serviceName: 'Mail' };
const mailFix = { ...known.fix!, incident: mail.id, tookMs: 80 * minuteMs };
const nothing = { seen: 0, lastAt: null, fix: null, similar: [] };

describe('what is known of earlier incidents', () => {
  it.each<[string, Partial<KnownError>, string | null, string | null]>([
    [
      'how often, when last and what helped',
      {},
      'seen 3 times, last on 2 April; what helped: nginx neu gestartet (8 min)',
      'schon 3-mal, zuletzt am 2. April; geholfen hat: nginx neu gestartet (8 Min.)',
    ],
    [
      'that nobody recorded what helped',
      { fix: null, seen: 1 },
      'seen once before, on 2 April; what helped is not on record',
      'schon einmal, am 2. April; was geholfen hat, wurde nicht festgehalten',
    ],
    [
      'that it helped elsewhere',
      { fix: mailFix, similar: [mail], lastAt: start - hourMs },
      'seen 3 times, last today 13:05; in INC-2026-0012 (Mail) this helped: nginx neu gestartet (1 h 20 min)',
      'schon 3-mal, zuletzt heute 13:05; bei INC-2026-0012 (Mail) hat geholfen: nginx neu gestartet (1 Std. 20 Min.)',
    ],
    [
      'a similar one with what helped there',
      { ...nothing, fix: { ...mailFix, tookMs: null }, similar: [mail] },
      'similar to INC-2026-0012 (Mail), where this helped: nginx neu gestartet',
      'ähnlich wie INC-2026-0012 (Mail), dort hat geholfen: nginx neu gestartet',
    ],
    [
      'a similar one with its cause alone',
      { ...nothing, similar: [{ ...mail, cause: 'disk full' }] },
      'similar to INC-2026-0012 (Mail), where this was the cause: disk full',
      'ähnlich wie INC-2026-0012 (Mail), dort lag es daran: disk full',
    ],
    ['nothing of a similar one that tells nothing', { ...nothing, similar: [mail] }, null, null],
    ['nothing where nothing is known', nothing, null, null],
  ])('tells %s', (_, changes, english, german) => {
    expect([told(changes), told(changes, 'de')]).toEqual([english, german]);
  });

  it('tells days as people say them', () => {
    expect(told({ lastAt: start - 24 * hourMs, fix: null }, 'de')).toContain('zuletzt gestern;');
    expect(told({ lastAt: start - 400 * 24 * hourMs, fix: null }, 'de')).toContain('zuletzt am 7. April 2025;');
  });

  it('cuts and cleans people’s words', () => {
    const text = told({ fix: { ...known.fix!, text: `a\u001b[31m\nb ${'x'.repeat(500)}` } }) ?? '';

    expect(text).toContain('a b xxx');
    expect(text).not.toMatch(/\p{Cc}/u);
    expect(text.length).toBeLessThan(220);
  });

  it('tells outsiders no words of people', () => {
    expect(told({}, 'en', true)).toBe('seen 3 times, last on 2 April');
    expect(told({ ...nothing, similar: [{ ...mail, cause: 'disk full' }] }, 'en', true)).toBeNull();
  });
});
