/** What an admin may write about a check of a mail server, and where it then looks. */
import { z } from 'zod';
import type { Way } from '../../../core/diagnosis.ts';
import { isLoopback } from '../../../lib/address.ts';
import { revealed } from '../../../lib/secret.ts';
import { TargetError, type Typed } from '../../contract.ts';
import { authoritiesFile } from '../authorities.ts';
import { endpoint } from '../endpoint.ts';
import { credential, pattern, port, textOrSecret } from '../options.ts';
import { hostAndPort, oneWord, shown } from '../target.ts';
import { trusting, wayTo } from '../way.ts';

const encryption = z.enum(['starttls', 'implicit', 'off']);

export const mailOptions = z
  .strictObject({
    host: textOrSecret.describe('name or address'),
    port: port.describe('number of the port'),
    tls: encryption
      .optional()
      .describe(
        '`implicit`: from the first byte, as on ports 465, 993 and 995; `starttls`: the server must offer it; `off`: never. ' +
          'Without it: implicit on those ports, elsewhere STARTTLS where the server offers it, on port 25 with any certificate, ' +
          'as mail servers do among themselves',
      ),
    auth: z
      .strictObject({ user: credential.describe('name to log in with'), password: credential.describe('its password') })
      .optional()
      .describe('user and password of a login; outside of this machine it is tried over TLS only, so STARTTLS must be offered'),
    expect: pattern.optional().describe('text, or regular expression between slashes, that the greeting must contain'),
    ca: authoritiesFile.optional().describe('PEM file with the only certification authority accepted for this check'),
    insecure: z.boolean().default(false).describe('true: any certificate is accepted'),
    certificate: z.literal('off').optional().describe('`off`: the days that the certificate has left are not watched'),
  })
  .superRefine(({ tls, auth, host }, context) => {
    if (tls !== 'off' || auth === undefined || isLoopback(revealed(host))) return;
    const message = 'a password is never sent unencrypted to another machine; leave out "tls: off" or "auth"';
    context.addIssue({ code: 'custom', path: ['auth'], message });
  });
export type MailOptions = z.output<typeof mailOptions>;

/** Ports of a protocol in clear and, from the first byte, over TLS. */
export interface MailPorts {
  readonly kind: 'smtp' | 'imap' | 'pop3';
  readonly plain: number;
  readonly implicit: number;
}

const implicitPorts: readonly number[] = [465, 993, 995];

/** From a host, `host:port`, a port alone or a URL to options. */
export function mailTarget(
  { kind, plain, implicit }: MailPorts,
  typed: Typed,
  host: string | null,
): Pick<MailOptions, 'host' | 'port' | 'tls'> {
  const expected = `a host such as mail.example.com, mail.example.com:${plain} or ${kind}s://mail.example.com`;
  const word = oneWord(typed, expected);
  const text = word === null ? '' : revealed(word).trim();
  if (text.includes('@')) throw new TargetError(`expected ${expected}; a user and a password belong in "auth:"`);
  if (!text.startsWith(`${kind}s://`)) return endpoint({ kind, expected, usualPort: plain }, word, host);
  return { ...endpoint({ kind: `${kind}s`, expected, usualPort: implicit }, word, host), tls: 'implicit' };
}

/** How a look encrypts: `offered` takes STARTTLS where the server offers it. */
export type Encryption = z.output<typeof encryption> | 'offered';

export function encryptionOf({ tls, port }: MailOptions): Encryption {
  return tls ?? (implicitPorts.includes(port) ? 'implicit' : 'offered');
}

/** Whether any certificate will do: other mail servers take any on port 25, so one that does not hold is no outage there. */
export function takesAnyCertificate(options: MailOptions): boolean {
  const isAmongServers = encryptionOf(options) === 'offered' && options.port === 25;
  return options.insecure || (isAmongServers && options.auth === undefined && options.ca === undefined);
}

export function describeMail(options: MailOptions): string {
  return hostAndPort(shown(options.host), options.port);
}

/** Where a look goes; one that takes STARTTLS where it is offered goes unencrypted as far as anybody knows before. */
export function mailWay(options: MailOptions): Way {
  const { host, port, ca } = options;
  const encryption = encryptionOf(options);
  if (encryption === 'off' || encryption === 'offered') return wayTo(host, { port, transport: 'tcp' });
  const insecure = takesAnyCertificate(options);
  return wayTo(host, { port, transport: 'tcp', tls: encryption, ...trusting({ ca, insecure }) });
}

/** The certificate that a look sees on its way; null where there is none, or where it is not to be watched. */
export function mailCertificate(options: MailOptions): string | null {
  const isWatched = options.tls !== 'off' && !options.insecure && options.certificate !== 'off';
  return isWatched ? describeMail(options) : null;
}
