/** Why a step of a conversation did not work, in the words that every protocol shares. */
import type { Observation } from '../../../core/observation.ts';
import type { Failure, FailureCode } from '../../../net/failure.ts';
import { down, unknown } from '../../contract.ts';
import type { Dialogue } from './dialogue.ts';

/** Why a step did not work; `local` says nothing about the other side. */
export type Trouble =
  | Failure
  | { readonly ok: false; readonly failure: FailureCode | 'auth-failed' | 'content'; readonly text: string };

export function trouble(failure: FailureCode | 'auth-failed' | 'content', text: string): Trouble {
  return { ok: false, failure, text };
}

/** A trouble as an observation, with the end of what was said. */
export function fromTrouble({ failure, text }: Trouble, { transcript }: Dialogue): Observation {
  return failure === 'local' ? unknown(text, transcript.lines) : down(failure, text, [], transcript.lines);
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
