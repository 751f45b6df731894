import { describe, expect, it } from 'vitest';
import { notificationKinds } from '../../src/core/notification.ts';
import { languages } from '../../src/core/rules.ts';
import { renderMail } from '../../src/texts/render.ts';
import { hourMs, incident, type MessageParts, message, reportOf, start } from './sample.ts';

function textOf(parts: MessageParts): string {
  return renderMail(message(parts)).text.replace(/\s+/g, ' ');
}

describe('a message that is no mail', () => {
  const late = { channel: 'webhook', at: start - hourMs, attempts: 4, response: 'HTTP 503 Service Unavailable' };

  it.each([
    ['en', late, 'until now it was not taken, and the last answer was “HTTP 503 Service Unavailable”.'],
    ['de', late, 'Sie wurde vorher nicht angenommen, zuletzt mit „HTTP 503 Service Unavailable“.'],
    ['en', { ...late, response: null }, 'This message is 1 hour late: until now it could not be delivered.'],
    ['en', { ...late, attempts: 1, response: null }, 'late: incidentd was not running meanwhile, or did not get to it.'],
    ['de', { channel: 'command', doubtful: 1 }, 'Die Antwort auf die erste ging verloren.'],
    ['en', { channel: 'ntfy', facts: { folded: ['opened'] } }, 'This message also stands for others'],
  ] as const)('does not speak of a mail server (%s): %j', (language, notification, sentence) => {
    const text = textOf({ language, notification, now: start });

    expect(text).toContain(sentence);
    expect(text).not.toMatch(/mail server|Mailserver/);
  });

  it.each([...languages])('says the same as a mail otherwise, and calls itself a message (%s)', (language) => {
    const mail = textOf({ language });
    const message = textOf({ language, notification: { channel: 'webhook' } });

    expect(message).toBe(
      mail.replace('Answers to this mail', 'Answers to this message').replace('diese Mail', 'diese Nachricht'),
    );
  });

  const about = notificationKinds.filter((kind) => !['test', 'recipient-refused', 'self-trouble'].includes(kind));
  it.each(about)('of kind %s calls itself no mail', (kind) => {
    const facts = { skipped: ['1'], level: 2 };
    const cases: readonly MessageParts[] = [
      { incidents: [incident({ flapping: true, escalation: { ...incident().escalation, level: 3, exhausted: true } })] },
      { incidents: [incident(), reportOf('geht nicht', { id: 'INC-2026-0043' })] },
      { incidents: [reportOf('geht nicht', { reporters: ['firm'] })] },
    ];

    for (const language of languages) {
      for (const reason of ['level-1', 'reported-by-firm', 'closed-by-force']) {
        for (const parts of cases) {
          const notification = { kind, reason, facts, to: 'firm', channel: 'webhook' };
          const { subject, text } = renderMail(message({ ...parts, language, notification }));
          expect(`${subject} ${text}`).not.toMatch(/\b(e-?)?mails?\b|Sammelmail/i);
        }
      }
    }
  });
});

describe('that a way is refused', () => {
  const facts = { contact: 'firm', channel: 'webhook', recipient: 'https://hooks.firm.example', response: 'HTTP 410 Gone' };
  const refused = (language: 'en' | 'de', changes: object = {}) =>
    renderMail(
      message({ language, incidents: [], notification: { kind: 'recipient-refused', facts: { ...facts, ...changes } } }),
    );

  it('names the way and its answer, and nothing of mails', () => {
    const { subject, text } = refused('en');

    expect(subject).toBe('[incidentd] Messages to firm (webhook) are refused');
    expect(text.replace(/\s+/g, ' ')).toContain('Messages to firm (webhook, https://hooks.firm.example) are refused for good');
    expect(text).toContain('HTTP 410 Gone');
    expect(text).toContain('incidentd test-mail firm');
    expect(text.replace(/Answers to this mail.*/s, '').replace('test-mail', '')).not.toMatch(/mail/i);
  });

  it.each([
    ['en', 'Tried again: With the first message after a change of the configuration, else from tomorrow 14:05.'],
    ['de', 'Nächster Versuch: Mit der ersten Nachricht nach einer Änderung der Konfiguration, sonst ab morgen 14:05.'],
  ] as const)('says when it is tried again (%s)', (language, sentence) => {
    expect(refused(language, { until: start + 24 * hourMs }).text.replace(/\s+/g, ' ')).toContain(sentence);
  });

  it('is said in German, too', () => {
    expect(refused('de').subject).toBe('[incidentd] Nachrichten an firm (webhook) werden abgelehnt');
  });

  it.each(['email', 'email-2'])('speaks of mails for %s', (channel) => {
    const { subject, text } = refused('en', { channel, recipient: 'support@firm.example' });

    expect(subject).toBe('[incidentd] Mails to firm are refused');
    expect(text.replace(/\s+/g, ' ')).toContain('The mail server refuses mails to firm (support@firm.example) for good');
  });
});
