/** `mail:` — from whom, through which servers, and the mailbox for answers. */
import { z } from 'zod';
import { isLoopback } from '../../lib/address.ts';
import { type Secret, secret } from '../../lib/secret.ts';
import { defined } from '../defined.ts';
import type { Findings } from '../parse-section.ts';
import type { Path } from '../problem.ts';
import { domain, type Mailbox, mailbox } from '../scalars/addresses.ts';
import { duration } from '../scalars/numbers.ts';
import { either, oneOrMore, secretText, text } from '../scalars/scalar.ts';
import { serverUrl } from '../scalars/server-url.ts';

const credentials = {
  user: text().optional().describe('Name to log in with.'),
  password: secretText().optional().describe('Better behind `!file`, `!env` or `!credential` than written here.'),
};

const smtpUrl = serverUrl(['smtp', 'smtps'], 'smtps://mail.kanzlei.example or smtp://localhost:25');
const server = either('a URL such as smtps://mail.kanzlei.example, or a map with url', [
  smtpUrl,
  z.strictObject({
    url: smtpUrl.describe('`smtps://` (TLS from the start) or `smtp://` (STARTTLS).'),
    ...credentials,
    tls: z.enum(['required', 'optional']).optional().describe('`optional`: goes without TLS where the server offers none.'),
    ca: text(20_000).optional().describe('Certificate authority in PEM form, as `!file office-ca.pem`: the only one accepted.'),
  }),
]);

const imapUrl = serverUrl(['imap', 'imaps'], 'imaps://mail.kanzlei.example');
const inbox = z.strictObject({
  url: imapUrl.describe('`imaps://` (TLS from the start) or `imap://` (STARTTLS).'),
  ...credentials,
  accept: oneOrMore(domain(), 'a domain such as kanzlei.example')
    .optional()
    .describe('Domains whose staff may report incidents.'),
});

const mailSchema = z.strictObject({
  from: mailbox().optional().describe('Sender, such as Monitoring <monitoring@kanzlei.example>.'),
  group_wait: duration('0s', '1h')
    .prefault('30s')
    .describe('Openings within this time after the first mail to a person come in one mail; a P1 never waits.'),
  servers: z.array(server).max(20).optional().describe('Tried in this order; none: mails become .eml files in the state folder.'),
  inbox: inbox.optional().describe('Mailbox from which answers and reports are fetched.'),
});

export const mailSection = mailSchema.meta({
  description: 'How mails are sent and fetched.',
  about: `Servers are tried in the order in which they are written, for up to three days, until one accepts the mail. Without servers every mail
becomes an .eml file in the state folder. \`incidentd test-mail CONTACT\` shows what a server answers.`,
  sample: `mail:
  from: Monitoring <monitoring@kanzlei.example>
  servers:
    - url: smtps://mail.kanzlei.example
      user: monitoring@kanzlei.example
      password: !file smtp.password
    - url: smtp://localhost:25`,
});

/** A mail server to connect to. `secure`: TLS from the start; else STARTTLS, which `tls: required` insists on. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly tls: 'required' | 'optional';
  readonly user?: string;
  readonly password?: Secret;
  /** PEM text. */
  readonly ca?: string;
}

export interface Inbox extends Omit<MailServer, 'ca'> {
  /** Domains whose staff may report. */
  readonly accept: readonly string[];
}

export interface MailSettings {
  readonly from: Mailbox;
  /** In the order in which they are tried; none: mails become files in the state folder. */
  readonly servers: readonly MailServer[];
  readonly inbox: Inbox | null;
}

type Mail = z.output<typeof mailSchema>;
type Server = Exclude<z.output<typeof server>, URL>;

export interface MailFacts {
  readonly hostname: string;
  /** A sender must be named, and none is written: some contact is reached by mail. */
  readonly lacksSender: boolean;
}

export function readMail(mail: Mail, facts: MailFacts, findings: Findings): MailSettings {
  const servers = (mail.servers ?? []).map((one, index) => {
    const value: Server = one instanceof URL ? { url: one } : one;
    return serverOf(value, ['mail', 'servers', index], findings);
  });
  if (servers.length > 0 && facts.lacksSender) {
    findings.lacking(['mail'], 'the key "from" is missing: servers refuse mails without a sender they know', 'key');
  }
  const domainName = facts.hostname.includes('.') ? facts.hostname : `${facts.hostname || 'localhost'}.localdomain`;
  return {
    from: mail.from ?? { name: 'incidentd', address: `incidentd@${domainName}` },
    servers,
    inbox: mail.inbox ? inboxOf(mail.inbox, findings) : null,
  };
}

function serverOf(value: Server, path: Path, findings: Findings): MailServer {
  const secure = value.url.protocol === 'smtps:';
  if (secure && value.tls === 'optional') {
    findings.problem(
      [...path, 'tls'],
      'smtps:// always uses TLS; write smtp:// for a server that may go without, or remove this',
    );
  }
  if (value.ca !== undefined && !value.ca.includes('-----BEGIN CERTIFICATE-----')) {
    findings.problem([...path, 'ca'], 'expected a certificate in PEM form, such as ca: !file office-ca.pem');
  }
  const login = loginOf(value, path, findings);
  const port = secure ? 465 : login.user === undefined ? 25 : 587;
  return defined({ ...endpoint(value.url, port, value.tls), secure, ...login, ca: value.ca });
}

function inboxOf(value: NonNullable<Mail['inbox']>, findings: Findings): Inbox {
  const path = ['mail', 'inbox'];
  const secure = value.url.protocol === 'imaps:';
  const login = loginOf(value, path, findings);
  if (login.user === undefined || login.password === undefined) {
    findings.lacking(path, 'user and password are needed to read a mailbox', 'key');
  }
  return defined({ ...endpoint(value.url, secure ? 993 : 143, undefined), secure, ...login, accept: value.accept ?? [] });
}

function endpoint(url: URL, defaultPort: number, tls: MailServer['tls'] | undefined) {
  const host = decodeURIComponent(url.hostname).replace(/^\[|\]$/g, '');
  return {
    host,
    port: url.port === '' ? defaultPort : Number(url.port),
    tls: tls ?? (isLoopback(host) ? 'optional' : 'required'),
  } as const;
}

interface Written {
  readonly url: URL;
  readonly user?: string | undefined;
  readonly password?: Secret | undefined;
}

/** Name and password, written beside the URL or in it. */
function loginOf({ url, user, password }: Written, path: Path, findings: Findings) {
  const inUrl = url.username !== '' || url.password !== '';
  if (inUrl && (user !== undefined || password !== undefined)) {
    findings.problem([...path, 'url'], 'user and password stand in the URL and beside it; write them once');
  }
  const name = user ?? (url.username === '' ? undefined : decodeURIComponent(url.username));
  const word = password ?? (url.password === '' ? undefined : secret(decodeURIComponent(url.password)));
  if ((name === undefined) !== (word === undefined)) findings.lacking(path, 'user and password are needed together');
  return defined({ user: name, password: word });
}
