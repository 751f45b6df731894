import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { secret } from '../../src/lib/secret.ts';
import { imap } from '../../src/probes/imap.ts';
import { type Authority, certificationAuthority } from '../net/support/certificates.ts';
import { type Listening, tcpServer } from '../net/support/servers.ts';
import { lineServer } from './support/line-server.ts';
import { look } from './support/look.ts';
import { fine, fineBut } from './support/mail-parts.ts';
import { type Dovecot, describeWithDovecot, mailboxes, startDovecot } from './support/mail-peers.ts';

describeWithDovecot('an IMAP check of Dovecot', () => {
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
  const at = (port: number, written: object = {}) => look(imap, `localhost:${port}`, written, { timeoutMs: 5000 });

  it('takes STARTTLS where it is offered, and brings the certificate along', async () => {
    const seen = await at(dovecot.imap, trusting);

    expect(seen).toMatchObject({
      status: 'up',
      message: expect.stringMatching(/over TLSv1\.3 after .*: "\* OK Office ready\."/),
    });
    expect(seen.certificate).toMatchObject({ status: 'up', fingerprint: expect.any(String), measures: [{ name: 'days' }] });
  });

  it('encrypts from the first byte', async () => {
    const seen = await look(imap, `imaps://localhost:${dovecot.imaps}`, trusting, { timeoutMs: 5000 });

    expect(seen).toMatchObject({ status: 'up', certificate: { status: 'up' } });
  });

  it.each(Object.entries(mailboxes))('logs in as %s', async (user, password) => {
    const seen = await at(dovecot.imap, { ...trusting, auth: { user, password: secret(password) } });

    expect(seen).toMatchObject({ status: 'up', message: expect.stringContaining('takes the login') });
  });

  it.each(Object.entries(mailboxes))('logs in as %s by LOGIN where PLAIN is not offered', async (user, password) => {
    const heard: string[] = [];
    await using between = await withoutPlain(dovecot.imap, heard);

    const seen = await at(between.port, { tls: 'off', auth: { user, password: secret(password) } });

    expect(seen).toMatchObject({ status: 'up', message: expect.stringContaining('takes the login') });
    expect(heard.join('')).toMatch(/^a CAPABILITY\r\na LOGIN /);
  });

  it('is down when the login is refused, and says in whose words', async () => {
    const auth = { user: 'anna@office.example', password: secret('not the one') };

    expect(await at(dovecot.imaps, { ...trusting, tls: 'implicit', auth })).toMatchObject({
      status: 'down',
      reason: 'auth-failed',
      message: expect.stringMatching(/refuses the login: "NO \[AUTHENTICATIONFAILED\]/),
    });
  });

  it('is down with a certificate that is not trusted', async () => {
    expect(await at(dovecot.imap)).toMatchObject({ status: 'down', reason: 'tls-untrusted' });
  });
});

/** A way to an IMAP server on which it seems to take LOGIN only. */
function withoutPlain(port: number, heard: string[]): Promise<Listening> {
  return tcpServer((client) => {
    const server = connect(port, '127.0.0.1');
    server.on('error', () => {});
    server.on('data', (data) => client.write(data.toString('latin1').replaceAll('AUTH=PLAIN ', ''), 'latin1'));
    server.on('end', () => client.end());
    client.on('data', (data: Buffer) => {
      heard.push(data.toString());
      server.write(data);
    });
    client.on('close', () => server.destroy());
  });
}

describe('a check of an IMAP server', () => {
  const auth = { user: 'anna', password: secret('open "sesame"') };

  it('says hello and goodbye, and nothing else', async () => {
    await using server = await lineServer(fine.imap);

    expect(await look(imap, server.port, {}, { host: '127.0.0.1' })).toMatchObject({ status: 'up' });
    expect(server.heard).toEqual(['a CAPABILITY', 'a LOGOUT']);
  });

  it('hears what is said besides', async () => {
    await using server = await lineServer(
      fineBut('imap', {
        greeting: '* OK [CAPABILITY IMAP4rev1 STARTTLS] hello',
        lines: [['a CAPABILITY', '* OK [ALERT] disk nearly full\r\n* CAPABILITY IMAP4rev1\r\n* 3 EXISTS\r\na ok done']],
      }),
    );

    expect(await look(imap, `127.0.0.1:${server.port}`, { expect: 'hello' })).toMatchObject({
      status: 'up',
      message: expect.stringContaining('"* OK hello"'),
    });
  });

  it('quotes what it says by LOGIN', async () => {
    await using server = await lineServer(
      fineBut('imap', {
        lines: [
          ['a CAPABILITY', '* CAPABILITY IMAP4rev1\r\na OK done'],
          ['a LOGIN "anna" "open \\"sesame\\""', 'a OK welcome'],
        ],
      }),
    );

    expect(await look(imap, `127.0.0.1:${server.port}`, { auth })).toMatchObject({ status: 'up' });
  });

  it('gives up a literal that the server does not ask for', async () => {
    await using server = await lineServer(
      fineBut('imap', {
        lines: [
          ['a CAPABILITY', '* CAPABILITY IMAP4rev1\r\na OK done'],
          ['a LOGIN {6}', 'a NO [LIMIT] literal too long'],
        ],
      }),
    );

    const seen = await look(imap, `127.0.0.1:${server.port}`, { auth: { ...auth, user: 'jörgs' } });

    expect(seen).toMatchObject({ reason: 'protocol-error', message: expect.stringContaining('cannot look at logins just now') });
    await vi.waitFor(() => expect(server.heard).toEqual(['a CAPABILITY', 'a LOGIN {6}', 'a LOGOUT']));
  });

  it.each([
    ['a NO [AUTHENTICATIONFAILED] no', 'auth-failed', 'refuses the login: "NO [AUTHENTICATIONFAILED] no"'],
    ['a NO [EXPIRED] old', 'auth-failed', 'refuses the login'],
    ['a NO no', 'auth-failed', 'refuses the login'],
    ['a NO [UNAVAILABLE] Temporary authentication failure.', 'protocol-error', 'cannot look at logins just now'],
    ['a NO [INUSE] busy', 'protocol-error', 'cannot look at logins just now'],
    ['a BAD what', 'protocol-error', 'does not understand the login'],
    ['+ more', 'protocol-error', 'does not understand the login'],
    ['* BYE too many', 'protocol-error', 'turns connections away: "BYE too many"'],
    ['b OK welcome', 'protocol-error', 'does not speak IMAP'],
    ['a WELL welcome', 'protocol-error', 'does not speak IMAP'],
  ])('takes "%s" to a login for %s', async (answer, reason, words) => {
    await using server = await lineServer(
      fineBut('imap', {
        lines: [
          ['a AUTH', '+ '],
          ['AGFubm', answer],
        ],
      }),
    );

    const seen = await look(imap, `127.0.0.1:${server.port}`, { auth });

    expect(seen).toMatchObject({ status: 'down', reason, message: expect.stringContaining(words) });
  });

  it.each([
    ['LOGINDISABLED', 'down', 'auth-failed', 'offers no login'],
    ['LOGINDISABLED AUTH=XOAUTH2', 'unknown', 'not-watched', 'cannot do ("XOAUTH2"); leave out "auth:"'],
  ])('that can %s only is %s', async (abilities, status, reason, words) => {
    await using server = await lineServer(
      fineBut('imap', { lines: [['a CAPABILITY', `* CAPABILITY IMAP4rev1 ${abilities}\r\na OK done`]] }),
    );

    const seen = await look(imap, `127.0.0.1:${server.port}`, { auth });

    expect(seen).toMatchObject({ status, reason, message: expect.stringContaining(words) });
    expect(server.heard).toEqual(['a CAPABILITY', 'a LOGOUT']);
  });

  it('that greets with BYE is down, and is told in its words', async () => {
    await using server = await lineServer(fineBut('imap', { greeting: '* BYE overloaded' }));

    expect(await look(imap, `127.0.0.1:${server.port}`)).toMatchObject({
      reason: 'protocol-error',
      message: expect.stringContaining('turns connections away: "* BYE overloaded"'),
    });
  });

  it('that takes us for somebody at once is up, and cannot be talked into TLS after that', async () => {
    const lines = [['a CAPABILITY', '* CAPABILITY IMAP4rev1 STARTTLS\r\na OK done']] as const;
    await using server = await lineServer(fineBut('imap', { greeting: '* PREAUTH hello anna', lines }));

    expect(await look(imap, `127.0.0.1:${server.port}`, { auth })).toMatchObject({ status: 'up' });
    expect(await look(imap, `127.0.0.1:${server.port}`, { tls: 'starttls' })).toMatchObject({
      reason: 'tls-handshake',
      message: expect.stringMatching(/logged in already \(PREAUTH\), after which STARTTLS cannot begin/),
    });
    expect(server.heard).not.toContain('a STARTTLS');
  });

  it('is down when STARTTLS is offered and then refused', async () => {
    const lines = [
      ['a CAPABILITY', '* CAPABILITY STARTTLS\r\na OK done'],
      ['a STARTTLS', 'a NO not today'],
    ] as const;
    await using server = await lineServer(fineBut('imap', { lines }));

    expect(await look(imap, `127.0.0.1:${server.port}`)).toMatchObject({
      reason: 'tls-handshake',
      message: expect.stringContaining('refuses it: "NO not today"'),
    });
  });
});
