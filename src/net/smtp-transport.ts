/** The way to one SMTP server: a bounded connection with nodemailer's dialogue over it. */
import type { Socket } from 'node:net';
import type { Secret } from '../lib/secret.ts';
import { connectTo } from './connect.ts';
import type { SmtpError } from './smtp-outcome.ts';
import type { SmtpSession } from './smtp-session.ts';

export interface MailServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the start (`smtps:`); otherwise STARTTLS. */
  readonly secure: boolean;
  readonly user?: string;
  readonly password?: Secret;
  /**
   * `required`: nothing is said without TLS 1.2 or newer and a certificate that holds. `optional`: TLS where the server
   * offers it, any certificate, else in clear.
   */
  readonly tls: 'required' | 'optional';
  /** PEM text of the certification authorities to trust instead of the machine's; then certificates must hold. */
  readonly ca?: string;
}

/** How long each part may take, ms. */
export interface SmtpLimits {
  readonly connectMs: number;
  /** Greeting and TLS. */
  readonly greetingMs: number;
  /** From the connection to the server's request for the message. */
  readonly dialogueMs: number;
  /** Silence at any point; RFC 5321 4.5.3.2.6 wants ten minutes after the final dot. */
  readonly silenceMs: number;
  /** All of it. */
  readonly totalMs: number;
}

/** What sending may take. */
export const defaultLimits: SmtpLimits = {
  connectMs: 30_000,
  greetingMs: 60_000,
  dialogueMs: 120_000,
  silenceMs: 630_000,
  totalMs: 660_000,
};

type Transport = ReturnType<typeof import('nodemailer').createTransport>;

export interface TransportRequest {
  readonly server: MailServer;
  /** What we call ourselves in EHLO; default the machine's name. */
  readonly hostname?: string | undefined;
  readonly limits: SmtpLimits;
  readonly session: SmtpSession;
  readonly signal: AbortSignal;
}

/** Connects and lets `use` have its dialogue, which `session` follows; the connection ends with it. Throws nodemailer's errors. */
export async function withTransport<Result>(
  { server, hostname, limits, session, signal }: TransportRequest,
  use: (transport: Transport) => Promise<Result>,
): Promise<Result> {
  const { createTransport } = await import('nodemailer');
  session.note(`connecting to ${server.host}:${server.port}`);
  const connectSignal = AbortSignal.any([signal, AbortSignal.timeout(limits.connectMs)]);
  const connected = await connectTo({ host: server.host, port: server.port, signal: connectSignal });
  if (!connected.ok) {
    signal.throwIfAborted();
    throw new Error(connected.text);
  }
  session.note(`connected to ${connected.where}`);
  const { socket } = connected;
  try {
    return await use(createTransport(optionsOf(socket, { server, hostname, limits, session })));
  } finally {
    socket.destroySoon();
  }
}

function optionsOf(socket: Socket, { server, hostname, limits, session }: Omit<TransportRequest, 'signal'>) {
  return {
    ...securityOf(server),
    ...(server.user === undefined ? {} : { auth: { user: server.user, pass: server.password?.reveal() ?? '' } }),
    host: server.host,
    port: server.port,
    connection: socket,
    name: hostname,
    connectionTimeout: limits.greetingMs,
    greetingTimeout: limits.greetingMs,
    socketTimeout: limits.silenceMs,
    socketCloseTimeout: 1000,
    maxResponseSize: 64 * 1024,
    transactionLog: true,
    logger: logger(session),
  };
}

function securityOf(server: MailServer) {
  const isOptional = server.tls === 'optional';
  return {
    secure: server.secure,
    requireTLS: !server.secure && !isOptional,
    opportunisticTLS: isOptional,
    tls: {
      minVersion: 'TLSv1.2',
      rejectUnauthorized: !isOptional || server.ca !== undefined,
      ...(server.ca === undefined ? {} : { ca: server.ca }),
    },
  } as const;
}

function logger(session: SmtpSession) {
  const observe = (entry: unknown, text: unknown) => session.observe(entry, text);
  return { trace: observe, debug: observe, info: observe, warn: observe, error: observe, fatal: observe };
}

const places = {
  connect: null,
  session: 'before the message was handed over',
  data: 'while the message was being handed over',
  dot: 'after the message was handed over, without an answer to it',
} as const;

/** Why it did not work, in words that help, and how far it came. */
export function explain(error: SmtpError, session: SmtpSession, server: MailServer): string {
  const reason = reasonOf(error, session, server);
  const { phase } = session;
  const isOwnWords = isWithoutTls(error, session) || (error.response ?? '') !== '';
  return isOwnWords || places[phase] === null ? reason : `${reason} (${places[phase]})`;
}

/** Why it did not work: the server's own words first. */
export function reasonOf(error: SmtpError & { readonly cause?: unknown }, session: SmtpSession, server: MailServer): string {
  if (isWithoutTls(error, session)) {
    return `${server.host} offers no encryption (${error.response ?? error.message}); "tls: optional" would do without`;
  }
  if (error.response !== undefined && error.response !== '') return error.response;
  return error.code === 'EABORT' && error.cause instanceof Error ? error.cause.message : error.message;
}

function isWithoutTls({ command }: SmtpError, { phase }: SmtpSession): boolean {
  return command === 'STARTTLS' && phase === 'session';
}
