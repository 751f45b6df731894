import type { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { Observation } from '../core/observation.ts';
import type { Sentences } from '../core/rules.ts';
import { isSecret, revealed, type Secret } from '../lib/secret.ts';
import { dayOf, epochMs, nameOf } from '../net/certificate-path.ts';
import { oneLine } from '../texts/clean.ts';
import { defineProbe, down, type Probe, type ProbeContext, TargetError, type Typed, unknown, up } from './contract.ts';
import {
  certificateDays,
  certificateEvidence,
  certificateFirstSteps,
  certificateSentences,
  daysLeft,
  ends,
} from './support/certificate.ts';
import { certificatesIn } from './support/files/certificate-file.ts';
import { textOrSecret } from './support/options.ts';
import { readSmallFile, type SmallFile } from './support/small-file.ts';
import { shown } from './support/target.ts';

const schema = z.strictObject({
  paths: z
    .array(textOrSecret)
    .min(1)
    .max(20)
    .describe('certificate files in PEM or DER form; the first certificate to end counts'),
});
export type CertFileOptions = z.output<typeof schema>;

const sizeLimit = 1_048_576;
const expected = 'a path from the root such as /etc/ssl/certs/office.pem, or a list of them';

const sentences: Sentences = {
  ...certificateSentences,
  content: {
    en: 'its certificate file is missing or holds no certificate',
    de: 'die Zertifikatsdatei fehlt oder enthält kein Zertifikat',
  },
};

const firstSteps: Sentences = {
  ...certificateFirstSteps,
  content: {
    en: 'See whether the job that renews the certificate has run, and whether it writes to this place.',
    de: 'Nachsehen, ob der Auftrag zum Erneuern gelaufen ist und ob er an diese Stelle schreibt.',
  },
};

/** Watches certificates that lie in files, such as those that a job renews or that only other machines use. */
export const certFile: Probe<CertFileOptions> = defineProbe<CertFileOptions>({
  kind: 'cert-file',
  summary:
    'Reads certificate files of this machine (PEM or DER) and looks when the first certificate in them ends; ' +
    'a file that is missing or holds no certificate is down, as what uses it would not start again',
  category: 'certificate',
  local: true,
  schema,
  measures: [certificateDays],
  target,
  describe: ({ paths }) => paths.map(shown).join(', '),
  run,
  needs: ({ paths }) => paths.map((file) => ({ file })),
  sentences,
  firstSteps,
  example: `- cert-file: /etc/ssl/certs/office.pem
- cert-file: [/etc/openvpn/ca.crt, /etc/openvpn/server.crt]
  warning: 30d`,
});

function target(typed: Typed): Pick<CertFileOptions, 'paths'> {
  const words = Array.isArray(typed) ? (typed as readonly (string | number | Secret)[]) : [typed as string | Secret | null];
  const paths = words.map((word) => {
    if (isSecret(word)) return word;
    if (typeof word === 'string' && word.trim().startsWith('/')) return word.trim();
    throw new TargetError(`expected ${expected}${word === null || word === '' ? '' : `, found "${word}"`}`);
  });
  return { paths };
}

async function run(options: CertFileOptions, context: ProbeContext): Promise<Observation> {
  const seen: Observation[] = [];
  for (const path of options.paths) {
    const file = await readSmallFile(revealed(path), sizeLimit, context.signal);
    seen.push(file.how === 'read' ? judge(shown(path), file.bytes, context.now) : unread(shown(path), file));
  }
  const worst = seen.reduce((before, next) => (badness(next) > badness(before) ? next : before));
  const others = seen.filter((one) => one !== worst).map(({ message }) => message);
  return { ...worst, evidence: [...worst.evidence, ...others] };
}

/** What the check is about when files differ: down before unknown before up, then the fewest days. */
function badness({ status, measures }: Observation): number {
  const days = measures[0]?.value ?? 0;
  return { down: 2e6, unknown: 1e6, degraded: 0, up: 0 }[status] - days;
}

function judge(path: string, bytes: Buffer, now: number): Observation {
  const file = certificatesIn(bytes);
  switch (file.how) {
    case 'spoilt':
      return down('content', `${path} ${file.why}`);
    case 'other-form':
      return unknown(`${path} ${file.why}, which cannot be read here; name a PEM file, or watch what uses it by kind tls`);
    case 'read':
      return judgeCertificates(path, file.certificates, now);
  }
}

type Certificates = readonly [X509Certificate, ...X509Certificate[]];

/** The first in a file is the one that a server shows; the fingerprint is its. */
function judgeCertificates(path: string, certificates: Certificates, now: number): Observation {
  const [leaf] = certificates;
  const first = certificates.reduce((before, next) => (endOf(next) < endOf(before) ? next : before));
  const measures = [daysLeft(endOf(first), now)];
  const message = `${path}: the certificate of ${holderOf(first)} ${ends(endOf(first), now)}`;
  const evidence = certificateEvidence(leaf);
  const { fingerprint256: fingerprint } = leaf;
  if (endOf(first) <= now) return { ...down('tls-expired', message, measures, evidence), fingerprint };
  const from = epochMs(leaf.validFromDate);
  if (from <= now) return { ...up(message, measures, evidence), fingerprint };
  const early = `${path}: the certificate of ${holderOf(leaf)} is not valid before ${dayOf(from)}`;
  return { ...down('tls-untrusted', early, measures, evidence), fingerprint };
}

function endOf(certificate: X509Certificate): number {
  return epochMs(certificate.validToDate);
}

function holderOf(certificate: X509Certificate): string {
  const [first] = certificate.subjectAltName?.split(', ') ?? [];
  return oneLine(first?.replace(/^[A-Za-z ]+:/, '') ?? nameOf(certificate), 80);
}

/** A file that is not there is a fact about the file; one that we may not read is our own trouble. */
export function unread(path: string, file: Exclude<SmallFile, { readonly how: 'read' }>): Observation {
  switch (file.how) {
    case 'refused':
      return refusal(path, file.code);
    case 'no-file':
      return unknown(`${path} is not a file; name the file that holds the certificate`);
    case 'too-large':
      return unknown(`${path} is larger than 1 MiB, which no certificate file is; name another one`);
    case 'silent':
      return down('timeout', `the file system of ${path} does not answer; a network mount may be hanging`);
    case 'not-asked':
      return unknown(`${path} was not read: there was no time, or other file systems hang`);
  }
}

function refusal(path: string, code: string): Observation {
  if (code === 'ENOENT' || code === 'ENOTDIR') return down('content', `there is no ${path} on this machine`);
  if (code !== 'EACCES' && code !== 'EPERM') return unknown(`${path} cannot be read (${code})`);
  return unknown(`${path} may not be read by the user that incidentd runs as (${code}); give that user the right to read it`);
}
