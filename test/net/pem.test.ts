import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCertificate, readCertificates } from '../../src/net/pem.ts';
import { type Authority, certificationAuthority, type KeyPair } from './support/certificates.ts';

let authority: Authority;
let pair: KeyPair;
beforeAll(() => {
  authority = certificationAuthority();
  pair = authority.issue('DNS:localhost');
});
afterAll(() => authority[Symbol.dispose]());

const fingerprint = (text: string) => parseCertificate(text)?.fingerprint256;

describe('the certificates of a text', () => {
  it('are found among keys and words, in their order', () => {
    const { key, cert } = pair;

    const { certificates, complaint } = readCertificates(
      `words\r\n${key}${cert.replaceAll('\n', '\r\n')}a -----BEGIN CERTIFICATE----- of ours:\n${authority.ca}end`,
    );

    expect(complaint).toBeNull();
    expect(certificates.map(({ fingerprint256 }) => fingerprint256)).toEqual([fingerprint(cert), fingerprint(authority.ca)]);
  });

  it('are none in a text without any, of whatever length', () => {
    for (const text of ['', 'hello', pair.key, ' '.repeat(1_048_576), '-----BEGIN '.repeat(95_000)]) {
      expect(readCertificates(text)).toEqual({ certificates: [], complaint: null });
    }
  });

  it.each<[string, (text: string) => string]>([
    ['cannot be read', (text) => text.replace(/\n[A-Za-z0-9+/]{20}/, '\n')],
    ['cannot be read', (text) => text.replace(/\n[A-Za-z0-9]/, '\n!')],
    ['cannot be read', (text) => `-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----\n${text}`],
    ['breaks off', (text) => text.replace(/-----END.*\n/, '')],
    ['is indented', (text) => text.replaceAll(/^/gm, '  ')],
    ['stands behind a byte order mark', (text) => `\u00EF\u00BB\u00BF${text}`],
  ])('end at the first that %s', (why, spoil) => {
    const texts = [authority.ca, spoil(pair.cert), authority.ca];

    const { certificates, complaint } = readCertificates(texts.join(''));

    expect(certificates).toHaveLength(1);
    expect(complaint).toBe(`holds a certificate that ${why}, number 2 in it`);
  });
});
