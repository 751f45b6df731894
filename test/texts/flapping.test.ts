import { describe, expect, it } from 'vitest';
import { renderMail } from '../../src/texts/render.ts';
import { hourMs, incident, type MessageParts, message, minuteMs, resolved, start } from './sample.ts';

function text(parts: MessageParts): string {
  return renderMail(message(parts)).text;
}

describe('what comes and goes', () => {
  it.each([
    ['en', 'Website comes and goes: since today 14:05 it keeps failing and working again.'],
    ['de', 'Website fällt seit heute 14:05 immer wieder kurz aus und läuft dann wieder.'],
  ] as const)('says so first, at its opening and when it begins (%s)', (language, sentence) => {
    for (const kind of ['opened', 'flapping-started'] as const) {
      const told = text({ language, incidents: [incident({ flapping: true })], notification: { kind } });

      expect(told.split('\n')[2]).toContain(sentence);
    }
  });

  it('is held open while it works for a moment', () => {
    const told = text({ incidents: [incident({ flapping: true, status: 'recovering', recoveredAt: start + hourMs })] });

    expect(told).toContain('It stays open until it no longer comes and goes; then the all-clear follows.');
  });

  it('ends one way or the other', () => {
    const end = (changes: object) =>
      text({ incidents: [incident(changes)], notification: { kind: 'flapping-ended' }, language: 'de' });

    expect(end({})).toContain('aber nun bleibt es gestört; jetzt wird jemand gebraucht.');
    expect(end({ status: 'recovering', recoveredAt: start + hourMs })).toContain(
      'Das ständige Auf und Ab ist vorbei.\n\nWebsite funktioniert seit heute 14:05 nicht. Seit heute 15:05 läuft es wieder',
    );
  });

  it('has been steady when it is over', () => {
    const timeline = [
      { at: start, type: 'flapping-started' },
      { at: start + hourMs, type: 'flapping-ended' },
    ] as const;
    const told = text({ incidents: [resolved({ timeline })], notification: { kind: 'recovered' } });

    expect(told).toContain('It had been coming and going, and has been steady since today 15:05.');
    expect(told).not.toContain('There will be no mail for each change');
  });
});

describe('what recurs', () => {
  const timeline = [{ at: start, type: 'recurring', facts: { count: 3, code: 'port-closed' } }] as const;

  it.each([
    ['en', 'This is the third time within 24 hours.'],
    ['de', 'Das ist schon das 3. Mal innerhalb von 24 Stunden.'],
  ] as const)('says which time it is (%s)', (language, sentence) => {
    expect(text({ language, incidents: [incident({ recurring: true, timeline })] })).toContain(sentence);
    expect(text({ language, incidents: [incident({ timeline })] })).not.toContain(sentence);
  });

  it('is watched for four hours after it is over', () => {
    const over = resolved({ recurring: true, timeline, closeAt: start + 92 * minuteMs + 4 * hourMs });
    const told = text({ incidents: [over], notification: { kind: 'recovered' } });

    expect(told).toContain('within 4 hours, until today 19:37, counts as the same incident');
  });
});

describe('a drill', () => {
  const facts = { service: 'Website', lines: ['at once: mail to anna', 'after 15m: mail to boss'] };

  it.each([
    ['en', '[drill] What would happen if Website failed', 'This is a drill. Nothing is broken'],
    ['de', '[Übung] Was geschähe, wenn Website ausfiele', 'Das ist nur eine Übung. Nichts ist kaputt'],
  ] as const)('says so everywhere, and what its reader would have got (%s)', (language, subject, sentence) => {
    for (const incidents of [[], [incident()]]) {
      const mail = renderMail(message({ language, incidents, notification: { kind: 'drill', facts } }));

      expect(mail.subject).toBe(subject);
      expect(mail.text.split('\n')[2]).toContain(sentence);
      expect(mail.text).toContain('- at once: mail to anna\n- after 15m: mail to boss\n');
      expect(mail.text).not.toMatch(/incidentd ack|I take it|Ich übernehme/);
    }
  });
});
