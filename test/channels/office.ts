import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { MailSettings } from '../../src/channels/mail/settings.ts';
import type { MailServer } from '../../src/net/smtp.ts';

export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly mail: ParsedMail;
  readonly isSecure: boolean;
  readonly user: string | null;
}

export interface Inbox extends AsyncDisposable {
  readonly port: number;
  readonly received: Received[];
}

/** A real mail server on loopback that keeps what it gets. */
export async function inbox(options: SMTPServerOptions = {}): Promise<Inbox> {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.key === undefined ? ['STARTTLS'] : [],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks);
        const { mailFrom, rcptTo } = session.envelope;
        simpleParser(raw).then((mail) => {
          received.push({
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            raw: raw.toString('latin1'),
            mail,
            isSecure: session.secure,
            user: session.user ?? null,
          });
          done(null);
        }, done);
      });
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    received,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

export function serverAt(port: number, changes: Partial<MailServer> = {}): MailServer {
  return { host: '127.0.0.1', port, secure: false, tls: 'optional', ...changes };
}

export function settings(servers: readonly MailServer[], changes: Partial<MailSettings> = {}): MailSettings {
  return {
    from: { address: 'monitoring@kanzlei.example' },
    servers,
    emlFolder: '/nonexistent/mails',
    hostname: 'monitor.kanzlei.example',
    ...changes,
  };
}

export function addressesOf(field: AddressObject | AddressObject[] | undefined): readonly string[] {
  return [field ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address ?? ''));
}

/** A signal that never comes. */
export const calm = { signal: new AbortController().signal };
