import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificateFailure } from '../../src/net/certificate-failure.ts';
import { parseCertificate } from '../../src/net/pem.ts';
import { type Secured, secure, type TlsSettings } from '../../src/net/tls.ts';
import { type Authority, certificationAuthority, distantPast, type KeyPair } from './support/certificates.ts';
import { tlsServer } from './support/servers.ts';

let authority: Authority;
beforeAll(() => {
  authority = certificationAuthority();
});
afterAll(() => authority[Symbol.dispose]());

const past = '20210203000000Z';
const here = 'DNS:localhost';
const elsewhere = 'DNS:other.example';

async function shake(shown: KeyPair, settings: TlsSettings = { ca: authority.ca }): Promise<Secured> {
  await using server = await tlsServer({ ...shown, ciphers: 'DEFAULT@SECLEVEL=0' }, () => {});
  const socket = connect(server.port, '127.0.0.1');
  return await secure(socket, 'localhost', settings, AbortSignal.timeout(1500));
}

describe('a certificate with one fault', () => {
  it.each<[string, () => KeyPair, TlsSettings | undefined, string, RegExp]>([
    [
      'ended',
      () => authority.issue(here, distantPast, past),
      undefined,
      'tls-expired',
      /^the certificate expired on 2021-02-03$/,
    ],
    [
      'resting on one that has ended',
      () => authority.intermediate('Old', distantPast, past).issue(here),
      undefined,
      'tls-expired',
      /^the certificate rests on that of Old, which expired on 2021-02-03 \(its own end: 2099-01-01\)$/,
    ],
    [
      'not valid yet',
      () => authority.issue(here, '20980101000000Z'),
      undefined,
      'tls-untrusted',
      /not valid yet \(from 2098-01-01\)/,
    ],
    [
      'resting on one that is not valid yet',
      () => authority.intermediate('New', '20980101000000Z').issue(here),
      undefined,
      'tls-untrusted',
      /rests on one that is not valid yet/,
    ],
    ['self-signed', () => authority.selfSigned(here), {}, 'tls-untrusted', /^the certificate is self-signed$/],
    ['of an unknown authority', () => authority.issue(here), {}, 'tls-untrusted', /cannot be traced to a trusted authority/],
    [
      'of an unknown authority that is shown as well',
      () => {
        const pair = authority.issue(here);
        return { ...pair, cert: pair.cert + authority.ca };
      },
      {},
      'tls-untrusted',
      /authority is not a trusted one/,
    ],
    [
      'without its intermediate one',
      () => {
        const middle = authority.intermediate('Middle');
        const pair = middle.issue(here);
        return { ...pair, cert: pair.cert.replace(middle.pem, '') };
      },
      undefined,
      'tls-untrusted',
      /the server may not send the intermediate one/,
    ],
    [
      'for another name',
      () => authority.issue(elsewhere),
      undefined,
      'tls-name-mismatch',
      /^the certificate is for other.example, not/,
    ],
    [
      'with a weak key',
      () => authority.issue(here, undefined, undefined, { key: 'rsa:1024' }),
      undefined,
      'tls-untrusted',
      /key is too weak \(RSA with 1024 bit\)/,
    ],
    [
      'with a weak signature',
      () => authority.issue(here, undefined, undefined, { digest: 'sha1' }),
      undefined,
      'tls-untrusted',
      /signature is too weak \(ecdsa-with-SHA1\)/,
    ],
  ])('%s: it is named, and the certificate handed out', async (_fault, make, settings, failure, text) => {
    const pair = make();

    const result = await shake(pair, settings);

    expect(result).toMatchObject({ ok: false, failure, text: expect.stringMatching(text) });
    expect(result.ok ? null : result.certificate?.fingerprint256).toBe(parseCertificate(pair.cert)?.fingerprint256);
  });
});

describe('of several faults the most telling one counts', () => {
  it.each<[string, () => KeyPair, TlsSettings | undefined, string, RegExp]>([
    [
      'another name before an end: it is not the certificate that was meant',
      () => authority.issue(elsewhere, distantPast, past),
      undefined,
      'tls-name-mismatch',
      /for other.example, not for this name; besides, the certificate expired/,
    ],
    [
      'another name before an unknown authority',
      () => authority.issue(elsewhere),
      {},
      'tls-name-mismatch',
      /besides, the certificate cannot be traced/,
    ],
    [
      'self-signed before another name, which proves nothing',
      () => authority.selfSigned(elsewhere),
      {},
      'tls-untrusted',
      /is self-signed; it is for other.example/,
    ],
    [
      'an end before self-signed',
      () => authority.selfSigned(here, distantPast, past),
      {},
      'tls-expired',
      /expired on 2021-02-03/,
    ],
    ['an end before an unknown authority', () => authority.issue(here, distantPast, past), {}, 'tls-expired', /expired on/],
  ])('%s', async (_rule, make, settings, failure, text) => {
    expect(await shake(make(), settings)).toMatchObject({ failure, text: expect.stringMatching(text) });
  });
});

it('takes any code that it does not know for a chain that cannot be trusted', () => {
  const certificate = parseCertificate(authority.ca) ?? expect.fail('no certificate');

  expect(certificateFailure({ code: 'SOMETHING_NEW', certificate, isForName: true, now: Date.now() })).toMatchObject({
    failure: 'tls-untrusted',
    text: expect.stringContaining('SOMETHING_NEW'),
  });
});
