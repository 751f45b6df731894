/** Certificates in PEM text (RFC 7468). */
import { X509Certificate } from 'node:crypto';

export interface PemReading {
  readonly certificates: readonly X509Certificate[];
  /** What keeps the rest from being read, as a half sentence such as `holds a certificate that breaks off, number 2 in it`. */
  readonly complaint: string | null;
}

const byteOrderMark = '\u00EF\u00BB\u00BF';
const begin = new RegExp(`^(${byteOrderMark}|[ \\t]*)-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----`, 'gm');

/**
 * The certificates of a text in Latin-1, as OpenSSL reads them: what stands between them, private keys included, is passed
 * over, and it ends at the first that cannot be read. One that OpenSSL takes for such text, because its first line does not
 * begin with the mark, counts as one that cannot be read.
 */
export function readCertificates(text: string): PemReading {
  const begins = [...text.matchAll(begin)];
  const certificates: X509Certificate[] = [];
  let from = 0;
  for (const [index, { 0: mark, 1: before = '', index: at }] of begins.entries()) {
    const end = endOfBlock(text, at + mark.length, begins[index + 1]?.index ?? text.length);
    const certificate = end === null ? null : parseCertificate(text.slice(from, end));
    if (end === null || certificate === null) {
      const why = fault(before, end !== null);
      return { certificates, complaint: `holds a certificate that ${why}, number ${index + 1} in it` };
    }
    certificates.push(certificate);
    from = end;
  }
  return { certificates, complaint: null };
}

/** Behind the line of the mark at the end; null where there is none before `limit`. */
function endOfBlock(text: string, from: number, limit: number): number | null {
  const mark = text.indexOf('-----END ', from);
  if (mark < 0 || mark >= limit) return null;
  const line = text.indexOf('\n', mark);
  return line < 0 ? text.length : line + 1;
}

function fault(before: string, isWhole: boolean): string {
  if (before === byteOrderMark) return 'stands behind a byte order mark';
  if (before !== '') return 'is indented';
  return isWhole ? 'cannot be read' : 'breaks off';
}

/** A certificate in PEM or DER form; null where it is none. */
export function parseCertificate(bytes: string | Buffer): X509Certificate | null {
  try {
    return new X509Certificate(bytes);
  } catch {
    return null;
  }
}
