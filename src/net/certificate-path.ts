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

/** The certificate itself, those between as far as they carry it, and the trusted root at the end. */
export type CertificatePath = readonly [PathLink, ...PathLink[]];

type Certificates = readonly X509Certificate[];

const sentLimit = 10;
const bundleLimit = 16;

/**
 * Follows a certificate up to a root that is trusted here: the built-in ones, or those in the PEM text `ca` alone. The way
 * leads through what else stands in `ca`, then through what the server sent, as OpenSSL looks for it. What a server sends
 * beyond the first trusted root, such as an old cross-signed one, carries nothing and is left out.
 */
export function certificatePath(leaf: X509Certificate, ca?: string): CertificatePath {
  const { roots, between } = trusted(ca);
  const sent = sentWith(leaf);
  const passed = new Set([leaf]);
  const path: [PathLink, ...PathLink[]] = [linkOf(leaf)];
  for (let last = leaf; ; ) {
    const root = roots.get(last.issuer);
    if (root) return last.subject === last.issuer ? path : [...path, root];
    const issuer = issuerOf(last, between, passed) ?? issuerOf(last, sent, passed);
    if (issuer === null) return path;
    passed.add(issuer);
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

/** The names and addresses that a certificate is for; where it lists none, the name that it is known by. */
export function namesOf(certificate: X509Certificate): string {
  return certificate.subjectAltName?.replaceAll(/(DNS|IP Address):/g, '') ?? nameOf(certificate);
}

/** A day as messages about certificates write it (`at` in epoch ms, the day in UTC): `2026-12-03`. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function linkOf(certificate: X509Certificate): PathLink {
  return { of: certificate, endsAt: epochMs(certificate.validToDate) };
}

/** Epoch ms of an end of validity; 0 for one that cannot be read. */
export function epochMs(date: Date): number {
  return Number.isNaN(date.getTime()) ? 0 : date.getTime();
}

/** What came along, in any order, useful or not. */
function sentWith(leaf: X509Certificate): Certificates {
  const sent: X509Certificate[] = [];
  for (let next = leaf.issuerCertificate; next && sent.length < sentLimit; next = next.issuerCertificate) sent.push(next);
  return sent;
}

/** Of several that fit, the one that lasts longest, as OpenSSL prefers it; none that was passed already. */
function issuerOf(
  certificate: X509Certificate,
  candidates: Certificates,
  passed: ReadonlySet<X509Certificate>,
): X509Certificate | null {
  let best: X509Certificate | null = null;
  for (const candidate of candidates) {
    if (passed.has(candidate) || !certificate.checkIssued(candidate)) continue;
    if (best === null || candidate.validToDate > best.validToDate) best = candidate;
  }
  return best;
}

interface Trusted {
  /** What a path may end at, by subject. */
  readonly roots: ReadonlyMap<string, PathLink>;
  /** Those that somebody else has issued: trust does not end there, but may lead through. */
  readonly between: Certificates;
}

const known = new Map<string, Trusted>();

/** Parsed once for each bundle. */
function trusted(ca: string | undefined): Trusted {
  const key = ca ?? '';
  const before = known.get(key);
  if (before) return before;
  const roots = new Map<string, PathLink>();
  const between: X509Certificate[] = [];
  for (const certificate of ca === undefined ? builtIn() : readCertificates(ca).certificates) {
    const { subject, issuer, validToDate } = certificate;
    const endsAt = epochMs(validToDate);
    if (subject !== issuer) between.push(certificate);
    else if (endsAt > (roots.get(subject)?.endsAt ?? Number.NEGATIVE_INFINITY)) roots.set(subject, { of: { subject }, endsAt });
  }
  if (known.size >= bundleLimit) known.clear();
  known.set(key, { roots, between });
  return { roots, between };
}

function builtIn(): Certificates {
  return getCACertificates('default').flatMap((text) => parseCertificate(text) ?? []);
}
