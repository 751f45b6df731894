import { describe, expect, it } from 'vitest';
import { secret } from '../../../../src/lib/secret.ts';
import type { Typed } from '../../../../src/probes/contract.ts';
import { imap } from '../../../../src/probes/imap.ts';
import { pop3 } from '../../../../src/probes/pop3.ts';
import { smtp } from '../../../../src/probes/smtp.ts';
import {
  describeMail,
  encryptionOf,
  mailCertificate,
  takesAnyCertificate,
} from '../../../../src/probes/support/mail/mail-options.ts';
import { optionsOf } from '../look.ts';

const auth = { user: 'anna', password: secret('opensesame') };

describe('the target of a check of a mail server', () => {
  it.each([
    [smtp, 'mail', null, 'mail:25', 'offered'],
    [smtp, 'mail:587', null, 'mail:587', 'offered'],
    [smtp, 'mail:465', null, 'mail:465', 'implicit'],
    [smtp, 'smtp://mail.example.com/', null, 'mail.example.com:25', 'offered'],
    [smtp, 'smtps://mail.example.com', null, 'mail.example.com:465', 'implicit'],
    [smtp, 'smtps://mail:2465', null, 'mail:2465', 'implicit'],
    [smtp, null, 'mail', 'mail:25', 'offered'],
    [smtp, 587, 'mail', 'mail:587', 'offered'],
    [smtp, '::1', null, '[::1]:25', 'offered'],
    [smtp, '[::1]:587', null, '[::1]:587', 'offered'],
    [imap, 'mail', null, 'mail:143', 'offered'],
    [imap, 'imaps://mail', null, 'mail:993', 'implicit'],
    [imap, 993, 'mail', 'mail:993', 'implicit'],
    [pop3, null, '192.0.2.1', '192.0.2.1:110', 'offered'],
    [pop3, 'pop3s://mail', null, 'mail:995', 'implicit'],
    [pop3, 'mail:995', null, 'mail:995', 'implicit'],
  ] as const)('%o: %s with host %s is %s', (probe, typed, host, shown, encryption) => {
    const options = optionsOf(probe, typed, {}, host);

    expect(describeMail(options)).toBe(shown);
    expect(encryptionOf(options)).toBe(encryption);
  });

  it.each<[Typed]>([
    [null],
    ['587'],
    ['a b'],
    ['-x'],
    ['imap://mail'],
    ['https://mail'],
    ['mail:0'],
    ['mail:70000'],
    [['a', 'b']],
  ])('cannot be %j, and the message says what can', (typed) => {
    expect(() => optionsOf(smtp, typed)).toThrow(/mail\.example\.com:25 or smtps:\/\/mail\.example\.com/);
  });

  it('has no place for a password, which is not repeated', () => {
    expect(() => optionsOf(imap, 'imaps://anna:opensesame@mail')).toThrow(/belong in "auth:"$/);
    expect(() => optionsOf(imap, 'imaps://anna:opensesame@mail')).not.toThrow(/opensesame/);
  });

  it('may be a secret, whose host is then not shown', () => {
    const options = optionsOf(imap, secret('imaps://mail'));

    expect(describeMail(options)).toBe('***:993');
    expect(encryptionOf(options)).toBe('implicit');
  });
});

describe('what is written beside the target', () => {
  it.each([
    ['mail', { tls: 'off', auth }],
    ['192.0.2.1', { tls: 'off', auth }],
    ['localhost.example', { tls: 'off', auth }],
  ])('never lets a password out unencrypted to %s', (host, written) => {
    expect(() => optionsOf(smtp, host, written)).toThrow(/never sent unencrypted to another machine/);
  });

  it.each(['localhost', '127.0.0.1', '127.0.1.1', '::1'])('lets one through to %s', (host) => {
    expect(() => optionsOf(smtp, host, { tls: 'off', auth })).not.toThrow();
  });

  it.each(['a\r\nDELE 1', 'a\nb', 'a\0b'])('has no credentials such as %j', (text) => {
    expect(() => optionsOf(pop3, 'mail', { auth: { ...auth, user: text } })).toThrow(/one line/);
    expect(() => optionsOf(pop3, 'mail', { auth: { ...auth, password: secret(text) } })).toThrow(/one line/);
  });

  it.each([
    [25, {}, true],
    [25, { tls: 'starttls' }, false],
    [25, { auth }, false],
    [25, { ca: '/office.pem' }, false],
    [25, { insecure: true, auth }, true],
    [587, {}, false],
    [465, {}, false],
    [465, { insecure: true }, true],
  ])('on port %d with %o takes any certificate: %s', (port, written, any) => {
    expect(takesAnyCertificate(optionsOf(smtp, `mail:${port}`, written))).toBe(any);
  });

  it.each([
    ['imaps://mail', {}, 'mail:993'],
    ['imap://mail', {}, 'mail:143'],
    ['imap://mail', { tls: 'off' }, null],
    ['imaps://mail', { insecure: true }, null],
    ['imaps://mail', { certificate: 'off' }, null],
  ])('at %s with %o has the certificate of %s watched', (typed, written, certificate) => {
    expect(mailCertificate(optionsOf(imap, typed, written))).toBe(certificate);
  });
});
