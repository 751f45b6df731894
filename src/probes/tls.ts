import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { z } from 'zod';
import type { Measure, Observation } from '../core/observation.ts';
import { revealed } from '../lib/secret.ts';
import { epochMs } from '../net/certificate-path.ts';
import { connectTo } from '../net/connect.ts';
import { secure, type TlsFailure } from '../net/tls.ts';
import { oneLine } from '../texts/clean.ts';
import { defineProbe, down, type Probe, type ProbeContext, type Typed, unknown } from './contract.ts';
import { authoritiesFile, readAuthorities } from './support/authorities.ts';
import {
  type CertificateView,
  certificateDays,
  certificateEvidence,
  certificateFirstSteps,
  certificateSentences,
  daysLeft,
  keyOf,
  observeCertificate,
  observeEndedCertificate,
} from './support/certificate.ts';
import { endpoint } from './support/endpoint.ts';
import { port, textOrSecret } from './support/options.ts';
import { fromFailure, milliseconds, spoken } from './support/outcome.ts';
import { hostAndPort, parseAuthority, shown } from './support/target.ts';
import { trusting, wayTo } from './support/way.ts';

const schema = z.strictObject({
  host: textOrSecret.describe('name or address'),
  port: port.describe(
    'number of the port, where TLS begins with the first byte; with STARTTLS the kinds smtp, imap and pop3 see the certificate',
  ),
  servername: z
    .string()
    .refine((name) => parseAuthority(name, 'tls')?.port === null, { error: 'expected a name such as www.example.com' })
    .optional()
    .describe('name that is asked for (SNI) and that the certificate must be for, where it is not the host'),
  protocol: z
    .enum(['TLSv1.2', 'TLSv1.3'])
    .default('TLSv1.2')
    .describe('oldest protocol that will do: the other side must speak it or a newer one'),
  ca: authoritiesFile.optional().describe('PEM file with the only certification authority, or self-signed certificate, accepted'),
});
export type TlsOptions = z.output<typeof schema>;

const expected = 'a host such as www.example.com, or with a port other than 443 such as mail.example.com:993';

/** Watches a certificate and the TLS around it. */
export const tls: Probe<TlsOptions> = defineProbe<TlsOptions>({
  kind: 'tls',
  summary:
    'Shakes hands with a TLS port (TLS from the first byte) and looks at its certificate: name, trust, days left; and at the protocol',
  category: 'certificate',
  schemes: ['tls'],
  schema,
  measures: [
    certificateDays,
    {
      name: 'time',
      unit: 'ms',
      sort: 'current',
      worse: 'above',
      about: 'from asking for the name to the end of the TLS handshake',
    },
  ],
  target,
  describe,
  run,
  way: ({ host, port, servername: name, ca }) =>
    wayTo(host, { port, transport: 'tcp', tls: 'implicit', ...trusting({ name, ca }) }),
  sentences: certificateSentences,
  firstSteps: certificateFirstSteps,
  example: `- tls: www.example.com
- tls: mail.example.com:993
  warning: 21d
  critical: 7d
- tls: 192.168.1.5:8443
  servername: nas.example.com
  ca: /etc/incidentd/office-ca.pem`,
});

function target(typed: Typed, host: string | null): Pick<TlsOptions, 'host' | 'port'> {
  return endpoint({ kind: 'tls', expected, usualPort: 443 }, typed, host);
}

/** With another name than the host it is another certificate. In lower case, as in URLs. */
function describe({ host, port, servername }: TlsOptions): string {
  const where = hostAndPort(shown(host).toLowerCase(), port);
  return servername === undefined ? where : `${servername} at ${where}`;
}

async function run(options: TlsOptions, context: ProbeContext): Promise<Observation> {
  const begun = performance.now();
  const { signal, resolver, now } = context;
  const authorities = await readAuthorities(options.ca, signal);
  if (!authorities.ok) return unknown(authorities.text);
  const { ca } = authorities;
  const host = revealed(options.host);
  const connected = await connectTo({ host, port: options.port, signal, resolver });
  if (!connected.ok) return fromFailure(connected);
  const view = { name: options.servername ?? shown(options.host), now, ca };
  const settings = { ca, servername: options.servername, minVersion: options.protocol };
  try {
    const secured = await secure(connected.socket, host, settings, signal);
    if (!secured.ok) return refused(secured, view);
    return accepted(secured.socket, milliseconds('time', performance.now() - begun), view);
  } finally {
    connected.socket.destroy();
  }
}

function accepted(socket: TLSSocket, time: Measure, view: CertificateView): Observation {
  const leaf = socket.getPeerX509Certificate();
  if (leaf === undefined) return down('tls-handshake', 'the other side shows no certificate', [time]);
  const seen = observeCertificate(leaf, view);
  const how = `${socket.getProtocol() ?? 'TLS'} with ${socket.getCipher().name}, after ${spoken(time.value)}`;
  return { ...seen, measures: [...seen.measures, time], evidence: [...seen.evidence, `key: ${keyOf(leaf)}`, oneLine(how, 200)] };
}

/** What was wrong, and what the certificate says where the handshake came that far. */
function refused(failure: TlsFailure, view: CertificateView): Observation {
  const { certificate: leaf } = failure;
  if (leaf === undefined) return fromFailure(failure);
  if (failure.failure === 'tls-expired') return observeEndedCertificate(leaf, view);
  return { ...fromFailure(failure, [own(leaf, view)]), evidence: certificateEvidence(leaf), fingerprint: leaf.fingerprint256 };
}

function own(leaf: X509Certificate, { now }: CertificateView): Measure {
  return daysLeft(epochMs(leaf.validToDate), now);
}
