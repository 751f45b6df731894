/** Handing one mail to one SMTP server, once. */
import type { Secret } from '../lib/secret.ts';
import { connectTo } from './connect.ts';
import { outcomeOf, type SmtpError, type SmtpOutcome } from './smtp-outcome.ts';
import { followSession, hide, type SmtpSession } from './smtp-session.ts';

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

const defaultLimits: SmtpLimits = {
  connectMs: 30_000,
  greetingMs: 60_000,
  dialogueMs: 120_000,
  silenceMs: 630_000,
  totalMs: 660_000,
};

export interface SmtpRequest {
  readonly server: MailServer;
  readonly from: string;
  readonly to: string;
  /** The whole message with its headers, CRLF at line ends. */
  readonly message: Buffer;
  readonly signal: AbortSignal;
  /** What we call ourselves in EHLO; default the machine's name. */
  readonly hostname?: string | undefined;
  readonly limits?: Partial<SmtpLimits> | undefined;
}

export interface SmtpResult {
  readonly outcome: SmtpOutcome;
  /** What the server said, or why nothing was reached; never a secret. */
  readonly response: string;
  readonly transcript: readonly string[];
}

/**
 * Tries one server once. Settles at the latest when `signal` aborts or a limit is over: before the server asked for the
 * message that is `failed`, afterwards `uncertain`. Never throws for what the other side does.
 */
export async function sendBySmtp(request: SmtpRequest): Promise<SmtpResult> {
  const { server } = request;
  const limits = { ...defaultLimits, ...request.limits };
  const secrets = server.password === undefined ? [] : [server.password.reveal()];
  const dialogue = new AbortController();
  const timer = setTimeout(() => dialogue.abort(new Error('the server took too long')), limits.dialogueMs);
  const session = followSession(secrets, () => clearTimeout(timer));
  const total = AbortSignal.any([request.signal, AbortSignal.timeout(limits.totalMs)]);
  try {
    const response = await converse(request, limits, session, AbortSignal.any([total, dialogue.signal]));
    const isSent = session.phase === 'dot' && /^250\b/.test(response);
    return result(isSent ? 'sent' : 'uncertain', response);
  } catch (error) {
    const failure = error as SmtpError;
    const outcome = outcomeOf(failure, session, server.user !== undefined);
    return result(outcome, explain(failure, session, server));
  } finally {
    clearTimeout(timer);
  }

  function result(outcome: SmtpOutcome, response: string): SmtpResult {
    const hidden = hide(response, secrets);
    session.note(`${outcome}: ${hidden}`);
    return { outcome, response: hidden, transcript: session.transcript };
  }
}

/** The dialogue; gives the server's answer to the final dot, throws nodemailer's error for everything else. */
async function converse(request: SmtpRequest, limits: SmtpLimits, session: SmtpSession, signal: AbortSignal): Promise<string> {
  const { server, from, to, message } = request;
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
    const transport = createTransport({
      ...securityOf(server),
      ...(server.user === undefined ? {} : { auth: { user: server.user, pass: server.password?.reveal() ?? '' } }),
      host: server.host,
      port: server.port,
      connection: socket,
      name: request.hostname,
      connectionTimeout: limits.greetingMs,
      greetingTimeout: limits.greetingMs,
      socketTimeout: limits.silenceMs,
      socketCloseTimeout: 1000,
      maxResponseSize: 64 * 1024,
      transactionLog: true,
      logger: logger(session),
    });
    const sent = await transport.sendMail({
      envelope: { from, to: [to] },
      raw: message,
      signal,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return sent.response;
  } finally {
    socket.destroySoon();
  }
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

/** Why it did not work, in words that help: the server's own first. */
function explain(error: SmtpError & { readonly cause?: unknown }, { phase }: SmtpSession, server: MailServer): string {
  if (error.command === 'STARTTLS' && phase === 'session') {
    return `${server.host} offers no encryption (${error.response ?? error.message}); "tls: optional" would do without`;
  }
  if (error.response !== undefined && error.response !== '') return error.response;
  const reason = error.code === 'EABORT' && error.cause instanceof Error ? error.cause.message : error.message;
  return places[phase] === null ? reason : `${reason} (${places[phase]})`;
}
