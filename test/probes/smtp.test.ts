import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { secret } from '../../src/lib/secret.ts';
import { smtp } from '../../src/probes/smtp.ts';
import { type Authority, certificationAuthority } from '../net/support/certificates.ts';
import { lineServer } from './support/line-server.ts';
import { look } from './support/look.ts';
import { fine, fineBut } from './support/mail-parts.ts';
import { type Dovecot, describeWithPostfix, mailboxes, type Postfix, startDovecot, startPostfix } from './support/mail-peers.ts';

let authority: Authority;
beforeAll(() => {
  authority = certificationAuthority();
});
afterAll(() => authority[Symbol.dispose]());

describeWithPostfix('a check of Postfix', () => {
  let dovecot: Dovecot;
  let postfix: Postfix;
  let trusting: { readonly ca: string };
  beforeAll(async () => {
    const pair = authority.issue('DNS:localhost,IP:127.0.0.1');
    trusting = { ca: authority.caFile };
    dovecot = await startDovecot(pair);
    postfix = await startPostfix(pair, dovecot.auth);
  }, 20_000);
  afterAll(async () => {
    await postfix?.[Symbol.asyncDispose]();
    await dovecot?.[Symbol.asyncDispose]();
  });
  const at = (port: number, written: object = {}) => look(smtp, `localhost:${port}`, written, { timeoutMs: 5000 });

  it('takes STARTTLS where it is offered, and brings the certificate along', async () => {
    const seen = await at(postfix.smtp, trusting);

    expect(seen).toMatchObject({
      status: 'up',
      message: expect.stringMatching(/over TLSv1\.3 after .*: "220 mail\.office\.example/),
    });
    expect(seen.measures).toEqual([{ name: 'time', value: expect.any(Number), unit: 'ms' }]);
    expect(seen.certificate).toMatchObject({ status: 'up', fingerprint: expect.any(String), measures: [{ name: 'days' }] });
  });

  it('sends no mail and takes its leave', async () => {
    await at(postfix.smtp, trusting);

    await vi.waitFor(() => expect(postfix.log()).toMatch(/disconnect from localhost.* ehlo=2 starttls=1 quit=1 commands=4$/m));
  });

  it('encrypts from the first byte', async () => {
    expect(await look(smtp, `smtps://localhost:${postfix.smtps}`, trusting)).toMatchObject({ status: 'up' });
    expect(await at(postfix.smtps, { ...trusting, tls: 'implicit' })).toMatchObject({ status: 'up' });
  });

  it.each(Object.entries(mailboxes))('logs in as %s', async (user, password) => {
    const seen = await at(postfix.smtp, { ...trusting, auth: { user, password: secret(password) } });

    expect(seen).toMatchObject({ status: 'up', message: expect.stringContaining('takes the login') });
  });

  it('is down when the login is refused, and says in whose words', async () => {
    const auth = { user: 'anna@office.example', password: secret('not the one') };

    expect(await at(postfix.smtp, { ...trusting, auth })).toMatchObject({
      status: 'down',
      reason: 'auth-failed',
      message: expect.stringMatching(/refuses the login: "535 5\.7\.8/),
    });
  });

  it('does without encryption where there is none, unless it was asked for', async () => {
    const seen = await at(postfix.plain);

    expect(seen).toMatchObject({ status: 'up', message: expect.stringContaining('unencrypted') });
    expect(seen.certificate).toMatchObject({ status: 'up', message: expect.stringContaining('no encryption') });
    expect(await at(postfix.plain, { tls: 'starttls' })).toMatchObject({ reason: 'tls-handshake' });
  });

  it('does without encryption where it is told to', async () => {
    const seen = await at(postfix.smtp, { tls: 'off' });

    expect(seen).toMatchObject({ status: 'up', message: expect.stringContaining('unencrypted') });
    expect(seen.certificate).toBeUndefined();
  });

  it('is down with a certificate that is not trusted, unless any will do', async () => {
    expect(await at(postfix.smtp)).toMatchObject({ status: 'down', reason: 'tls-untrusted' });
    expect(await at(postfix.smtps, { tls: 'implicit' })).toMatchObject({ status: 'down', reason: 'tls-untrusted' });
    const seen = await at(postfix.smtp, { insecure: true });
    expect(seen.status).toBe('up');
    expect(seen.certificate).toBeUndefined();
  });

  it('says when it is spoken to in clear on a port that encrypts from the first byte', async () => {
    const seen = await look(smtp, `localhost:${postfix.smtps}`, {}, { timeoutMs: 400 });

    expect(seen).toMatchObject({ reason: 'timeout', message: expect.stringContaining('write "tls: implicit"') });
  });

  it('says when it encrypts from the first byte on a port that does not', async () => {
    const seen = await at(postfix.smtp, { tls: 'implicit' });

    expect(seen).toMatchObject({ reason: 'tls-handshake', message: expect.stringContaining('does not speak TLS') });
  });
});

describe('a check of an SMTP server', () => {
  const auth = { user: 'anna', password: secret('opensesame') };

  it('says hello and goodbye, and nothing else', async () => {
    await using server = await lineServer(fine.smtp);

    expect(await look(smtp, server.port, {}, { host: '127.0.0.1' })).toMatchObject({ status: 'up' });
    expect(server.heard).toEqual([expect.stringMatching(/^EHLO ([\w.-]+\.[\w.-]+|\[127\.0\.0\.1\])$/), 'QUIT']);
  });

  it('looks at the greeting where something is expected of it', async () => {
    await using server = await lineServer(fine.smtp);
    const expecting = (expect: string) => look(smtp, `127.0.0.1:${server.port}`, { expect });

    expect(await expecting('/^220 mail\\.example /')).toMatchObject({ status: 'up' });
    expect(await expecting('Postfix')).toMatchObject({
      status: 'down',
      reason: 'content',
      message: expect.stringContaining('greets with "220 mail.example ESMTP", expected Postfix'),
    });
  });

  it('blames nobody for an expression that takes too long', async () => {
    await using server = await lineServer(fineBut('smtp', { greeting: `220 ${'a'.repeat(60)}!` }));

    const seen = await look(smtp, `127.0.0.1:${server.port}`, { expect: '/(a+)+$/' });

    expect(seen).toMatchObject({ status: 'unknown', message: expect.stringContaining('write a simpler one') });
  });

  it('is up where EHLO is not known', async () => {
    await using server = await lineServer(
      fineBut('smtp', {
        lines: [
          ['EHLO', '502 what?'],
          ['HELO', '250 mail'],
        ],
      }),
    );

    expect(await look(smtp, `127.0.0.1:${server.port}`)).toMatchObject({ status: 'up' });
  });

  it('logs in by LOGIN where there is no PLAIN', async () => {
    await using server = await lineServer(
      fineBut('smtp', {
        lines: [
          ['EHLO', '250-mail\r\n250 AUTH=LOGIN DIGEST-MD5'],
          ['AUTH LOGIN', '334 VXNlcm5hbWU6'],
          ['YW5uYQ==', '334 UGFzc3dvcmQ6'],
          ['b3BlbnNlc2FtZQ==', '235 welcome'],
        ],
      }),
    );

    expect(await look(smtp, `127.0.0.1:${server.port}`, { auth })).toMatchObject({ status: 'up' });
  });

  it.each([
    ['535 5.7.8 wrong', 'auth-failed', 'refuses the login: "535 5.7.8 wrong"'],
    ['534 5.7.9 too weak', 'auth-failed', 'refuses the login'],
    ['454 4.7.0 Temporary authentication failure', 'protocol-error', 'cannot look at logins just now'],
    ['535 temporarily locked', 'protocol-error', 'cannot look at logins just now'],
    ['421 shutting down', 'protocol-error', 'cannot look at logins just now'],
    ['503 bad sequence', 'protocol-error', 'does not understand the login'],
    ['334 more', 'protocol-error', 'does not understand the login'],
    ['250 fine', 'protocol-error', 'does not understand the login'],
  ])('takes "%s" to a login for %s', async (answer, reason, words) => {
    await using server = await lineServer(
      fineBut('smtp', {
        lines: [
          ['AUTH', '334 '],
          ['AGFubmE', answer],
        ],
      }),
    );

    const seen = await look(smtp, `127.0.0.1:${server.port}`, { auth });

    expect(seen).toMatchObject({ status: 'down', reason, message: expect.stringContaining(words) });
  });

  it.each([
    ['250 mail', 'down', 'auth-failed', 'offers no login'],
    ['250-mail\r\n250 AUTH XOAUTH2 GSSAPI', 'unknown', 'not-watched', 'cannot do ("XOAUTH2 GSSAPI"); leave out "auth:"'],
  ])('that cannot be logged in to after "%s" is %s', async (ehlo, status, reason, words) => {
    await using server = await lineServer(fineBut('smtp', { lines: [['EHLO', ehlo]] }));

    const seen = await look(smtp, `127.0.0.1:${server.port}`, { auth });

    expect(seen).toMatchObject({ status, reason, message: expect.stringContaining(words) });
  });

  it.each(['421 4.7.0 too many connections', '554 no SMTP service here', '521 go away'])(
    'that greets with "%s" is down',
    async (line) => {
      await using server = await lineServer(fineBut('smtp', { greeting: line }));

      expect(await look(smtp, `127.0.0.1:${server.port}`)).toMatchObject({
        reason: 'protocol-error',
        message: expect.stringContaining(`turns connections away: "${line}"`),
      });
    },
  );

  it('is down when STARTTLS is offered and then refused', async () => {
    await using server = await lineServer(
      fineBut('smtp', {
        lines: [
          ['EHLO', '250-mail\r\n250 STARTTLS'],
          ['STARTTLS', '454 TLS not available'],
        ],
      }),
    );

    expect(await look(smtp, `127.0.0.1:${server.port}`)).toMatchObject({
      reason: 'tls-handshake',
      message: expect.stringContaining('refuses it: "454 TLS not available"'),
    });
  });
});
