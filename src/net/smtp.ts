/** Handing one mail to one SMTP server, once. */
import { outcomeOf, type SmtpError, type SmtpOutcome } from './smtp-outcome.ts';
import { followSession, hide, type SmtpSession } from './smtp-session.ts';
import { defaultLimits, explain, type MailServer, type SmtpLimits, withTransport } from './smtp-transport.ts';

export type { MailServer, SmtpLimits };

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
function converse(request: SmtpRequest, limits: SmtpLimits, session: SmtpSession, signal: AbortSignal): Promise<string> {
  const { server, from, to, message, hostname } = request;
  return withTransport({ server, hostname, limits, session, signal }, async (transport) => {
    const sent = await transport.sendMail({
      envelope: { from, to: [to] },
      raw: message,
      signal,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return sent.response;
  });
}
