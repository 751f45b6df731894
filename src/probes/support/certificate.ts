/** What is to be said about a certificate: how long it lasts, whose it is, and which one it is. */
import type { X509Certificate } from 'node:crypto';
import type { Measure, Observation } from '../../core/observation.ts';
import type { Sentences } from '../../core/rules.ts';
import { certificatePath, dayOf, epochMs, firstToEnd, nameOf, namesOf, type PathLink } from '../../net/certificate-path.ts';
import type { ShownCertificate } from '../../net/tls.ts';
import { oneLine } from '../../texts/clean.ts';
import { down, type MeasureSpec, up } from '../contract.ts';

/** The days that a certificate has left, as every kind that sees one measures them. */
export const certificateDays: MeasureSpec = {
  name: 'days',
  unit: 'days',
  sort: 'forewarning',
  worse: 'below',
  main: true,
  warning: 14,
  critical: 3,
  about: 'days until the certificate, or the first one that it rests on, ends; negative when it has ended',
};

export const certificateSentences: Sentences = {
  threshold: { en: 'its certificate expires soon', de: 'das Zertifikat läuft bald ab' },
};

export const certificateFirstSteps: Sentences = {
  threshold: {
    en: 'Renew the certificate before it ends; where that should happen by itself, see why it has not.',
    de: 'Das Zertifikat rechtzeitig erneuern; falls das von allein passieren sollte: nachsehen, warum nicht.',
  },
};

export interface CertificateView {
  /** The name that was asked for, as messages show it. */
  readonly name: string;
  /** Wall clock, epoch ms. */
  readonly now: number;
  /** PEM text of the only authorities trusted, as in the handshake. */
  readonly ca?: string | undefined;
}

/**
 * The observation about a certificate whose trust was checked: `up` with the measure `days` (of it, or of the first that ends
 * among those it rests on) and its fingerprint; once it has itself ended, `down`.
 */
export function observeCertificate(leaf: X509Certificate, view: CertificateView): Observation {
  const [own, ...others] = certificatePath(leaf, view.ca);
  // Trusted, so what has ended on the way is not what the trust rests on.
  return about(leaf, firstToEnd([own, ...others.filter(({ endsAt }) => endsAt > view.now)]), own, view);
}

/** The observation about a certificate that was refused because it, or one that it rests on, has ended. */
export function observeEndedCertificate(leaf: X509Certificate, view: CertificateView): Observation {
  const path = certificatePath(leaf, view.ca);
  return { ...about(leaf, firstToEnd(path), path[0], view), status: 'down', reason: 'tls-expired' };
}

/**
 * The observation about a certificate that came along with something else. None where it was refused for another reason
 * than its end: then it may be somebody else's altogether.
 */
export function observeShown({ leaf, refused }: ShownCertificate, view: CertificateView): Observation | undefined {
  if (refused === null) return observeCertificate(leaf, view);
  return refused === 'tls-expired' ? observeEndedCertificate(leaf, view) : undefined;
}

function about(leaf: X509Certificate, first: PathLink, own: PathLink, { name, now }: CertificateView): Observation {
  const measures = [daysLeft(first.endsAt, now)];
  const evidence = certificateEvidence(leaf);
  const message = `the certificate for ${name} ${first === own ? ends(own.endsAt, now) : restsOn(first, own, now)}`;
  const seen = first.endsAt > now ? up(message, measures, evidence) : down('tls-expired', message, measures, evidence);
  return { ...seen, fingerprint: leaf.fingerprint256 };
}

function restsOn(first: PathLink, own: PathLink, now: number): string {
  return `rests on that of ${oneLine(nameOf(first.of), 80)}, which ${ends(first.endsAt, now)} (its own end: ${dayOf(own.endsAt)})`;
}

/** Days until `endsAt`, to a tenth, never more than there are: once it is over, the number is negative. */
export function daysLeft(endsAt: number, now: number): Measure {
  return { name: 'days', value: Math.floor((endsAt - now) / 8_640_000) / 10, unit: 'days' };
}

/** `ends on 2026-12-03, in 9 days`, or `ended on 2026-12-03, 2 days ago`. */
export function ends(endsAt: number, now: number): string {
  if (endsAt > now) return `ends on ${dayOf(endsAt)}, in ${span(endsAt - now)}`;
  return `ended on ${dayOf(endsAt)}, ${span(now - endsAt)} ago`;
}

function span(ms: number): string {
  const hours = Math.floor(ms / 3_600_000);
  if (hours === 0) return 'less than an hour';
  const [count, unit] = hours < 48 ? [hours, 'hour'] : [Math.floor(hours / 24), 'day'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** Whose certificate it is, for which names, by whom, and from when. */
export function certificateEvidence(leaf: X509Certificate): readonly string[] {
  return [
    oneLine(`certificate for ${namesOf(leaf)}`, 200),
    oneLine(`issued by ${nameOf({ subject: leaf.issuer })}, valid from ${dayOf(epochMs(leaf.validFromDate))}`, 200),
  ];
}

/** The key as people know it: `RSA with 2048 bit`, `EC (prime256v1)`, `ed25519`. */
export function keyOf(leaf: X509Certificate): string {
  try {
    const { asymmetricKeyType = 'unknown', asymmetricKeyDetails: details } = leaf.publicKey;
    if (details?.modulusLength !== undefined) return `${asymmetricKeyType.toUpperCase()} with ${details.modulusLength} bit`;
    return details?.namedCurve === undefined ? asymmetricKeyType : `${asymmetricKeyType.toUpperCase()} (${details.namedCurve})`;
  } catch {
    return 'of a sort that is not known here';
  }
}
