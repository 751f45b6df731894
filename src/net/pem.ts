/** Certificates in PEM text (RFC 7468). */
import { X509Certificate } from 'node:crypto';

const label = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/g;

/**
 * The certificate blocks of a text, at most `limit`; what stands between them, private keys included, is passed over.
 * A block without an end is left out.
 */
export function certificateBlocks(text: string, limit: number): readonly string[] {
  const blocks: string[] = [];
  let from = 0;
  while (blocks.length < limit) {
    label.lastIndex = from;
    const begin = label.exec(text);
    if (begin === null) break;
    const mark = begin[0].replace('BEGIN', 'END');
    const end = text.indexOf(mark, label.lastIndex);
    if (end < 0) break;
    from = end + mark.length;
    blocks.push(text.slice(begin.index, from));
  }
  return blocks;
}

/** A certificate in PEM or DER form; null where it is none. */
export function parseCertificate(bytes: string | Buffer): X509Certificate | null {
  try {
    return new X509Certificate(bytes);
  } catch {
    return null;
  }
}
