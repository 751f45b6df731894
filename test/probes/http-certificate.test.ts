import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Observation } from '../../src/core/observation.ts';
import { secret } from '../../src/lib/secret.ts';
import { parseCertificate } from '../../src/net/pem.ts';
import { http } from '../../src/probes/http.ts';
import { type Authority, certificationAuthority, daysFromNow, distantPast, type KeyPair } from '../net/support/certificates.ts';
import { closedPort, tcpServer, tlsServer } from '../net/support/servers.ts';
import { look, optionsOf } from './support/look.ts';
import { site } from './support/site.ts';

let authority: Authority;
beforeAll(() => {
  authority = certificationAuthority();
});
afterAll(() => authority[Symbol.dispose]());

const forLocalhost = 'DNS:localhost';

function lasting(days: number): KeyPair {
  return authority.issue(forLocalhost, distantPast, daysFromNow(days + 0.05));
}

async function behind(pair: KeyPair, written: object = {}): Promise<Observation> {
  await using server = await site((_request, response) => response.end('Anmelden'), pair);
  return await look(http, server.url, { ca: authority.caFile, ...written });
}

describe('the certificate that a web check watches', () => {
  it.each<[string, object, string | null]>([
    ['https://www.example.com/login', {}, 'www.example.com:443'],
    ['https://WWW.Example.com:8443/', {}, 'www.example.com:8443'],
    ['https://user:password@[::1]/', {}, '[::1]:443'],
    ['http://www.example.com/', {}, null],
    ['http://www.example.com:443/', {}, null],
    ['https://www.example.com/', { certificate: 'off' }, null],
    ['https://www.example.com/', { insecure: true }, null],
  ])('of %s with %j is that of %s', (url, written, expected) => {
    expect(http.certificate?.(optionsOf(http, url, written))).toBe(expected);
  });

  it('of a secret URL is that of its host, which is shown anyway', () => {
    expect(http.certificate?.(optionsOf(http, secret('https://hook.example/token')))).toBe('hook.example:443');
  });
});

describe('what a web check says about the certificate', () => {
  it('is an observation of its own beside the answer', async () => {
    const pair = lasting(9);

    const seen = await behind(pair);

    expect(seen).toMatchObject({ status: 'up', message: expect.stringContaining('HTTP 200') });
    expect(seen.measures.map(({ name }) => name)).toEqual(['time', 'size']);
    expect(seen.fingerprint).toBeUndefined();
    expect(seen.certificate).toMatchObject({
      status: 'up',
      message: expect.stringMatching(/^the certificate for localhost ends on .*, in 9 days$/),
      measures: [{ name: 'days', value: 9, unit: 'days' }],
      fingerprint: parseCertificate(pair.cert)?.fingerprint256,
    });
  });

  it('is there although the answer is a bad one, or none comes', async () => {
    const pair = lasting(9);
    await using silent = await tlsServer(pair, () => {});
    const url = `https://localhost:${silent.port}/`;

    const wrong = await behind(pair, { expect: { body: 'Willkommen' } });
    const none = await look(http, url, { ca: authority.caFile }, { timeoutMs: 500 });

    expect(wrong).toMatchObject({ status: 'down', reason: 'content', certificate: { status: 'up', measures: [{ value: 9 }] } });
    expect(none).toMatchObject({ status: 'down', reason: 'timeout', certificate: { status: 'up', measures: [{ value: 9 }] } });
  });

  it('is down, as the page is, when the certificate has ended', async () => {
    const pair = authority.issue(forLocalhost, distantPast, daysFromNow(-2.55));

    expect(await behind(pair)).toMatchObject({
      status: 'down',
      reason: 'tls-expired',
      certificate: {
        status: 'down',
        reason: 'tls-expired',
        message: expect.stringMatching(/ended on .*, 2 days ago$/),
        measures: [{ name: 'days', value: -2.6 }],
        fingerprint: parseCertificate(pair.cert)?.fingerprint256,
      },
    });
  });

  it.each<[string, string, () => KeyPair]>([
    ['is for another name', 'tls-name-mismatch', () => authority.issue('DNS:other.example')],
    ['is not trusted', 'tls-untrusted', () => authority.selfSigned(forLocalhost)],
    [
      'is for another name and has ended',
      'tls-name-mismatch',
      () => authority.issue('DNS:x.example', distantPast, daysFromNow(-1)),
    ],
  ])('is nothing when it %s: it may be somebody else’s', async (_what, reason, make) => {
    const seen = await behind(make());

    expect(seen).toMatchObject({ status: 'down', reason });
    expect(seen).not.toHaveProperty('certificate');
  });

  it('is nothing when it is not watched, when there is none, and when the look ends before', async () => {
    await using plain = await site((_request, response) => response.end());
    await using noTls = await tcpServer((socket) => socket.end('220 hello\r\n'));
    const seen = [
      await behind(lasting(9), { certificate: 'off' }),
      await behind(lasting(9), { insecure: true }),
      await look(http, plain.url),
      await look(http, `https://localhost:${noTls.port}/`),
      await look(http, `https://localhost:${await closedPort()}/`),
    ];

    expect(seen.map(({ status }) => status)).toEqual(['up', 'up', 'up', 'down', 'down']);
    for (const one of seen) expect(one).not.toHaveProperty('certificate');
  });

  it('is that of the first host, not of where a redirect leads', async () => {
    const pair = lasting(9);
    await using end = await site((_request, response) => response.end(), lasting(90));
    await using first = await site((_request, response) => response.writeHead(302, { Location: end.url }).end(), pair);
    await using plain = await site((_request, response) => response.writeHead(302, { Location: end.url }).end());

    const seen = await look(http, first.url, { ca: authority.caFile });

    expect(seen).toMatchObject({ status: 'up', certificate: { measures: [{ value: 9 }] } });
    expect(await look(http, plain.url, { ca: authority.caFile })).not.toHaveProperty('certificate');
  });

  it('stays that of the first host when the second cannot be reached', async () => {
    const gone = `https://localhost:${await closedPort()}/`;
    await using first = await site((_request, response) => response.writeHead(302, { Location: gone }).end(), lasting(9));

    expect(await look(http, first.url, { ca: authority.caFile })).toMatchObject({
      status: 'down',
      reason: 'port-closed',
      certificate: { status: 'up', measures: [{ value: 9 }] },
    });
  });
});
