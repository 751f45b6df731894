import { afterAll, describe, expect, it } from 'vitest';
import { tryMailServer } from '../../src/channels/trial/mail-server.ts';
import { secret } from '../../src/lib/secret.ts';
import { certificationAuthority } from '../net/support/certificates.ts';
import { tcpServer } from '../net/support/servers.ts';
import { inbox, serverAt } from './office.ts';
import { scriptedServer } from './scripted-server.ts';

const authority = certificationAuthority();
afterAll(() => authority[Symbol.dispose]());

const login = { user: 'monitoring', password: secret('p4ss word') };
const calm = new AbortController().signal;

describe('a mail server is tried', () => {
  it('through STARTTLS and a login, and is sent nothing', async () => {
    await using office = await inbox({
      ...authority.issue('IP:127.0.0.1'),
      onAuth: ({ username, password }, _session, done) => done(null, { user: password === 'p4ss word' ? username : undefined }),
    });
    const server = serverAt(office.port, { ...login, tls: 'required', ca: authority.ca });

    expect(await tryMailServer(server, calm)).toEqual({ ok: true, loggedIn: true, encrypted: true });
    expect(office.received).toEqual([]);
  });

  it('with the certificate that a mail would want', async () => {
    await using office = await inbox(authority.selfSigned('IP:127.0.0.1'));

    const result = await tryMailServer(serverAt(office.port, { ...login, tls: 'required' }), calm);

    expect(result).toMatchObject({ ok: false, refusesLogin: false, why: expect.stringContaining('certificate') });
  });

  it('without its password in what is said, whatever it repeats', async () => {
    await using server = await scriptedServer({ EHLO: '250-x\r\n250 AUTH PLAIN', AUTH: '535 no "p4ss word" here' });

    const result = await tryMailServer(serverAt(server.port, login), calm);

    expect(result).toMatchObject({ ok: false, refusesLogin: true, why: expect.stringContaining('***') });
    expect(JSON.stringify(result)).not.toContain('p4ss');
    expect(server.commands.join(' ')).not.toMatch(/MAIL|RCPT|DATA/);
  });

  it.each([
    ['while it is silent', 100],
    ['not at all', 0],
  ])('no longer than it may be: %s', async (_, ms) => {
    await using silent = await tcpServer(() => {});
    const begun = performance.now();

    const result = await tryMailServer(serverAt(silent.port, login), AbortSignal.timeout(ms));

    expect(result).toMatchObject({ ok: false, why: expect.stringContaining('time') });
    expect(performance.now() - begun).toBeLessThan(3000);
  });
});
