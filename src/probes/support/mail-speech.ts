/** What a look at a mail server wants of SMTP, IMAP and POP3, each of which says it in its own words. */
import type { Failure, FailureCode } from '../../net/failure.ts';
import type { Dialogue, Said } from './dialogue.ts';

/** Why a step did not work; `local` says nothing about the other side. */
export type Trouble =
  | Failure
  | { readonly ok: false; readonly failure: FailureCode | 'auth-failed' | 'content'; readonly text: string };

export interface Greeting extends Said {
  /** The server takes us for somebody without asking (PREAUTH of IMAP). */
  readonly isLoggedIn?: boolean;
}

export interface Hello {
  readonly ok: true;
  /** What the server can do, a capability each, in capital letters. */
  readonly abilities: readonly string[];
}

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** The steps of a conversation; each is taken when the one before has worked. */
export interface MailSpeech {
  greeting(dialogue: Dialogue): Promise<Greeting | Trouble>;
  /** Taken once more after TLS has begun: what was heard in clear does not count. */
  hello(dialogue: Dialogue): Promise<Hello | Trouble>;
  /** The ability that lets TLS begin. */
  readonly tlsAbility: string;
  /** Agrees on TLS; the handshake is the caller's. */
  startTls(dialogue: Dialogue): Promise<Said | Trouble>;
  login(dialogue: Dialogue, abilities: readonly string[], credentials: Credentials): Promise<Said | Trouble>;
  /** The last line that is said. */
  readonly farewell: string;
}

export function trouble(failure: FailureCode | 'auth-failed' | 'content', text: string): Trouble {
  return { ok: false, failure, text };
}

/** A greeting that is a refusal. */
export function turnedAway({ where, transcript }: Dialogue, text: string): Trouble {
  return trouble('protocol-error', `${where} turns connections away: ${transcript.quote(text)}`);
}

/** Something that the protocol does not know. */
export function notSpoken(protocol: string, { where, transcript }: Dialogue, text: string): Trouble {
  return trouble('protocol-error', `${where} does not speak ${protocol}: ${transcript.quote(text)}`);
}

/** A server that would rather not encrypt after all. */
export function tlsRefused({ where, transcript }: Dialogue, text: string): Trouble {
  return trouble('tls-handshake', `${where} offers TLS and then refuses it: ${transcript.quote(text)}`);
}

/** A refused login: for now, which is the server's own trouble, or for good. */
export function loginRefused({ where, transcript }: Dialogue, text: string, isForNow: boolean): Trouble {
  const quoted = transcript.quote(text);
  return isForNow || /\btemporar(y|ily)\b|\btry (again )?later\b/i.test(text)
    ? trouble('protocol-error', `${where} cannot look at logins just now: ${quoted}`)
    : trouble('auth-failed', `${where} refuses the login: ${quoted}`);
}

/** Nothing that takes a password: a server without any login fails its users, one with other logins only us. */
export function noWayToLogIn({ where, transcript }: Dialogue, offered: readonly string[]): Trouble {
  if (offered.length === 0) return trouble('auth-failed', `${where} offers no login`);
  const listed = transcript.quote(offered.join(' '));
  return trouble('local', `${where} offers only logins that this check cannot do (${listed}); leave out "auth:"`);
}

/** PLAIN's one response (RFC 4616), in base64. */
export function plainResponse({ user, password }: Credentials): string {
  return Buffer.from(`\0${user}\0${password}`).toString('base64');
}

/** A quoted string of IMAP (RFC 9051 4.3). */
export function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
