import { describe, expect, it } from 'vitest';
import { outcomeOf, type SmtpError, type SmtpOutcome } from '../../src/net/smtp-outcome.ts';
import { hide, type SmtpPhase } from '../../src/net/smtp-session.ts';

function reply(responseCode: number, code: string, command: string): SmtpError {
  return { message: 'no', code, command, responseCode, response: `${responseCode} no` };
}

describe('what the end of a session means', () => {
  it.each<[SmtpOutcome, SmtpPhase, SmtpError]>([
    ['failed', 'connect', { message: 'no', code: 'ESOCKET' }],
    ['failed', 'session', { message: 'no', code: 'EABORT' }],
    ['failed', 'session', { message: 'too large', code: 'EMESSAGE', command: 'MAIL FROM' }],
    ['failed', 'session', reply(535, 'EAUTH', 'AUTH PLAIN')],
    ['failed', 'session', reply(550, 'EENVELOPE', 'MAIL FROM')],
    ['refused', 'session', reply(550, 'EENVELOPE', 'RCPT TO')],
    ['refused', 'session', reply(556, 'EENVELOPE', 'RCPT TO')],
    ['failed', 'session', reply(501, 'EENVELOPE', 'RCPT TO')],
    ['failed', 'session', reply(421, 'EENVELOPE', 'RCPT TO')],
    ['failed', 'data', { message: 'broken', code: 'ESOCKET', command: 'CONN' }],
    ['uncertain', 'data', { message: 'stopped', code: 'EABORT' }],
    ['uncertain', 'dot', { message: 'stopped', code: 'EABORT' }],
    ['uncertain', 'dot', { message: 'broken', code: 'ECONNECTION', command: 'CONN' }],
    ['uncertain', 'dot', { message: 'too long an answer', code: 'EPROTOCOL', command: 'CONN' }],
    ['uncertain', 'dot', reply(354, 'EMESSAGE', 'DATA')],
    ['failed', 'dot', reply(451, 'EMESSAGE', 'DATA')],
    ['refused', 'dot', reply(554, 'EMESSAGE', 'DATA')],
  ])('%s in phase %s: %j', (outcome, phase, error) => {
    expect(outcomeOf(error, { phase, loggedIn: false }, false)).toBe(outcome);
  });

  it.each([
    '554 5.7.1 Relay access denied',
    '550 relaying not permitted',
    '550 5.1.8 Sender address rejected',
    '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org',
    '550 HELO required',
  ])('lays "%s" to the server, not to the recipient', (response) => {
    const error = { ...reply(Number(response.slice(0, 3)), 'EENVELOPE', 'RCPT TO'), response };

    expect(outcomeOf(error, { phase: 'session', loggedIn: true }, true)).toBe('failed');
  });
});

describe('secrets', () => {
  it('are hidden in every form that travels', () => {
    const base64 = Buffer.from('geheim').toString('base64');

    expect(hide(`a geheim b ${base64} c`, ['geheim', ''])).toBe('a *** b *** c');
  });
});
