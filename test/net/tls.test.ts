import { connect } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Secured, secure } from '../../src/net/tls.ts';
import { type Authority, certificationAuthority } from './support/certificates.ts';
import { type Listening, tcpServer, tlsServer } from './support/servers.ts';

let authority: Authority;
beforeAll(() => {
  authority = certificationAuthority();
});
afterAll(() => authority[Symbol.dispose]());

const forLocalhost = 'DNS:localhost,IP:127.0.0.1';

async function shake(
  server: Listening,
  host = 'localhost',
  settings: { ca?: string; insecure?: boolean } = { ca: authority.ca },
): Promise<Secured> {
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => {});
  const result = await secure(socket, host, settings, AbortSignal.timeout(1500));
  if (result.ok) result.socket.destroy();
  socket.destroy();
  await vi.waitFor(() => expect(server.open()).toBe(0));
  return result;
}

async function shakeWith(options: TlsOptions, host?: string, settings?: { ca?: string; insecure?: boolean }): Promise<Secured> {
  await using server = await tlsServer(options, () => {});
  return await shake(server, host, settings);
}

describe('a TLS handshake', () => {
  it.each(['localhost', '127.0.0.1'])('succeeds with a certificate for %s of a trusted authority', async (host) => {
    expect(await shakeWith(authority.issue(forLocalhost), host)).toMatchObject({ ok: true });
  });

  it('names an expired certificate and its day', async () => {
    const result = await shakeWith(authority.issue(forLocalhost, '20200101000000Z', '20210203000000Z'));

    expect(result).toMatchObject({ ok: false, failure: 'tls-expired', text: expect.stringContaining('2021-02-03') });
  });

  it('names one that is not valid yet', async () => {
    const result = await shakeWith(authority.issue(forLocalhost, '20980101000000Z'));

    expect(result).toMatchObject({ failure: 'tls-untrusted', text: expect.stringContaining('not valid yet (from 2098-01-01)') });
  });

  it('names one for another host, and whom it is for', async () => {
    const result = await shakeWith(authority.issue('DNS:other.example,DNS:www.other.example'));

    expect(result).toMatchObject({
      failure: 'tls-name-mismatch',
      text: expect.stringContaining('other.example, www.other.example'),
    });
  });

  it('names a self-signed one', async () => {
    const result = await shakeWith(authority.selfSigned(forLocalhost), 'localhost', {});

    expect(result).toMatchObject({ failure: 'tls-untrusted', text: 'the certificate is self-signed' });
  });

  it('names an authority that is not trusted here', async () => {
    const result = await shakeWith(authority.issue(forLocalhost), 'localhost', {});

    expect(result).toMatchObject({ failure: 'tls-untrusted' });
  });

  it('accepts all of these when told so', async () => {
    expect(
      await shakeWith(authority.issue('DNS:other.example', '20200101000000Z', '20210203000000Z'), 'localhost', {
        insecure: true,
      }),
    ).toMatchObject({
      ok: true,
    });
  });

  it('says when the other side speaks no TLS', async () => {
    await using server = await tcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));

    expect(await shake(server)).toMatchObject({ failure: 'tls-handshake', text: expect.stringContaining('does not speak TLS') });
  });

  it('says when the versions do not fit', async () => {
    const options = {
      ...authority.issue(forLocalhost),
      maxVersion: 'TLSv1.1',
      minVersion: 'TLSv1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    } as const;

    expect(await shakeWith(options)).toMatchObject({ failure: 'tls-handshake' });
  });

  it.each([
    ['closed at once', (socket: { end(): void }) => socket.end()],
    ['reset', (socket: { resetAndDestroy(): void }) => socket.resetAndDestroy()],
  ])('fails when it is %s', async (_how, act) => {
    await using server = await tcpServer((socket) => socket.once('data', () => act(socket)));

    expect(await shake(server)).toMatchObject({ failure: 'tls-handshake' });
  });

  it('ends in time when the other side is silent', async () => {
    await using server = await tcpServer(() => {});
    const socket = connect(server.port, '127.0.0.1');

    const result = await secure(socket, 'localhost', {}, AbortSignal.timeout(100));

    expect(result).toMatchObject({ failure: 'timeout' });
    expect(socket.destroyed).toBe(true);
  });
});
