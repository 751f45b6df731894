import { describe, expect, it } from 'vitest';
import { type TimelineEntry, timelineTypes } from '../../src/core/incident.ts';
import { timelineText } from '../../src/texts/timeline.ts';
import { hourMs, start } from './sample.ts';

function told(entry: Omit<TimelineEntry, 'at'>, language: 'de' | 'en' = 'de'): string {
  return timelineText({ at: start, ...entry }, language, 'Europe/Berlin');
}

describe('a step of an incident', () => {
  it.each<[Omit<TimelineEntry, 'at'>, string]>([
    [
      { type: 'opened', facts: { priority: 'P1', code: 'timeout' }, text: 'connect timeout' },
      'Vorfall eröffnet als P1: antwortet nicht (Zeitüberschreitung) – „connect timeout“',
    ],
    [{ type: 'reported', by: 'Carla', text: 'geht nicht' }, 'Carla hat es gemeldet: „geht nicht“'],
    [
      { type: 'check-failed', facts: { check: 'Website/tcp:web:443', code: 'port-closed' } },
      'Prüfung tcp web:443 schlägt fehl: nichts nimmt Verbindungen an (Port geschlossen)',
    ],
    [{ type: 'check-recovered', facts: { check: 'Website/http:https://a/b' } }, 'Prüfung http https://a/b ist wieder in Ordnung'],
    [
      { type: 'check-recovered', facts: { check: 'Website/http:https://a/b', grade: 'minor' }, text: 'slow' },
      'Prüfung http https://a/b läuft wieder, ist aber noch nicht ganz in Ordnung: „slow“',
    ],
    [
      {
        type: 'opened',
        facts: { priority: 'P2', code: 'port-closed' },
        sentence: { en: 'its mailbox is shut', de: 'das Postfach ist zu' },
      },
      'Vorfall eröffnet als P2: das Postfach ist zu',
    ],
    [
      { type: 'escalated', facts: { level: 1, to: ['anna'], with: 'INC-2026-0042' } },
      'Stufe 1 benachrichtigt, in der Nachricht zum Ende von INC-2026-0042: anna',
    ],
    [{ type: 'escalated', facts: { level: 2, to: ['anna', 'boss'] } }, 'Stufe 2 benachrichtigt: anna und boss'],
    [{ type: 'reminded', facts: { level: 3, number: 2, to: ['boss'] } }, '2. Erinnerung der Stufe 3 an boss'],
    [{ type: 'reminded', facts: { why: 'unanswered', to: ['boss'] } }, 'boss: Nachfrage, was aus der Meldung geworden ist'],
    [
      { type: 'level-skipped', facts: { level: 1, why: 'recipient-refused' } },
      'Stufe 1 übergangen: Nachrichten an den Empfänger werden abgelehnt',
    ],
    [{ type: 'acknowledged', by: 'anna', facts: { until: start + 2 * hourMs } }, 'anna kümmert sich bis 16:05'],
    [
      { type: 'assigned', by: 'anna', facts: { to: 'boss', until: start + 24 * hourMs } },
      'anna hat es an boss übertragen, bis Mi 13.05.2026 14:05',
    ],
    [{ type: 'noted', by: 'anna', text: 'nginx neu gestartet' }, 'Notiz von anna: „nginx neu gestartet“'],
    [{ type: 'priority-changed', facts: { from: 'P3', to: 'P1' } }, 'Priorität geändert von P3 auf P1'],
    [
      { type: 'resolution-recorded', by: 'anna', facts: { cause: 'Platte voll', fix: '' } },
      'anna hat festgehalten, was es war. Ursache: Platte voll',
    ],
    [{ type: 'resolved', by: 'anna' }, 'Behoben (anna)'],
    [{ type: 'resolved', facts: { why: 'no-answer' } }, 'Beendet, weil keine Antwort kam'],
    [{ type: 'merged', facts: { into: 'INC-2026-0041' } }, 'Gehört zu INC-2026-0041 und läuft dort weiter'],
    [{ type: 'merged', facts: { from: 'INC-2026-0043' } }, 'INC-2026-0043 gehört mit dazu'],
    [{ type: 'maintenance-started', facts: { until: start + hourMs, reason: 'Updates' } }, 'Wartung beginnt, bis 15:05: Updates'],
    [
      { type: 'watch-hours-ended', facts: { until: start + hourMs } },
      'Wird außerhalb seiner Zeiten nicht beobachtet, bis 15:05; die Eskalation wartet',
    ],
    [
      { type: 'watching-resumed', facts: { from: start - hourMs, to: start } },
      'Wird nach einer Lücke in der Überwachung selbst (1 Stunde) wieder beobachtet',
    ],
    [
      { type: 'notification-failed', facts: { to: 'boss', response: '550 no' } },
      'Nachricht an boss konnte nicht zugestellt werden: 550 no',
    ],
    [{ type: 'resolved', by: 'boss' }, 'Behoben (boss)'],
    [
      { type: 'resolved', by: 'boss', facts: { why: 'closed-by-force' } },
      'Von Hand beendet (boss), obwohl die Prüfung noch fehlschlägt',
    ],
    [
      { type: 'cause-changed', facts: { check: 'Website/tcp:web:443', code: 'timeout', from: 'port-closed' } },
      'Der Grund ist jetzt ein anderer: antwortet nicht (Zeitüberschreitung); vorher: nichts nimmt Verbindungen an (Port geschlossen)',
    ],
    [
      { type: 'diagnosed', facts: { check: 'Website/tcp:web:443', code: 'port-closed' } },
      'Nachgesehen, woran es liegt (tcp web:443): nichts nimmt Verbindungen an (Port geschlossen)',
    ],
    [{ type: 'recalled', facts: { seen: 3 } }, 'Bekannt: schon 3-mal dagewesen'],
    [{ type: 'recalled', facts: { seen: 0 } }, 'Ähnliche frühere Vorfälle gefunden'],
    [{ type: 'affected', facts: { service: 'Portal' } }, 'Portal ist mit betroffen'],
    [{ type: 'affected', facts: { services: ['Portal', 'Mail'] } }, 'Portal und Mail sind mit betroffen'],
    [
      { type: 'affected-ended', facts: { services: ['Portal'], into: 'INC-2026-0044' } },
      'Portal ist nicht mehr mit betroffen, aber weiter gestört: INC-2026-0044',
    ],
    [{ type: 'affected-ended', facts: { services: ['Portal'], into: '' } }, 'Portal ist nicht mehr mit betroffen'],
    [{ type: 'linked', facts: { to: ['INC-2026-0041'] } }, 'War bis dahin mit INC-2026-0041 zu erklären'],
    [
      { type: 'flapping-started', facts: { check: 'Website/tcp:web:443' } },
      'Fällt immer wieder kurz aus (tcp web:443); bleibt offen, bis das aufhört',
    ],
    [{ type: 'flapping-ended', facts: { check: 'Website/tcp:web:443' } }, 'Kein ständiges Auf und Ab mehr (tcp web:443)'],
    [
      { type: 'recurring', facts: { count: 3, code: 'timeout' } },
      'Zum 3. Mal dasselbe innerhalb von 24 Stunden: antwortet nicht (Zeitüberschreitung)',
    ],
    [
      { type: 'remedy-started', facts: { remedy: 'systemctl restart nginx' } },
      'Wird von selbst versucht: systemctl restart nginx',
    ],
    [
      {
        type: 'remedy-ended',
        facts: { remedy: 'systemctl restart nginx', result: 'failed', outcome: 'exit status 1' },
        text: 'nginx.service not found',
      },
      'Von selbst versucht: systemctl restart nginx – ist fehlgeschlagen (exit status 1) – „nginx.service not found“',
    ],
    [{ type: 'remedies-exhausted' }, 'Mehr darf vorerst nicht von selbst versucht werden'],
    [{ type: 'reopened', facts: { episode: 2 } }, 'Wieder ausgefallen, Vorfall neu geöffnet (2. Mal)'],
  ])('%j', (entry, text) => {
    expect(told(entry)).toBe(text);
  });

  it.each(timelineTypes)('%s reads well without any fact, and with facts of the wrong kind', (type) => {
    const wrong = { level: 'x', to: [], until: 'soon', code: 'no-such-code', priority: '', check: 3, from: Number.NaN };

    for (const language of ['de', 'en'] as const) {
      for (const text of [told({ type }, language), told({ type, facts: wrong, text: '', by: '' }, language)]) {
        expect(text).toMatch(/^\S.{3,}\S$/u);
        expect(text).not.toMatch(/undefined|null|NaN|Invalid|\[object| {2}/);
      }
    }
  });

  it('never holds a line break or control character of somebody else', () => {
    const hostile = 'a\r\nb\u001b[31m';

    for (const type of timelineTypes) {
      const facts = Object.fromEntries(
        [
          'check',
          'to',
          'why',
          'from',
          'into',
          'reason',
          'cause',
          'fix',
          'response',
          'remedy',
          'result',
          'outcome',
          'service',
        ].map((name) => [name, hostile]),
      );
      expect(told({ type, by: hostile, text: hostile, facts })).not.toMatch(/\p{Cc}/u);
    }
  });
});
