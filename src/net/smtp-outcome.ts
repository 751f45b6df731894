/** What the end of an SMTP session means for the message. */
import type { SmtpSession } from './smtp-session.ts';

/**
 * - `sent`: the server answered 250 to the final dot.
 * - `failed`: surely not delivered, and not the recipient's fault: another server or a later try may do.
 * - `refused`: surely not delivered, and for good: this recipient or this message is not wanted.
 * - `uncertain`: handed over, and the answer was lost (RFC 1047).
 */
export type SmtpOutcome = 'sent' | 'failed' | 'refused' | 'uncertain';

/** What nodemailer says of an error. */
export interface SmtpError {
  readonly message: string;
  /** Its own code, such as `EENVELOPE`, and the command that failed. */
  readonly code?: string | undefined;
  readonly command?: string | undefined;
  /** The server's reply, where there was one. */
  readonly responseCode?: number | undefined;
  readonly response?: string | undefined;
}

type Reached = Pick<SmtpSession, 'phase' | 'loggedIn'>;

/** `needsLogin`: a user is configured, so a refusal without a login says nothing about the recipient. */
export function outcomeOf(error: SmtpError, { phase, loggedIn }: Reached, needsLogin: boolean): SmtpOutcome {
  const code = error.responseCode ?? 0;
  if (error.code === 'EABORT') return phase === 'data' || phase === 'dot' ? 'uncertain' : 'failed';
  if (phase === 'dot' || error.code === 'EMESSAGE') return afterDot(code, phase);
  if (error.code !== 'EENVELOPE' || (error.command !== 'RCPT TO' && error.command !== 'DATA')) return 'failed';
  const aboutUs = isOurFault(error.response ?? '') || (needsLogin && !loggedIn);
  return isPermanent(code) && !aboutUs ? 'refused' : 'failed';
}

function afterDot(code: number, phase: Reached['phase']): SmtpOutcome {
  if (isPermanent(code)) return 'refused';
  if (code >= 400 && code < 600) return 'failed';
  return phase === 'data' || phase === 'dot' ? 'uncertain' : 'failed';
}

/** 5yz, except those that say that the dialogue went wrong (RFC 5321 4.2.1: x0z syntax) or a login is missing (53z). */
function isPermanent(code: number): boolean {
  return code >= 510 && code < 600 && Math.floor(code / 10) !== 53;
}

/** Servers that put off their refusal of a sender, client or relaying to RCPT word it like this. */
function isOurFault(response: string): boolean {
  return /\brelay|authenticat|\bsender\b|\bclient host\b|\bhelo\b|block ?list|black ?list|spamhaus/i.test(response);
}
