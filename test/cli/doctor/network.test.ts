import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { certificationAuthority } from '../../net/support/certificates.ts';
import { closedPort, tcpServer, tlsServer } from '../../net/support/servers.ts';
import { openMailSink } from '../../support/mail-sink.ts';
import { findings, patientWith } from './support/patient.ts';

describe('the mail path', () => {
  const server = (port: number, more = '') => `{ url: "smtp://127.0.0.1:${port}"${more} }`;
  const tried = async (...servers: readonly string[]) =>
    await findings('mail path', await patientWith(`mail: { from: a@b.example, servers: [${servers.join(', ')}] }`), 3000);

  it('is well where a server takes the connection; nothing is sent', async () => {
    await using sink = await openMailSink();

    expect(await tried(server(sink.port))).toEqual([
      { about: `127.0.0.1:${sink.port}`, ok: 'yes', says: 'takes the connection, unencrypted, without a login' },
    ]);
    expect(sink.letters).toEqual([]);
  });

  it('is wrong where a server refuses the login, without the password in what is said', async () => {
    await using sink = await openMailSink({ refusesLogins: true });

    const found = await tried(server(sink.port, ', user: monitoring, password: geheimes-wort'));

    expect(found).toMatchObject([{ ok: 'no', says: expect.stringContaining('wrong user or password') }]);
    expect(found[0]?.fix).toMatch(/^- url: smtp:.*\n {2}user: monitoring .*\n {2}password: !file/);
    expect(JSON.stringify(found)).not.toContain('geheimes');
  });

  it('is unclear where a login is configured and none is offered', async () => {
    await using sink = await openMailSink();

    expect(await tried(server(sink.port, ', user: u, password: geheimes-wort'))).toMatchObject([{ ok: 'unclear' }]);
  });

  it('is wrong where nothing listens, and where nobody answers in time, each server for itself', async () => {
    await using silent = await tcpServer(() => {});
    await using sink = await openMailSink();
    const closed = await closedPort();

    const found = await tried(server(closed), server(silent.port), server(sink.port));

    expect(found.map(({ ok }) => ok)).toEqual(['no', 'no', 'yes']);
    expect(found[0]?.says).toContain('refuses connections');
    expect(found[1]?.says).toContain('no answer in time');
  });

  it('is wrong where the server offers no encryption and must', async () => {
    await using sink = await openMailSink();

    const [found] = await tried(server(sink.port, ', tls: required'));

    expect(found).toMatchObject({
      ok: 'no',
      says: expect.stringContaining('no encryption'),
      fix: expect.stringContaining('tls: optional'),
    });
  });

  it('without servers is unclear where somebody is told by mail', async () => {
    const found = await findings('mail path', await patientWith('contacts: { anna: a@b.example }'));

    expect(found).toMatchObject([
      { ok: 'unclear', says: expect.stringContaining('/mails'), fix: expect.stringContaining('servers:') },
    ]);
    expect(await findings('mail path', await patientWith('contacts: { anna: { ntfy: "https://n.example/t" } }'))).toEqual([]);
  });
});

describe('other ways and the watchdog', () => {
  it('are connected to and asked for nothing', async () => {
    const heard: string[] = [];
    await using there = await tcpServer((socket) => socket.on('data', (data) => heard.push(String(data))));
    const closed = await closedPort();
    const patient = await patientWith(`contacts:
  anna: { webhook: "http://127.0.0.1:${there.port}/token-of-anna", ntfy: "http://127.0.0.1:${closed}/topic-of-anna" }
  ben: { command: [/opt/send-sms] }
watchdog: { url: "http://127.0.0.1:${there.port}/token-of-anna" }
`);

    const found = await findings('other ways to tell', patient);
    const watched = await findings('watchdog', patient);

    expect(found.map(({ ok }) => ok)).toEqual(['yes', 'no', 'no']);
    expect(found[1]).toMatchObject({
      says: expect.stringContaining('refuses connections'),
      fix: expect.stringContaining('contacts.anna'),
    });
    expect(found[2]).toMatchObject({ about: 'command send-sms', says: expect.stringContaining('/opt/send-sms') });
    expect(watched[0]).toMatchObject({ about: 'watchdog.url', ok: 'yes' });
    expect(heard).toEqual([]);
    expect(JSON.stringify([found, watched])).not.toContain('of-anna');
  });

  it('with a certificate that nobody trusts are wrong', async () => {
    using authority = certificationAuthority();
    await using server = await tlsServer(authority.issue('IP:127.0.0.1'), () => {});

    const found = await findings(
      'other ways to tell',
      await patientWith(`contacts: { anna: { webhook: "https://127.0.0.1:${server.port}/" } }`),
    );

    expect(found).toMatchObject([{ ok: 'no', fix: expect.stringContaining('certificate') }]);
  });

  it('knows that systemd has started it', async () => {
    const patient = await patientWith('{}', { env: { NOTIFY_SOCKET: '/run/systemd/notify' } });

    expect(await findings('watchdog', patient)).toEqual([expect.objectContaining({ about: 'systemd', ok: 'yes' })]);
  });
});

describe('name resolution', () => {
  async function with_(resolvConf: string | null, yaml: string) {
    const patient = await patientWith(yaml);
    const path = join(patient.path, '../resolv.conf');
    if (resolvConf !== null) writeFileSync(path, resolvConf);
    return await findings('name resolution', { ...patient, places: { ...patient.places, resolvConf: path } });
  }
  const named = 'services: [{ name: Web, check: "tcp://www.office.invalid:443" }]';

  it.each([
    ['the file is missing', null],
    ['no server is entered', '# nothing\n'],
  ])('is wrong where %s and a name is needed', async (_, text) => {
    expect((await with_(text, named))[0]).toMatchObject({
      ok: 'no',
      says: 'no name server is entered',
      fix: expect.stringMatching(/^echo 'nameserver /),
    });
  });

  it('is no mistake where no name is needed', async () => {
    expect(await with_(null, 'services: [{ name: Web, check: "tcp://127.0.0.1:443" }]')).toMatchObject([{ ok: 'unclear' }]);
  });

  it('is wrong where the server does not answer, which is told once for all names', async () => {
    const found = await with_('nameserver 127.0.0.93\n', named);

    expect(found[0]).toMatchObject({ about: 'name server 127.0.0.93', ok: 'no', fix: expect.stringContaining('sed -i') });
  });
});
