import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secret } from '../../src/lib/secret.ts';
import { pop3 } from '../../src/probes/pop3.ts';
import { type Authority, certificationAuthority } from '../net/support/certificates.ts';
import { lineServer } from './support/line-server.ts';
import { look } from './support/look.ts';
import { fine, fineBut } from './support/mail-parts.ts';
import { type Dovecot, describeWithDovecot, mailboxes, startDovecot } from './support/mail-peers.ts';

describeWithDovecot('a POP3 check of Dovecot', () => {
  let authority: Authority;
  let dovecot: Dovecot;
  let trusting: { readonly ca: string };
  beforeAll(async () => {
    authority = certificationAuthority();
    trusting = { ca: authority.caFile };
    dovecot = await startDovecot(authority.issue('DNS:localhost,IP:127.0.0.1'));
  }, 20_000);
  afterAll(async () => {
    await dovecot?.[Symbol.asyncDispose]();
    authority[Symbol.dispose]();
  });
  const at = (port: number, written: object = {}) => look(pop3, `localhost:${port}`, written, { timeoutMs: 5000 });

  it('takes STLS where it is offered, and brings the certificate along', async () => {
    const seen = await at(dovecot.pop3, trusting);

    expect(seen).toMatchObject({ status: 'up', message: expect.stringMatching(/over TLSv1\.3 after .*: "\+OK Office ready\."/) });
    expect(seen.certificate).toMatchObject({ status: 'up', fingerprint: expect.any(String), measures: [{ name: 'days' }] });
  });

  it('encrypts from the first byte', async () => {
    const seen = await look(pop3, `pop3s://localhost:${dovecot.pop3s}`, trusting, { timeoutMs: 5000 });

    expect(seen).toMatchObject({ status: 'up', certificate: { status: 'up' } });
  });

  it.each(Object.entries(mailboxes))('logs in as %s', async (user, password) => {
    const seen = await at(dovecot.pop3, { ...trusting, auth: { user, password: secret(password) } });

    expect(seen).toMatchObject({ status: 'up', message: expect.stringContaining('takes the login') });
  });

  it('is down when the login is refused, and says in whose words', async () => {
    const auth = { user: 'anna@office.example', password: secret('not the one') };

    expect(await at(dovecot.pop3s, { ...trusting, tls: 'implicit', auth })).toMatchObject({
      status: 'down',
      reason: 'auth-failed',
      message: expect.stringMatching(/refuses the login: "-ERR \[AUTH\]/),
    });
  });

  it('is down with a certificate that is not trusted', async () => {
    expect(await at(dovecot.pop3)).toMatchObject({ status: 'down', reason: 'tls-untrusted' });
  });
});

describe('a check of a POP3 server', () => {
  const auth = { user: 'anna', password: secret('open sesame') };

  it('says hello and goodbye, and nothing else', async () => {
    await using server = await lineServer(fine.pop3);

    expect(await look(pop3, server.port, {}, { host: '127.0.0.1' })).toMatchObject({ status: 'up' });
    expect(server.heard).toEqual(['CAPA', 'QUIT']);
  });

  it('is up where CAPA is not known', async () => {
    await using server = await lineServer(fineBut('pop3', { lines: [['CAPA', '-ERR what?']] }));

    expect(await look(pop3, `127.0.0.1:${server.port}`)).toMatchObject({ status: 'up' });
    expect(await look(pop3, `127.0.0.1:${server.port}`, { tls: 'starttls' })).toMatchObject({
      reason: 'tls-handshake',
      message: expect.stringContaining('does not offer STLS'),
    });
  });

  it.each([
    ['-ERR [AUTH] wrong', 'auth-failed', 'refuses the login: "-ERR [AUTH] wrong"'],
    ['-ERR no', 'auth-failed', 'refuses the login'],
    ['-ERR [SYS/TEMP] Temporary authentication failure.', 'protocol-error', 'cannot look at logins just now'],
    ['-ERR [SYS/PERM] broken', 'protocol-error', 'cannot look at logins just now'],
    ['235 welcome', 'protocol-error', 'does not speak POP3'],
    ['+OKAY', 'protocol-error', 'does not speak POP3'],
  ])('takes "%s" to a login for %s', async (answer, reason, words) => {
    await using server = await lineServer(
      fineBut('pop3', {
        lines: [
          ['USER anna', '+OK'],
          ['PASS open sesame', answer],
        ],
      }),
    );

    const seen = await look(pop3, `127.0.0.1:${server.port}`, { auth });

    expect(seen).toMatchObject({ status: 'down', reason, message: expect.stringContaining(words) });
  });

  it('takes a mailbox that somebody is reading for a login that works', async () => {
    const lines = [
      ['USER', '+OK'],
      ['PASS', '-ERR [IN-USE] locked'],
    ] as const;
    await using server = await lineServer(fineBut('pop3', { lines }));

    expect(await look(pop3, `127.0.0.1:${server.port}`, { auth })).toMatchObject({ status: 'up' });
  });

  it('blames nobody when it logs in too often', async () => {
    const lines = [['USER', '-ERR [LOGIN-DELAY] wait']] as const;
    await using server = await lineServer(fineBut('pop3', { lines }));

    expect(await look(pop3, `127.0.0.1:${server.port}`, { auth })).toMatchObject({
      status: 'unknown',
      message: expect.stringContaining('a longer interval'),
    });
    expect(server.heard).toEqual(['CAPA', 'USER anna', 'QUIT']);
  });

  it('that greets with -ERR is down, and is told in its words', async () => {
    await using server = await lineServer(fineBut('pop3', { greeting: '-ERR [SYS/TEMP] overloaded' }));

    expect(await look(pop3, `127.0.0.1:${server.port}`)).toMatchObject({
      reason: 'protocol-error',
      message: expect.stringContaining('turns connections away: "-ERR [SYS/TEMP] overloaded"'),
    });
  });

  it('is down when STLS is offered and then refused', async () => {
    const lines = [
      ['CAPA', '+OK\r\nSTLS\r\n.'],
      ['STLS', '-ERR not today'],
    ] as const;
    await using server = await lineServer(fineBut('pop3', { lines }));

    expect(await look(pop3, `127.0.0.1:${server.port}`)).toMatchObject({
      reason: 'tls-handshake',
      message: expect.stringContaining('refuses it: "-ERR not today"'),
    });
  });
});
