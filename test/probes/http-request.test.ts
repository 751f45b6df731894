import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Observation } from '../../src/core/observation.ts';
import { type Secret, secret } from '../../src/lib/secret.ts';
import { http } from '../../src/probes/http.ts';
import { type Authority, certificationAuthority, type KeyPair } from '../net/support/certificates.ts';
import { tlsServer } from '../net/support/servers.ts';
import { look, optionsOf } from './support/look.ts';
import { type Site, site } from './support/site.ts';

describe('the target of a web check', () => {
  it.each<[string | Secret | null, string | null, string]>([
    ['https://www.kanzlei.example/login', null, 'https://www.kanzlei.example/login'],
    ['HTTP://x.example', null, 'HTTP://x.example'],
    [null, 'nas', 'http://nas/'],
    [null, '2001:db8::1', 'http://[2001:db8::1]/'],
    ['https://anna:pw@x.example/a?b=c#d', null, 'https://x.example/a?b=c'],
    [secret('https://x.example:8443/path?token=canary'), null, 'https://x.example:8443'],
  ])('%s with host %s is shown as %s', (typed, host, shown) => {
    expect(http.describe(optionsOf(http, typed, {}, host))).toBe(shown);
  });

  it.each([null, 'www.kanzlei.example', 'ftp://x.example', ['https://x.example'], 5, 'http://', 'https://a b/'])(
    'cannot be %j',
    (typed) => {
      expect(() => optionsOf(http, typed)).toThrow(/a URL such as https:/);
    },
  );

  it('suggests https where the scheme is missing', () => {
    expect(() => optionsOf(http, 'www.kanzlei.example')).toThrow(/did you mean https:\/\/www\.kanzlei\.example\?/);
  });
});

describe('a web request', () => {
  it('carries method, headers, body and who asks', async () => {
    let received = '';
    await using server = await site((request, response) => {
      request.on('data', (chunk) => {
        received += chunk;
      });
      request.on('end', () => response.end());
    });

    await look(http, server.url, {
      method: 'POST',
      headers: { 'X-Api-Key': secret('key'), 'content-type': 'text/plain' },
      body: 'größer',
    });

    const [request] = server.requests;
    expect(received).toBe('größer');
    expect(request).toMatchObject({
      method: 'POST',
      headers: { 'x-api-key': 'key', 'content-type': 'text/plain', 'user-agent': 'incidentd' },
    });
    expect(request?.headers.authorization).toBeUndefined();
  });

  it('lets the admin name another user agent', async () => {
    await using server = await site((_request, response) => response.end());

    await look(http, server.url, { headers: { 'user-agent': 'Mozilla/5.0' } });

    expect(server.requests[0]?.headers['user-agent']).toBe('Mozilla/5.0');
  });

  it.each<[object, string]>([
    [{ auth: { user: 'anna', password: secret('pass:word') } }, `Basic ${Buffer.from('anna:pass:word').toString('base64')}`],
    [{ token: secret('abc') }, 'Bearer abc'],
  ])('proves who it is with %j', async (written, authorization) => {
    await using server = await site((_request, response) => response.end());

    await look(http, server.url, written);

    expect(server.requests[0]?.headers.authorization).toBe(authorization);
  });

  it('takes user and password from the URL and keeps them out of everything shown', async () => {
    await using server = await site((_request, response) => response.writeHead(500).end());
    const url = server.url.replace('//', '//anna:p%40ss@');

    const seen = await look(http, url);

    expect(server.requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from('anna:p@ss').toString('base64')}`);
    expect(JSON.stringify(seen)).not.toMatch(/anna|p%40ss|p@ss/);
    expect(http.describe(optionsOf(http, url))).toBe(server.url);
  });

  it('uses no proxy from the environment', async () => {
    vi.stubEnv('http_proxy', 'http://127.0.0.1:1');
    vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:1');

    await using server = await site((_request, response) => response.end());

    expect(await look(http, server.url)).toMatchObject({ status: 'up' });
    vi.unstubAllEnvs();
  });

  it('opens a connection of its own for each look', async () => {
    const ports = new Set<number | undefined>();
    await using server = await site((request, response) => {
      ports.add(request.socket.remotePort);
      response.end();
    });

    await look(http, server.url);
    await look(http, server.url);

    expect(ports.size).toBe(2);
  });

  it('is not made with a header that HTTP cannot carry', async () => {
    await using server = await site((_request, response) => response.end());

    const seen = await look(http, server.url, { headers: { 'X-Key': secret('line one\nline two: canary') } });

    expect(JSON.stringify(seen)).not.toContain('canary');
    expect(seen.status).not.toBe('down');
  });
});

describe('redirects of a web check', () => {
  function redirecting(to: (port: number) => string, status = 302): Promise<Site> {
    return site((request, response) => {
      if (request.url !== '/') response.end('arrived');
      else response.writeHead(status, { Location: to((request.socket.address() as AddressInfo).port) }).end();
    });
  }

  it('are followed on the same host', async () => {
    await using server = await redirecting(() => '/login');

    const seen = await look(http, server.url, { expect: { status: 200, body: 'arrived' }, token: 'abc' });

    expect(seen).toMatchObject({
      status: 'up',
      evidence: [expect.anything(), expect.stringMatching(/after 1 redirects at .*\/login$/)],
    });
    expect(server.requests[1]?.headers.authorization).toBe('Bearer abc');
  });

  it('are not followed when the admin wants to see them', async () => {
    await using server = await redirecting(() => '/login');

    expect(await look(http, server.url, { redirects: 0, expect: { status: 302 } })).toMatchObject({ status: 'up' });
    expect(server.requests.length).toBe(1);
  });

  it('to another host are not followed, and the message says so', async () => {
    await using other = await site((_request, response) => response.end());
    await using server = await redirecting(() => `http://127.0.0.1:${other.port}/`);

    const seen = await look(http, server.url);

    expect(seen).toMatchObject({
      status: 'up',
      message: expect.stringContaining('a redirect to another host (127.0.0.1) that is not followed'),
    });
    expect(other.requests.length).toBe(0);
  });

  it('to a listed host are followed, without headers, credentials and body', async () => {
    await using other = await site((_request, response) => response.end('arrived'));
    await using server = await redirecting(() => `http://127.0.0.1:${other.port}/`, 307);
    const written = {
      method: 'POST',
      body: 'canary',
      token: 'canary',
      headers: { 'X-Api-Key': 'canary' },
      allow_hosts: ['127.0.0.1'],
      expect: { body: 'arrived' },
    };

    const seen = await look(http, server.url, written);

    expect(seen).toMatchObject({ status: 'up' });
    expect(JSON.stringify(other.requests[0]?.headers)).not.toContain('canary');
    expect(other.requests[0]?.headers['content-length'] ?? '0').toBe('0');
  });

  it('keep credentials from another port of the same host', async () => {
    await using other = await site((_request, response) => response.end());
    await using server = await redirecting(() => `http://localhost:${other.port}/`);

    await look(http, server.url, { token: 'canary' });

    expect(other.requests[0]?.headers.authorization).toBeUndefined();
  });

  it('in a circle are down', async () => {
    await using server = await redirecting(() => '/');

    expect(await look(http, server.url)).toMatchObject({
      status: 'down',
      reason: 'http-status',
      message: expect.stringContaining('redirects in a circle, or more than 5 times'),
    });
    expect(server.requests.length).toBe(6);
  });

  it('to a file are not followed', async () => {
    await using server = await redirecting(() => 'file:///etc/passwd');

    expect(await look(http, server.url, { expect: { body: 'root:' } })).toMatchObject({
      reason: 'content',
      message: expect.stringContaining('a redirect to a file: address that is not followed'),
    });
  });
});

describe('a web check behind TLS', () => {
  let authority: Authority;
  beforeAll(() => {
    authority = certificationAuthority();
  });
  afterAll(() => authority[Symbol.dispose]());

  async function behind(pair: KeyPair, written: object): Promise<Observation> {
    await using server = await site((_request, response) => response.end('Anmelden'), pair);
    return await look(http, server.url, { expect: { body: 'Anmelden' }, ...written });
  }

  it('trusts the authority that the admin names', async () => {
    expect(await behind(authority.issue('DNS:localhost'), { ca: authority.caFile })).toMatchObject({ status: 'up' });
  });

  it('says when that file is missing, which is not the site’s fault', async () => {
    expect(await behind(authority.issue('DNS:localhost'), { ca: '/nowhere/ca.pem' })).toMatchObject({
      status: 'unknown',
      message: 'the CA file /nowhere/ca.pem cannot be read (ENOENT)',
    });
  });

  it.each<[string, string, () => KeyPair]>([
    ['expired', 'tls-expired', () => authority.issue('DNS:localhost', '20200101000000Z', '20210203000000Z')],
    ['of another name', 'tls-name-mismatch', () => authority.issue('DNS:other.example')],
    ['self-signed', 'tls-untrusted', () => authority.selfSigned('DNS:localhost')],
  ])('with a certificate that is %s is down: %s', async (_what, reason, pair) => {
    expect(await behind(pair(), { ca: authority.caFile })).toMatchObject({ status: 'down', reason });
  });

  it('accepts any certificate only where that is written', async () => {
    const pair = authority.selfSigned('DNS:other.example');

    expect(await behind(pair, { insecure: true })).toMatchObject({ status: 'up' });
    expect(await behind(pair, {})).toMatchObject({ reason: 'tls-untrusted' });
  });

  it('says when the port speaks plain HTTP', async () => {
    await using server = await site((_request, response) => response.end());

    expect(await look(http, server.url.replace('http:', 'https:'))).toMatchObject({ reason: 'tls-handshake' });
  });

  it('says when the server wants a certificate of ours', async () => {
    const options = { ...authority.issue('DNS:localhost'), requestCert: true, rejectUnauthorized: true };
    await using server = await tlsServer(options, () => {});

    const seen = await look(http, `https://localhost:${server.port}/`, { ca: authority.caFile });

    expect(seen).toMatchObject({
      status: 'down',
      reason: 'tls-handshake',
      message: expect.stringContaining('CERTIFICATE_REQUIRED'),
    });
  });

  it('is followed to from http on the same host only as any other port', async () => {
    await using secureSite = await site((_request, response) => response.end('Anmelden'), authority.issue('DNS:localhost'));
    await using plain = await site((_request, response) => response.writeHead(301, { Location: secureSite.url }).end());

    expect(await look(http, plain.url, { ca: authority.caFile, expect: { status: 200 } })).toMatchObject({ status: 'up' });
  });
});
