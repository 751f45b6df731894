import type { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectPlain } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificateFailure } from '../../../src/net/certificate-failure.ts';
import { parseCertificate } from '../../../src/net/pem.ts';
import { daysLeft, ends, keyOf, observeCertificate, observeEndedCertificate } from '../../../src/probes/support/certificate.ts';
import { oneLine } from '../../../src/texts/clean.ts';
import {
  type Authority,
  certificationAuthority,
  daysFromNow,
  distantPast,
  type KeyPair,
} from '../../net/support/certificates.ts';
import { tlsServer } from '../../net/support/servers.ts';

let authority: Authority;
beforeAll(() => {
  authority = certificationAuthority();
});
afterAll(() => authority[Symbol.dispose]());

const forLocalhost = 'DNS:localhost,DNS:www.localhost';
const now = Date.now();

/** The certificate as a client gets it from a server that shows `shown`. */
async function received(shown: KeyPair): Promise<X509Certificate> {
  await using server = await tlsServer(shown, () => {});
  const plain = connectPlain(server.port, '127.0.0.1');
  const socket: TLSSocket = connect({ socket: plain, servername: 'localhost', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const certificate = socket.getPeerX509Certificate();
  socket.destroy();
  return certificate ?? expect.fail('no certificate');
}

const view = () => ({ name: 'localhost', now, ca: authority.ca });

describe('the observation about a certificate', () => {
  it('tells how many days it has left, whose it is, and which one it is', async () => {
    const certificate = await received(authority.issue(forLocalhost, distantPast, daysFromNow(9.55)));

    const seen = observeCertificate(certificate, view());

    expect(seen).toMatchObject({
      status: 'up',
      reason: 'ok',
      message: expect.stringMatching(/^the certificate for localhost ends on \d{4}-\d\d-\d\d, in 9 days$/),
      measures: [{ name: 'days', value: 9.5, unit: 'days' }],
      fingerprint: certificate.fingerprint256,
    });
    expect(seen.evidence).toEqual(['certificate for localhost, www.localhost', 'issued by Office CA, valid from 2020-01-01']);
  });

  it('counts to the end of an intermediate one that ends sooner, and names it', async () => {
    const soon = authority.intermediate('Office Intermediate', distantPast, daysFromNow(5.55));
    const certificate = await received(soon.issue(forLocalhost, distantPast, daysFromNow(20.05)));

    expect(observeCertificate(certificate, view())).toMatchObject({
      status: 'up',
      message: expect.stringMatching(/rests on that of Office Intermediate, which ends on .*, in 5 days \(its own end: .*\)$/),
      measures: [{ value: 5.5 }],
      fingerprint: certificate.fingerprint256,
    });
  });

  it('counts to the end of the trusted root, which no server sends', async () => {
    using brief = certificationAuthority(30);
    const certificate = await received(brief.issue(forLocalhost));

    const seen = observeCertificate(certificate, { ...view(), ca: brief.ca });

    expect(seen.message).toMatch(/rests on that of Office CA, which ends on .*, in (29|30) days \(its own end: 2099-01-01\)$/);
  });

  it('counts to the end of the root also where an intermediate one is named beside it', async () => {
    using brief = certificationAuthority(5);
    const middle = brief.intermediate('Middle');
    const certificate = await received(middle.issue(forLocalhost, distantPast, daysFromNow(99.95)));

    for (const ca of [brief.ca, brief.ca + middle.pem]) {
      expect(observeCertificate(certificate, { ...view(), now: Date.now(), ca }).measures).toMatchObject([
        { name: 'days', value: 4.9 },
      ]);
    }
  });

  it('leaves out what the server sends without need: others, and those beyond a trusted root', async () => {
    const other = authority.intermediate('Other', distantPast, daysFromNow(2));
    const pair = authority.issue(forLocalhost, distantPast, daysFromNow(20.05));
    const crossed = await received({ ...pair, cert: pair.cert + other.pem + authority.ca });

    expect(observeCertificate(crossed, view())).toMatchObject({
      message: expect.stringMatching(/^the certificate for localhost ends/),
    });
  });

  it('finds the way through certificates that are sent in the wrong order', async () => {
    const middle = authority.intermediate('Middle', distantPast, daysFromNow(7.5));
    const other = authority.intermediate('Other', distantPast, daysFromNow(2));
    const pair = middle.issue(forLocalhost, distantPast, daysFromNow(20.05));
    const [own = ''] = pair.cert.split(middle.pem);
    const certificate = await received({ ...pair, cert: own + authority.ca + other.pem + middle.pem });

    expect(observeCertificate(certificate, view()).message).toContain('that of Middle');
  });

  it('is not troubled by an intermediate one that has ended where the trust does not rest on it', async () => {
    const old = authority.intermediate('Old', distantPast, '20210101000000Z');
    const certificate = await received(old.issue(forLocalhost, distantPast, daysFromNow(20.05)));

    expect(observeCertificate(certificate, view())).toMatchObject({ status: 'up', measures: [{ value: 20 }] });
  });

  it('is down with negative days when it has ended', async () => {
    const certificate = await received(authority.issue(forLocalhost, distantPast, daysFromNow(-2.55)));

    const seen = observeCertificate(certificate, view());

    expect(seen).toMatchObject({
      status: 'down',
      reason: 'tls-expired',
      message: expect.stringMatching(/^the certificate for localhost ended on .*, 2 days ago$/),
      measures: [{ name: 'days', value: -2.6 }],
      fingerprint: certificate.fingerprint256,
    });
    expect(observeEndedCertificate(certificate, view())).toEqual(seen);
  });

  it('names the intermediate one that has ended where the trust failed for it', async () => {
    const old = authority.intermediate('Old', distantPast, daysFromNow(-3.55));
    const certificate = await received(old.issue(forLocalhost));

    expect(observeEndedCertificate(certificate, view())).toMatchObject({
      status: 'down',
      reason: 'tls-expired',
      message: expect.stringMatching(/rests on that of Old, which ended on .*, 3 days ago/),
      measures: [{ value: -3.6 }],
    });
  });
});

describe('a certificate made up by somebody who means harm', () => {
  it('never makes a look fail: whatever can be read is told, in clean words', () => {
    const bytes = parseCertificate(authority.intermediate('Middle').issue(forLocalhost).cert)?.raw ?? expect.fail('unreadable');
    let readable = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      for (const value of [0x00, 0x0a, 0x1b, 0x7f, 0xff, (bytes[at] ?? 0) ^ 1, (bytes[at] ?? 0) ^ 0x20]) {
        const changed = Buffer.from(bytes);
        changed[at] = value;
        const certificate = parseCertificate(changed);
        if (certificate === null) continue;
        readable += 1;
        for (const seen of [observeCertificate(certificate, view()), observeEndedCertificate(certificate, view())]) {
          expect([seen.message, ...seen.evidence].map((text) => oneLine(text))).toEqual([seen.message, ...seen.evidence]);
          expect(Number.isFinite(seen.measures[0]?.value)).toBe(true);
        }
        const code = readable % 2 === 0 ? 'UNSPECIFIED' : 'CERT_HAS_EXPIRED';
        certificateFailure({ code, certificate, isForName: false, now });
        keyOf(certificate);
      }
    }
    expect(readable).toBeGreaterThan(1000);
  });
});

describe('the days that are left', () => {
  it.each([
    [14 * 86_400_000, 14],
    [14 * 86_400_000 - 1, 13.9],
    [1, 0],
    [-1, -0.1],
  ])('of %i ms are %f', (ms, days) => {
    expect(daysLeft(now + ms, now)).toEqual({ name: 'days', value: days, unit: 'days' });
  });

  it.each([
    [9.9, 'in 9 days'],
    [2, 'in 2 days'],
    [1.9, 'in 45 hours'],
    [0.05, 'in 1 hour'],
    [0.01, 'in less than an hour'],
    [-0.01, 'less than an hour ago'],
    [-3, '3 days ago'],
  ])('read well: %f days are %s', (days, words) => {
    expect(ends(now + days * 86_400_000, now)).toContain(words);
  });
});
