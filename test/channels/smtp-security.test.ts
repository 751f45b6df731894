import { createServer } from 'node:tls';
import { afterAll, describe, expect, it } from 'vitest';
import { email } from '../../src/channels/email.ts';
import { secret } from '../../src/lib/secret.ts';
import type { MailServer } from '../../src/net/smtp.ts';
import { certificationAuthority } from '../net/support/certificates.ts';
import { message } from '../texts/sample.ts';
import { calm, inbox, serverAt, settings } from './office.ts';
import { scriptedServer } from './scripted-server.ts';

const authority = certificationAuthority();
afterAll(() => authority[Symbol.dispose]());

const password = 'p4ss word/ÄÖ';
const login = { user: 'monitoring', password: secret(password) };

/** Reaches the same servers as if they were elsewhere: TLS is required. */
const elsewhere = { host: '0.0.0.0', tls: 'required' } as const;

async function deliverTo(server: MailServer) {
  const outcome = await email.deliver(message(), { address: 'anna@kanzlei.example' }, { ...calm, mail: settings([server]) });
  return { ...outcome, transcript: outcome.transcript ?? [] };
}

describe('a server elsewhere', () => {
  it('gets neither password nor mail where STARTTLS has been stripped', async () => {
    await using server = await scriptedServer({ EHLO: '250-x\r\n250 AUTH PLAIN' });

    const { state, response } = await deliverTo(serverAt(server.port, { ...login, ...elsewhere }));

    expect(state).toBe('retry');
    expect(response).toContain('no encryption');
    expect(server.commands.map((line) => line.split(' ')[0])).toEqual(['EHLO', 'STARTTLS']);
  });

  it('must show a certificate that holds', async () => {
    await using office = await inbox(authority.selfSigned(`IP:${elsewhere.host}`));

    const { state, response } = await deliverTo(serverAt(office.port, { ...elsewhere }));

    expect(state).toBe('retry');
    expect(response).toContain('certificate');
  });

  it('with a certificate that holds gets the mail', async () => {
    await using office = await inbox(authority.issue(`IP:${elsewhere.host}`));

    const { state } = await deliverTo(serverAt(office.port, { ...elsewhere, ca: authority.ca }));

    expect(state).toBe('sent');
    expect(office.received[0]?.isSecure).toBe(true);
  });

  it('gets the mail in clear only where that was written down', async () => {
    await using server = await scriptedServer();

    const { state } = await deliverTo(serverAt(server.port, { ...elsewhere, tls: 'optional' }));

    expect(state).toBe('sent');
  });
});

describe('TLS', () => {
  it('is made with STARTTLS, then the login follows', async () => {
    await using office = await inbox({
      ...authority.issue('IP:127.0.0.1'),
      authOptional: false,
      onAuth: (auth, _, done) => done(null, auth.password === password ? { user: auth.username } : {}),
    });

    const { state } = await deliverTo(serverAt(office.port, { ...login, ca: authority.ca }));

    expect(state).toBe('sent');
    expect(office.received[0]).toMatchObject({ isSecure: true, user: 'monitoring' });
  });

  it('is made from the start for smtps', async () => {
    await using office = await inbox({ ...authority.issue('IP:127.0.0.1'), secure: true });

    const { state } = await deliverTo(serverAt(office.port, { secure: true, ca: authority.ca }));

    expect(state).toBe('sent');
    expect(office.received[0]?.isSecure).toBe(true);
  });

  it.each([
    ['for another name', () => authority.issue('DNS:elsewhere.example')],
    ['that has expired', () => authority.issue('IP:127.0.0.1', '20200101000000Z', '20210101000000Z')],
    ['of nobody known', () => authority.selfSigned('IP:127.0.0.1')],
  ])('refuses a certificate %s', async (_, certificate) => {
    await using office = await inbox({ ...certificate(), secure: true });

    const { state, response } = await deliverTo(serverAt(office.port, { secure: true, ca: authority.ca }));

    expect(state).toBe('retry');
    expect(response).toMatch(/certificate|altnames/i);
    expect(office.received).toEqual([]);
  });

  it('is required on loopback as well where that was written down', async () => {
    await using server = await scriptedServer({ EHLO: '250 x' });

    const { state, response } = await deliverTo(serverAt(server.port, { tls: 'required' }));

    expect(state).toBe('retry');
    expect(response).toContain('no encryption');
  });

  it('takes any certificate where it is optional, as on loopback: a local mail server has its own', async () => {
    await using office = await inbox(authority.selfSigned('DNS:debian'));

    const { state } = await deliverTo(serverAt(office.port));

    expect(state).toBe('sent');
    expect(office.received[0]?.isSecure).toBe(true);
  });

  it('is not made in versions before 1.2', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const server = createServer({ ...authority.issue('IP:127.0.0.1'), ...old }, (socket) => socket.write('220 old\r\n'));
    server.on('tlsClientError', () => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;

    const { state } = await deliverTo(serverAt(port, { secure: true, ca: authority.ca }));

    server.close();
    expect(state).toBe('retry');
  });
});

describe('the password', () => {
  it('never goes over a connection that failed to encrypt', async () => {
    await using server = await scriptedServer({ EHLO: '250-old\r\n250-STARTTLS\r\n250 AUTH PLAIN', STARTTLS: '454 not now' });

    await deliverTo(serverAt(server.port, login));

    expect(server.commands.filter((line) => line.startsWith('AUTH'))).toEqual([]);
  });

  it('stands neither in what was said nor in the answer', async () => {
    const echo = `535 no login with ${password} or ${Buffer.from(password).toString('base64')}`;
    await using server = await scriptedServer({ EHLO: '250-x\r\n250 AUTH PLAIN', AUTH: echo });

    const told = await deliverTo(serverAt(server.port, login));

    expect(server.commands.some((line) => line.startsWith('AUTH PLAIN'))).toBe(true);
    expect(told.state).toBe('retry');
    expect(JSON.stringify(told)).not.toContain(password);
    expect(JSON.stringify(told)).not.toContain(Buffer.from(password).toString('base64'));
    expect(told.transcript).toContain('C: AUTH PLAIN ***');
  });

  it('stays hidden in a login of several steps', async () => {
    await using office = await inbox({
      authMethods: ['LOGIN'],
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_, __, done) => done(null, { user: 'monitoring' }),
    });

    const { state, transcript } = await deliverTo(serverAt(office.port, login));

    expect(state).toBe('sent');
    expect(transcript.filter((line) => line === 'C: ***')).toHaveLength(2);
    expect(transcript.join('\n')).not.toContain(Buffer.from('monitoring').toString('base64'));
  });

  it('that is wrong is trouble of the server’s settings, not of the recipient', async () => {
    await using office = await inbox({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_, __, done) => done(new Error('Invalid username or password')),
    });

    const { state, response } = await deliverTo(serverAt(office.port, login));

    expect(state).toBe('retry');
    expect(response).toContain('535');
  });
});

describe('the conversation', () => {
  it('is told line by line, without the message', async () => {
    await using server = await scriptedServer();

    const { transcript } = await deliverTo(serverAt(server.port));

    expect(transcript).toContain('S: 220 scripted');
    expect(transcript).toContain('C: EHLO monitor.kanzlei.example');
    expect(transcript).toContain('C: RCPT TO:<anna@kanzlei.example>');
    expect(transcript.at(-1)).toBe('*: sent: 250 2.0.0 queued as 42');
    expect(transcript.join('\n')).not.toContain('Subject:');
  });
});
