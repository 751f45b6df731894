import { describe, expect, it } from 'vitest';
import { besideText, dateTimeText, formatWords, timeText } from '../../src/texts/times.ts';

const berlin = 'Europe/Berlin';

function at(text: string): number {
  return Temporal.Instant.from(text).epochMilliseconds;
}

describe('a time', () => {
  const now = at('2026-05-12T12:30:00Z');

  it.each([
    ['2026-05-12T12:05:00Z', 'heute 14:05', 'today 14:05'],
    ['2026-05-11T22:00:00Z', 'heute 00:00', 'today 00:00'],
    ['2026-05-11T21:59:00Z', 'gestern 23:59', 'yesterday 23:59'],
    ['2026-05-13T06:00:00Z', 'morgen 08:00', 'tomorrow 08:00'],
    ['2026-05-10T12:05:00Z', 'So 10.05.2026 14:05', 'Sun 10 May 2026 14:05'],
    ['2025-12-31T23:30:00Z', 'Do 01.01.2026 00:30', 'Thu 1 Jan 2026 00:30'],
  ])('%s is told by the site’s clock', (instant, german, english) => {
    expect(timeText(at(instant), now, berlin, 'de')).toBe(german);
    expect(timeText(at(instant), now, berlin, 'en')).toBe(english);
  });

  it('follows the zone, also over a change of the clock', () => {
    expect(dateTimeText(at('2026-03-29T00:59:00Z'), berlin, 'de')).toBe('So 29.03.2026 01:59');
    expect(dateTimeText(at('2026-03-29T01:00:00Z'), berlin, 'de')).toBe('So 29.03.2026 03:00');
    expect(dateTimeText(at('2026-03-29T01:00:00Z'), 'America/New_York', 'en')).toBe('Sat 28 Mar 2026 21:00');
  });

  it('beside another of the same day is told by the clock alone', () => {
    expect(besideText(at('2026-05-12T12:05:00Z'), now, berlin, 'de')).toBe('14:05');
    expect(besideText(at('2026-05-13T12:05:00Z'), now, berlin, 'de')).toBe('Mi 13.05.2026 14:05');
  });
});

describe('a length', () => {
  it.each([
    [0, '0 Sekunden', '0 seconds'],
    [1000, '1 Sekunde', '1 second'],
    [59_999, '59 Sekunden', '59 seconds'],
    [65_000, '1 Minute 5 Sekunden', '1 minute 5 seconds'],
    [7_500_000, '2 Stunden 5 Minuten', '2 hours 5 minutes'],
    [86_400_000, '1 Tag', '1 day'],
    [3 * 86_400_000 + 4 * 3_600_000 + 59_000, '3 Tage 4 Stunden', '3 days 4 hours'],
    [-5000, '0 Sekunden', '0 seconds'],
  ])('of %i ms', (ms, german, english) => {
    expect(formatWords(ms, 'de')).toBe(german);
    expect(formatWords(ms, 'en')).toBe(english);
  });
});
