/** Trying one SMTP server as far as a login, without sending anything. */
import type { SmtpError } from './smtp-outcome.ts';
import { followSession, hide, type SmtpSession } from './smtp-session.ts';
import { defaultLimits, type MailServer, reasonOf, withTransport } from './smtp-transport.ts';

export interface LoginRequest {
  readonly server: MailServer;
  readonly hostname?: string | undefined;
  readonly signal: AbortSignal;
}

export type LoginResult =
  /** `loggedIn`: the server took a user and password; without, it greeted us and wanted none, or offers no login. */
  | { readonly ok: true; readonly loggedIn: boolean; readonly encrypted: boolean }
  /** `refusesLogin`: it was reached and said no to user and password. `why` holds no secret. */
  | { readonly ok: false; readonly refusesLogin: boolean; readonly why: string };

/**
 * Connects, greets, encrypts and logs in as for a mail, and leaves (RFC 5321 QUIT). Settles at the latest when `signal`
 * aborts; never throws for what the other side does.
 */
export async function loginBySmtp({ server, hostname, signal }: LoginRequest): Promise<LoginResult> {
  const secrets = server.password === undefined ? [] : [server.password.reveal()];
  const session = followSession(secrets, () => {});
  const late = Promise.withResolvers<never>();
  late.promise.catch(() => {});
  const onAbort = () => late.reject(new Error('no answer in time'));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await withTransport({ server, hostname, limits: defaultLimits, session, signal }, (transport) =>
      Promise.race([transport.verify(), late.promise]),
    );
    return { ok: true, loggedIn: session.loggedIn, encrypted: server.secure || saidStartTls(session) };
  } catch (error) {
    const failure = error as SmtpError;
    const why = signal.aborted ? 'no answer in time' : reasonOf(failure, session, server);
    return { ok: false, refusesLogin: failure.code === 'EAUTH', why: hide(why, secrets) };
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function saidStartTls({ transcript }: SmtpSession): boolean {
  const asked = transcript.indexOf('C: STARTTLS');
  return asked >= 0 && (transcript[asked + 1]?.startsWith('S: 220') ?? false);
}
