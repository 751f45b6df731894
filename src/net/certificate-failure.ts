/** What is wrong with a certificate that was not accepted. */
import type { X509Certificate } from 'node:crypto';
import { certificatePath, dayOf, epochMs, nameOf, namesOf } from './certificate-path.ts';
import { type Failure, failed } from './failure.ts';

export interface Refused {
  /** OpenSSL's or Node's verification code. */
  readonly code: string;
  readonly certificate: X509Certificate;
  /** Whether it is for the name that was asked for. */
  readonly isForName: boolean;
  /** PEM text of the only authorities trusted. */
  readonly ca?: string | undefined;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * The most telling of the things that are wrong. A certificate for another name comes first: it is not the one that was
 * meant, and its other faults say nothing about that. What a self-signed one says about its name proves nothing, so there
 * it comes last. The text tells the rest.
 */
export function certificateFailure(refused: Refused): Failure {
  const { code, isForName } = refused;
  const chain = code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? null : (timeFailure(refused) ?? trustFailure(refused));
  if (chain === null) return failed('tls-name-mismatch', `the certificate ${otherName(refused)}`);
  if (isForName) return chain;
  if (isSelfSigned(refused.certificate)) return { ...chain, text: `${chain.text}; it ${otherName(refused)}` };
  return failed('tls-name-mismatch', `the certificate ${otherName(refused)}; besides, ${chain.text}`);
}

function timeFailure({ code, certificate, ca, now }: Refused): Failure | null {
  const from = epochMs(certificate.validFromDate);
  const to = epochMs(certificate.validToDate);
  if (to <= now) return failed('tls-expired', `the certificate expired on ${dayOf(to)}`);
  if (from > now) {
    return failed('tls-untrusted', `the certificate is not valid yet (from ${dayOf(from)}); is this machine's clock right?`);
  }
  if (code !== 'CERT_HAS_EXPIRED') return null;
  const over = certificatePath(certificate, ca).find(({ endsAt }) => endsAt <= now);
  const who = over === undefined ? 'one' : `that of ${nameOf(over.of).slice(0, 80)}`;
  const when = over === undefined ? '' : ` on ${dayOf(over.endsAt)}`;
  return failed('tls-expired', `the certificate rests on ${who}, which expired${when} (its own end: ${dayOf(to)})`);
}

/** Unlisted codes are a chain that cannot be trusted. */
function trustFailure({ code, certificate }: Refused): Failure {
  switch (code) {
    case 'CERT_NOT_YET_VALID':
      return failed('tls-untrusted', 'the certificate rests on one that is not valid yet');
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return failed('tls-untrusted', 'the certificate is self-signed');
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return failed('tls-untrusted', "the certificate's authority is not a trusted one");
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return failed(
        'tls-untrusted',
        'the certificate cannot be traced to a trusted authority; the server may not send the intermediate one',
      );
    case 'CERT_REVOKED':
      return failed('tls-untrusted', 'the certificate has been revoked');
    default:
      return failed('tls-untrusted', weakness(certificate) ?? `the certificate is not trusted (${code})`);
  }
}

/** Node has no code of its own for keys and signatures that OpenSSL finds too weak (RSA below 2048 bit, SHA-1). */
function weakness(certificate: X509Certificate): string | null {
  const bits = rsaBits(certificate);
  if (bits !== null && bits < 2048) return `the certificate's key is too weak (RSA with ${bits} bit)`;
  const { signatureAlgorithm = '' } = certificate;
  return /sha1|md5/i.test(signatureAlgorithm) ? `the certificate's signature is too weak (${signatureAlgorithm})` : null;
}

/** Null for other keys, and for those that OpenSSL cannot read. */
function rsaBits(certificate: X509Certificate): number | null {
  try {
    return certificate.publicKey.asymmetricKeyDetails?.modulusLength ?? null;
  } catch {
    return null;
  }
}

function otherName({ certificate }: Refused): string {
  return `is for ${namesOf(certificate).slice(0, 120)}, not for this name`;
}

function isSelfSigned(certificate: X509Certificate): boolean {
  return certificate.subject === certificate.issuer;
}
