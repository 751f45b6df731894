/** What a look at a mail server wants of SMTP, IMAP and POP3, each of which says it in its own words. */
import type { Dialogue, Said } from '../dialogue/dialogue.ts';
import type { Trouble } from '../dialogue/trouble.ts';

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

/** PLAIN's one response (RFC 4616), in base64. */
export function plainResponse({ user, password }: Credentials): string {
  return Buffer.from(`\0${user}\0${password}`).toString('base64');
}

/** A quoted string of IMAP (RFC 9051 4.3). */
export function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
