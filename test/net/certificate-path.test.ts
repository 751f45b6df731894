import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, rootCertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CertificatePath,
  certificatePath,
  dayOf,
  epochMs,
  firstToEnd,
  nameOf,
  namesOf,
} from '../../src/net/certificate-path.ts';
import { parseCertificate } from '../../src/net/pem.ts';
import { type Authority, certificationAuthority, daysFromNow, distantPast, type KeyPair } from './support/certificates.ts';
import { tlsServer } from './support/servers.ts';

let authority: Authority;
let older: Authority;
beforeAll(() => {
  authority = certificationAuthority();
  older = certificationAuthority(300, 'Older CA');
});
afterAll(() => {
  authority[Symbol.dispose]();
  older[Symbol.dispose]();
});

async function received(shown: KeyPair): Promise<X509Certificate> {
  await using server = await tlsServer(shown, () => {});
  const socket = connect({ port: server.port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const certificate = socket.getPeerX509Certificate();
  socket.destroy();
  return certificate ?? expect.fail('no certificate');
}

/** The authority's own key under a certificate of the older one, as servers send it for old clients. */
const crossSigned = (days: number) => signedBy(older, authority, 'Office CA', days);

/** A certificate of `signer` for the key of `holder`. */
function signedBy(signer: Authority, holder: Authority, name: string, days: number): string {
  const inFolder = { cwd: holder.folder, stdio: 'pipe' } as const;
  execFileSync('openssl', ['req', '-new', '-key', 'ca.key', '-out', 'cross.csr', '-subj', `/CN=${name}`], inFolder);
  const by = ['-CA', join(signer.folder, 'ca.pem'), '-CAkey', join(signer.folder, 'ca.key'), '-set_serial', '7'];
  execFileSync('openssl', ['x509', '-req', '-in', 'cross.csr', ...by, '-days', String(days), '-out', 'cross.pem'], inFolder);
  return readFileSync(join(holder.folder, 'cross.pem'), 'utf8');
}

const names = (path: CertificatePath) => path.map(({ of }) => nameOf(of));

describe('the path of a certificate', () => {
  it('ends at the first root that is trusted: what is sent beyond carries nothing', async () => {
    const middle = authority.intermediate('Middle');
    const pair = middle.issue('DNS:localhost');
    const certificate = await received({ ...pair, cert: pair.cert + crossSigned(5) });

    expect(names(certificatePath(certificate, authority.ca))).toEqual(['server', 'Middle', 'Office CA']);
    expect(nameOf(firstToEnd(certificatePath(certificate, authority.ca)).of)).not.toBe('Office CA');
    expect(names(certificatePath(certificate, older.ca))).toEqual(['server', 'Middle', 'Office CA', 'Older CA']);
    expect(nameOf(firstToEnd(certificatePath(certificate, older.ca)).of)).toBe('Office CA');
  });

  it('goes as far as it can be seen where no root is known', async () => {
    const pair = authority.intermediate('Middle').issue('DNS:localhost');

    expect(names(certificatePath(await received({ ...pair, cert: pair.cert + authority.ca })))).toEqual([
      'server',
      'Middle',
      'Office CA',
    ]);
    expect(names(certificatePath(await received(pair)))).toEqual(['server', 'Middle']);
  });

  it('of a root that is trusted is that root alone', () => {
    const root = new X509Certificate(rootCertificates[0] ?? expect.fail('no root'));

    expect(certificatePath(root)).toEqual([{ of: root, endsAt: root.validToDate.getTime() }]);
  });

  it('takes the one that lasts longest of two intermediate ones that both fit', async () => {
    const pair = authority.issue('DNS:localhost', distantPast, daysFromNow(9));
    const twice = pair.cert + crossSigned(2) + crossSigned(60);

    const path = certificatePath(await received({ ...pair, cert: twice }));

    expect(names(path)).toEqual(['server', 'Office CA']);
    expect(firstToEnd(path)).toBe(path[0]);
  });

  it('ends at a root, not at an intermediate one that is named beside it', async () => {
    using brief = certificationAuthority(5, 'Brief CA');
    const middle = brief.intermediate('Middle');
    const pair = middle.issue('DNS:localhost');
    const alone = { ...pair, cert: pair.cert.replace(middle.pem, '') };

    for (const ca of [brief.ca + middle.pem, middle.pem + brief.ca]) {
      const path = certificatePath(await received(alone), ca);

      expect(names(path)).toEqual(['server', 'Middle', 'Brief CA']);
      expect(nameOf(firstToEnd(path).of)).toBe('Brief CA');
      expect(names(certificatePath(await received(pair), ca))).toEqual(['server', 'Middle', 'Brief CA']);
    }
    expect(names(certificatePath(await received(pair), middle.pem))).toEqual(['server', 'Middle']);
  });

  it('goes through what is named before what is sent, as the handshake does', async () => {
    const pair = authority.issue('DNS:localhost');

    const path = certificatePath(await received({ ...pair, cert: pair.cert + crossSigned(60) }), older.ca + crossSigned(2));

    expect(names(path)).toEqual(['server', 'Office CA', 'Older CA']);
    expect(firstToEnd(path).endsAt - Date.now()).toBeLessThan(2 * 86_400_000);
  });

  it('ends where certificates have issued each other', async () => {
    const circle = crossSigned(9) + signedBy(authority, older, 'Older CA', 9);
    const pair = authority.issue('DNS:localhost');

    expect(names(certificatePath(await received(pair), circle))).toEqual(['server', 'Office CA', 'Older CA']);
    expect(names(certificatePath(await received({ ...pair, cert: pair.cert + circle })))).toEqual([
      'server',
      'Office CA',
      'Older CA',
    ]);
  });
});

describe('the name of a certificate', () => {
  it.each([
    ['C=DE\nO=Kanzlei Sommer\nCN=Office CA', 'Office CA'],
    ['C=DE\nO=Kanzlei Sommer', 'Kanzlei Sommer'],
    ['C=DE\nL=Bonn', 'C=DE, L=Bonn'],
    ['', 'an unnamed holder'],
  ])('with subject %j is %s', (subject, name) => {
    expect(nameOf({ subject })).toBe(name);
  });
});

it('tells for which names a certificate is, else whose', () => {
  const named = parseCertificate(authority.issue('DNS:localhost,IP:127.0.0.1').cert) ?? expect.fail('unreadable');
  const root = parseCertificate(authority.ca) ?? expect.fail('unreadable');

  expect([named, root].map(namesOf)).toEqual(['localhost, 127.0.0.1', 'Office CA']);
});

it('writes days in UTC', () => {
  expect(dayOf(Date.UTC(2026, 11, 3, 23, 59))).toBe('2026-12-03');
});

it('takes an end that cannot be read for over', () => {
  expect(epochMs(new Date(Number.NaN))).toBe(0);
});
