import { describe, expect, it } from 'vitest';
import { renderMail } from '../../src/texts/render.ts';
import { type MessageParts, message, minuteMs, resolved, start } from './sample.ts';

const text = (parts: MessageParts): string => renderMail(message(parts)).text;

describe('a mail that is late', () => {
  const now = start + 131 * minuteMs;

  it('says by how much and what the server said', () => {
    const told = { attempts: 9, response: '451 4.7.1 greylisted' };

    expect(text({ notification: told, now })).toContain('2 hours 10 minutes late');
    expect(text({ notification: told, now })).toContain('“451 4.7.1 greylisted”');
    expect(text({ notification: told, now, language: 'de' })).toContain(
      'Diese Mail kommt 2 Stunden 10 Minuten zu spät: Der Mailserver',
    );
  });

  it('says that incidentd was off where nothing was tried', () => {
    expect(text({ now })).toContain('incidentd was not running');
  });

  it('is not one that was meant to wait, or a few minutes', () => {
    expect(text({ notification: { notBefore: now - minuteMs }, now })).not.toContain('late');
    expect(text({ notification: { facts: { due: now - minuteMs }, attempts: 3 }, now })).not.toContain('late');
    expect(text({ notification: { attempts: 3 }, now: start + 2 * minuteMs })).not.toContain('late');
    expect(text({ notification: { attempts: 3 }, now: start + 4 * minuteMs })).toContain('3 minutes late');
  });

  it('says which others it stands for, and that it may be a copy', () => {
    const told = { kind: 'recovered', facts: { folded: ['opened', 'escalated', 'opened'] }, doubtful: 1 } as const;

    expect(text({ notification: told, incidents: [resolved()] })).toContain('pointless by now: first message and escalation.');
    expect(text({ notification: told, incidents: [resolved()] })).toContain('This may be a copy');
  });
});
