import { describe, expect, it } from 'vitest';
import { answerSentence } from '../../src/cli/answers.ts';
import { type Answer, answerReasons } from '../../src/core/event.ts';

const time = (at: number) => `time ${at}`;

function said(answer: Partial<Answer> & Pick<Answer, 'reason'>): string {
  return answerSentence({ ok: true, incident: 'INC-2026-0042', ...answer }, time);
}

describe('the sentence of an answer', () => {
  it.each(answerReasons)('exists for %s, as one line', (reason) => {
    const facts = {
      service: 'Webiste',
      contact: 'anan',
      known: ['Website', 'anna'],
      until: 5,
      since: 5,
      by: 'anna',
      to: 'ben',
      count: 2,
    };

    const sentence = said({ reason, facts });

    expect(sentence).toMatch(/^\S.*[^.]$/);
    expect(sentence).not.toMatch(/undefined|null|NaN|\[object|\n/);
  });

  it('says from whom an incident was taken over', () => {
    expect(said({ reason: 'acknowledged', facts: { by: 'anna', until: 7, before: 'ben' } })).toContain(
      'until time 7, taken over from ben',
    );
  });

  it('says who is on a known incident', () => {
    expect(said({ reason: 'joined', facts: { since: 3, taker: 'ben' } })).toContain('since time 3, ben is on it');
    expect(said({ reason: 'joined', facts: { since: 3 } })).toContain('nobody has taken it yet');
  });

  it('says since when an incident is closed, and what can still be done with it', () => {
    expect(said({ reason: 'already-closed', facts: { since: 3 } })).toBe(
      'INC-2026-0042 is closed already, since time 3; note and resolve still work on it',
    );
    expect(said({ reason: 'already-closed', facts: { since: 3, kept: 'history' } })).toBe(
      'INC-2026-0042 is closed already, since time 3; its record is complete and takes no more',
    );
  });

  it('names the heartbeats that one may have meant', () => {
    expect(said({ reason: 'several-heartbeats', facts: { service: 'Backup', known: ['daily', 'weekly'] } })).toContain(
      'Backup/daily, Backup/weekly',
    );
    expect(said({ reason: 'no-heartbeat', facts: { service: 'Website', known: [] } })).toBe('Website waits for no heartbeat');
  });

  it('never offers the daemon itself as a service', () => {
    expect(said({ reason: 'unknown-service', facts: { service: 'incident', known: ['Website', 'incidentd'] } })).not.toContain(
      'incidentd"',
    );
  });
});
