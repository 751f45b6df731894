/** The certificates that one rests on, and which of them ends first. */
import type { X509Certificate } from 'node:crypto';
import { getCACertificates } from 'node:tls';
import { parseCertificate, readCertificates } from './pem.ts';

export interface PathLink {
  /** A certificate, or what is known of a trusted root. */
  readonly of: { readonly subject: string };
  /** End of its validity, epoch ms. */
  readonly endsAt: number;
}

/** The certificate itself, those that the server sent with it as far as they carry it, and the trusted root at the end. */
export type CertificatePath = readonly [PathLink, ...PathLink[]];

const sentLimit = 10;
const bundleLimit = 16;

/**
 * Follows a certificate up to a root that is trusted here: the built-in ones, or those in the PEM text `ca` alone. What a
 * server sends beyond the first trusted root, such as an old cross-signed one, carries nothing and is left out.
 */
export function certificatePath(leaf: X509Certificate, ca?: string): CertificatePath {
  const roots = trustedRoots(ca);
  const sent = sentWith(leaf);
  const path: [PathLink, ...PathLink[]] = [linkOf(leaf)];
  for (let last = leaf; ; ) {
    const root = roots.get(last.issuer);
    if (root) return last.subject === last.issuer ? path : [...path, root];
    const issuer = issuerOf(last, sent);
    if (issuer === null) return path;
    sent.delete(issuer);
    path.push(linkOf(issuer));
    last = issuer;
  }
}

/** The link that ends first; the certificate itself where several end together. */
export function firstToEnd(path: CertificatePath): PathLink {
  return path.reduce((first, link) => (link.endsAt < first.endsAt ? link : first));
}

/** The name by which people know a certificate: common name, else organization, else the whole subject. */
export function nameOf({ subject }: PathLink['of']): string {
  const part = (key: string) => new RegExp(`^${key}=(.+)$`, 'm').exec(subject)?.[1];
  return part('CN') ?? part('O') ?? (subject.replaceAll('\n', ', ') || 'an unnamed holder');
}

function linkOf(certificate: X509Certificate): PathLink {
  return { of: certificate, endsAt: epochMs(certificate.validToDate) };
}

/** Epoch ms of an end of validity; 0 for one that cannot be read. */
export function epochMs(date: Date): number {
  return Number.isNaN(date.getTime()) ? 0 : date.getTime();
}

/** What came along, in any order, useful or not. */
function sentWith(leaf: X509Certificate): Set<X509Certificate> {
  const sent = new Set<X509Certificate>();
  for (let next = leaf.issuerCertificate; next && sent.size < sentLimit; next = next.issuerCertificate) sent.add(next);
  return sent;
}

/** Of several that fit, the one that lasts longest, as OpenSSL prefers it. */
function issuerOf(certificate: X509Certificate, sent: ReadonlySet<X509Certificate>): X509Certificate | null {
  let best: X509Certificate | null = null;
  for (const candidate of sent) {
    if (!certificate.checkIssued(candidate)) continue;
    if (best === null || candidate.validToDate > best.validToDate) best = candidate;
  }
  return best;
}

type Roots = ReadonlyMap<string, PathLink>;
const known = new Map<string, Roots>();

/** Trusted roots by subject; parsed once for each bundle. */
function trustedRoots(ca: string | undefined): Roots {
  const key = ca ?? '';
  const before = known.get(key);
  if (before) return before;
  const roots = new Map<string, PathLink>();
  for (const root of ca === undefined ? builtIn() : readCertificates(ca).certificates) {
    const { subject, validToDate } = root;
    const endsAt = epochMs(validToDate);
    if (endsAt > (roots.get(subject)?.endsAt ?? Number.NEGATIVE_INFINITY)) roots.set(subject, { of: { subject }, endsAt });
  }
  if (known.size >= bundleLimit) known.clear();
  known.set(key, roots);
  return roots;
}

function builtIn(): readonly X509Certificate[] {
  return getCACertificates('default').flatMap((text) => parseCertificate(text) ?? []);
}
