/** The certificates in the bytes of a file, and why there are none. */
import type { X509Certificate } from 'node:crypto';
import { parseCertificate, readCertificates } from '../../../net/pem.ts';

export type CertificateFile =
  | { readonly how: 'read'; readonly certificates: readonly [X509Certificate, ...X509Certificate[]] }
  /** It is not, or no longer, what it should be; `why` is a half sentence such as `is empty`. */
  | { readonly how: 'spoilt'; readonly why: string }
  /** A form that cannot be read here; `why` says which. */
  | { readonly how: 'other-form'; readonly why: string };

/** Reads PEM (RFC 7468), with private keys and text around the certificates ignored, or one certificate in DER. */
export function certificatesIn(bytes: Buffer): CertificateFile {
  if (bytes.every((byte) => byte <= 0x20)) return { how: 'spoilt', why: 'is empty' };
  const text = bytes.toString('latin1');
  if (text.includes('-----BEGIN ')) return fromPem(text);
  const certificate = parseCertificate(bytes);
  if (certificate !== null) return { how: 'read', certificates: [certificate] };
  const form = otherForm(bytes);
  return form === null ? { how: 'spoilt', why: 'holds no certificate' } : { how: 'other-form', why: `is a ${form} file` };
}

function fromPem(text: string): CertificateFile {
  const { certificates, complaint } = readCertificates(text);
  if (complaint !== null) return { how: 'spoilt', why: complaint };
  const [first, ...rest] = certificates;
  return first === undefined ? withoutCertificate(text) : { how: 'read', certificates: [first, ...rest] };
}

/** Names what is there instead, never its content. */
function withoutCertificate(text: string): CertificateFile {
  const found = new Set<string>();
  for (const [, label = ''] of text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,40})-----/g)) {
    if (found.size < 3) found.add(label.toLowerCase());
  }
  if (found.has('pkcs7')) return { how: 'other-form', why: 'is a PKCS#7 file' };
  const instead = [...found].map((label) => (label === 'certificate' ? 'one that does not begin its line' : label)).join(', ');
  return { how: 'spoilt', why: `holds no certificate${instead === '' ? '' : `, but ${instead}`}` };
}

/** Containers that people take for certificates, by how they begin (RFC 7292, RFC 2315, Java's own). */
function otherForm(bytes: Buffer): string | null {
  const begin = bytes.subarray(0, 24).toString('hex');
  if (/^30(8[1-4])?.{2,8}?020103/.test(begin)) return 'PKCS#12';
  if (/^30(8[1-4])?.{2,8}?06092a864886f70d0107/.test(begin)) return 'PKCS#7';
  return /^(feedfeed|cececece)/.test(begin) ? 'Java keystore' : null;
}
