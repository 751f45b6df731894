import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TlsOptions as ServerOptions } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Observation } from '../../src/core/observation.ts';
import { parseCertificate } from '../../src/net/pem.ts';
import { tls } from '../../src/probes/tls.ts';
import { type Authority, certificationAuthority, daysFromNow, distantPast, type KeyPair } from '../net/support/certificates.ts';
import { describeWith, freePort, listens, startPeer } from '../net/support/peers.ts';
import { tlsServer } from '../net/support/servers.ts';
import { look, optionsOf } from './support/look.ts';

let authority: Authority;
beforeAll(() => {
  authority = certificationAuthority();
});
afterAll(() => authority[Symbol.dispose]());

const here = 'DNS:localhost,IP:127.0.0.1';

/** Looks at a server of `options` as at `localhost`. */
async function lookAt(options: ServerOptions, written: object = {}, host = 'localhost'): Promise<Observation> {
  await using server = await tlsServer({ ciphers: 'DEFAULT@SECLEVEL=0', ...options }, () => {});
  return await look(tls, `${host}:${server.port}`, { ca: authority.caFile, ...written });
}

describe('the target of a TLS check', () => {
  it.each<[string | number | null, string | null, string]>([
    ['www.example.com', null, 'www.example.com:443'],
    ['WWW.example.com:993', null, 'www.example.com:993'],
    ['tls://db:5433', null, 'db:5433'],
    [null, 'nas', 'nas:443'],
    [8443, 'nas', 'nas:8443'],
    ['[::1]:636', null, '[::1]:636'],
    ['::1', null, '[::1]:443'],
  ])('%s with host %s is %s', (typed, host, shown) => {
    expect(tls.describe(optionsOf(tls, typed, {}, host))).toBe(shown);
  });

  it('with another name is another check', () => {
    expect(tls.describe(optionsOf(tls, '10.0.0.5', { servername: 'www.example.com' }))).toBe('www.example.com at 10.0.0.5:443');
  });

  it.each([null, 'https://www.example.com/', 'a b', 'host:0', 443])('cannot be %j, and the message says what can', (typed) => {
    expect(() => optionsOf(tls, typed)).toThrow(/a host such as www.example.com/);
  });

  it.each([{ servername: 'a b' }, { servername: 'x:1' }, { protocol: 'TLSv1' }, { insecure: true }])('refuses %j', (written) => {
    expect(() => optionsOf(tls, 'localhost', written)).toThrow();
  });
});

describe('a TLS check', () => {
  it('is up with the days that are left, the time, and the certificate’s fingerprint', async () => {
    const pair = authority.issue(here, distantPast, daysFromNow(9.55));

    const seen = await lookAt(pair);

    expect(seen).toMatchObject({
      status: 'up',
      reason: 'ok',
      message: expect.stringMatching(/^the certificate for localhost ends on \d{4}-\d\d-\d\d, in 9 days$/),
      measures: [
        { name: 'days', value: 9.5, unit: 'days' },
        { name: 'time', value: expect.any(Number), unit: 'ms' },
      ],
      fingerprint: parseCertificate(pair.cert)?.fingerprint256,
    });
    expect(seen.evidence).toEqual([
      'certificate for localhost, 127.0.0.1',
      'issued by Office CA, valid from 2020-01-01',
      'key: EC (prime256v1)',
      expect.stringMatching(/^TLSv1\.3 with TLS_AES_\w+, after [\d.]+ m?s$/),
    ]);
  });

  it('forewarns by default at 14 days, critically at 3', () => {
    expect(tls.measures[0]).toMatchObject({ main: true, sort: 'forewarning', worse: 'below', warning: 14, critical: 3 });
  });

  it('looks at an address as well as at a name', async () => {
    expect(await lookAt(authority.issue(here), {}, '127.0.0.1')).toMatchObject({ status: 'up' });
    expect(await lookAt(authority.issue('DNS:localhost'), {}, '127.0.0.1')).toMatchObject({ reason: 'tls-name-mismatch' });
  });

  it('takes a chain with an intermediate certificate, and a self-signed one that is named', async () => {
    const self = authority.selfSigned(here);
    const file = join(authority.folder, 'self.pem');
    writeFileSync(file, self.cert);

    expect(await lookAt(authority.intermediate('Middle').issue(here))).toMatchObject({ status: 'up' });
    expect(await lookAt(self, { ca: file })).toMatchObject({
      status: 'up',
      evidence: expect.arrayContaining(['key: EC (prime256v1)']),
    });
  });

  it.each<[string, () => KeyPair, string]>([
    ['has ended', () => authority.issue(here, distantPast, daysFromNow(-2.55)), 'tls-expired'],
    [
      'rests on one that has ended',
      () => authority.intermediate('Old', distantPast, daysFromNow(-2.55)).issue(here),
      'tls-expired',
    ],
  ])('is down with negative days and the fingerprint when the certificate %s', async (_what, make, reason) => {
    const pair = make();

    const seen = await lookAt(pair);

    expect(seen).toMatchObject({
      status: 'down',
      reason,
      message: expect.stringMatching(/^the certificate for localhost .*ended on \d{4}-\d\d-\d\d, 2 days ago/),
      measures: [{ name: 'days', value: -2.6, unit: 'days' }],
      fingerprint: parseCertificate(pair.cert)?.fingerprint256,
    });
  });

  it.each<[string, () => KeyPair, string]>([
    ['is not valid yet', () => authority.issue(here, daysFromNow(2)), 'tls-untrusted'],
    ['is self-signed', () => authority.selfSigned(here), 'tls-untrusted'],
    ['is for another name', () => authority.issue('DNS:other.example'), 'tls-name-mismatch'],
    ['has a weak key', () => authority.issue(here, undefined, undefined, { key: 'rsa:1024' }), 'tls-untrusted'],
  ])('is down when the certificate %s, and still tells which one it is', async (_what, make, reason) => {
    const pair = make();

    const seen = await lookAt(pair);

    expect(seen).toMatchObject({
      status: 'down',
      reason,
      measures: [{ name: 'days', value: expect.any(Number) }],
      fingerprint: parseCertificate(pair.cert)?.fingerprint256,
    });
    expect(seen.evidence.length).toBeGreaterThan(0);
  });

  it('asks for the name that is written, and judges the certificate by it', async () => {
    const asked: string[] = [];
    const options: ServerOptions = {
      ...authority.issue('DNS:www.example.com'),
      SNICallback: (name, done) => {
        asked.push(name);
        done(null);
      },
    };

    expect(await lookAt(options, { servername: 'www.example.com' }, '127.0.0.1')).toMatchObject({
      status: 'up',
      message: expect.stringContaining('the certificate for www.example.com ends'),
    });
    expect(await lookAt(options, { servername: 'other.example.com' }, '127.0.0.1')).toMatchObject({
      reason: 'tls-name-mismatch',
    });
    expect(asked).toEqual(['www.example.com', 'other.example.com']);
  });

  it('asks for an international name in its ASCII form', async () => {
    const pair = authority.issue('DNS:xn--mller-kva.example');

    expect(await lookAt(pair, { servername: 'müller.example' })).toMatchObject({ status: 'up' });
  });

  it.each([
    ['TLSv1.2', 'TLSv1.2', 'up', 'ok'],
    ['TLSv1.2', 'TLSv1.3', 'down', 'tls-handshake'],
    ['TLSv1.3', 'TLSv1.3', 'up', 'ok'],
    ['TLSv1.1', 'TLSv1.2', 'down', 'tls-handshake'],
  ] as const)('of a server that speaks at most %s, wanting %s, is %s', async (maxVersion, protocol, status, reason) => {
    const seen = await lookAt({ ...authority.issue(here), minVersion: 'TLSv1', maxVersion }, { protocol });

    expect(seen).toMatchObject({ status, reason });
    if (status === 'down') expect(seen.message).toContain(`speaks neither ${protocol} nor anything newer`);
  });

  it('does not blame the server for a CA file that is missing or holds no certificate', async () => {
    const pair = authority.issue(here);
    const empty = join(authority.folder, 'empty.pem');
    writeFileSync(empty, pair.key);

    expect(await lookAt(pair, { ca: '/nowhere/ca.pem' })).toMatchObject({
      status: 'unknown',
      message: 'the CA file /nowhere/ca.pem cannot be read (ENOENT)',
    });
    expect(await lookAt(pair, { ca: empty })).toMatchObject({
      status: 'unknown',
      message: `the CA file ${empty} holds no certificate in PEM form`,
    });
    expect(await lookAt(pair, { ca: authority.folder })).toMatchObject({
      status: 'unknown',
      message: expect.stringContaining('it is not a file'),
    });
  });
});

describeWith('/usr/bin/openssl', 'openssl', 'a TLS check of a server of another make', () => {
  async function lookAtOpenssl(pair: KeyPair, args: readonly string[], written: object = {}): Promise<Observation> {
    const file = (name: string, text: string) => {
      const path = join(authority.folder, name);
      writeFileSync(path, text);
      return path;
    };
    const port = await freePort();
    const files = [
      '-cert',
      file('peer.pem', pair.cert),
      '-cert_chain',
      file('chain.pem', pair.cert),
      '-key',
      file('peer.key', pair.key),
    ];
    const argv = ['/usr/bin/openssl', 's_server', '-www', '-accept', `127.0.0.1:${port}`, ...files, ...args] as const;
    await using _peer = await startPeer(argv as unknown as [string, ...string[]], () => listens(port));
    return await look(tls, `localhost:${port}`, { ca: authority.caFile, ...written });
  }

  const old = ['-cipher', 'DEFAULT@SECLEVEL=0'];

  it.each<[string, readonly string[], string, string]>([
    ['anything', [], 'up', 'ok'],
    ['TLSv1.2 alone', ['-tls1_2'], 'up', 'ok'],
    ['TLSv1.1 alone', ['-tls1_1', ...old], 'down', 'tls-handshake'],
    ['TLSv1 alone', ['-tls1', ...old], 'down', 'tls-handshake'],
    ['a cipher that nobody should', ['-tls1_2', '-cipher', 'NULL@SECLEVEL=0'], 'down', 'tls-handshake'],
    ['to clients with a certificate alone', ['-tls1_2', '-Verify', '1'], 'down', 'tls-handshake'],
  ])('that speaks %s %j is %s (%s)', async (_what, args, status, reason) => {
    expect(await lookAtOpenssl(authority.issue(here), args)).toMatchObject({ status, reason });
  });

  it('sees days and trust as that one’s own tools do', async () => {
    const pair = authority.intermediate('Middle').issue(here, distantPast, daysFromNow(40.05));
    const printed = execFileSync('/usr/bin/openssl', ['x509', '-noout', '-fingerprint', '-sha256'], {
      input: pair.cert,
    }).toString();

    const seen = await lookAtOpenssl(pair, []);

    expect(seen).toMatchObject({ status: 'up', measures: [{ value: 40 }, {}] });
    expect(printed).toContain(`Fingerprint=${seen.fingerprint}`);
  });

  it('says when the server knows no such name', async () => {
    const pair = authority.issue(here);
    const second = authority.issue('DNS:second.example');
    const files = ['-cert2', join(authority.folder, 'second.pem'), '-key2', join(authority.folder, 'second.key')] as const;
    writeFileSync(files[1], second.cert);
    writeFileSync(files[3], second.key);
    const args = ['-servername', 'second.example', '-servername_fatal', ...files];

    expect(await lookAtOpenssl(pair, args, { servername: 'second.example' })).toMatchObject({ status: 'up' });
    expect(await lookAtOpenssl(pair, args, { servername: 'third.example' })).toMatchObject({
      status: 'down',
      reason: 'tls-handshake',
      message: expect.stringContaining('knows no such name'),
    });
  });
});
