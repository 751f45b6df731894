/** Host and port as people type them after `kind:`, for kinds that look at one port. */
import type { Secret } from '../../lib/secret.ts';
import { TargetError, type Typed } from '../contract.ts';
import { asSecretAs, hostAndPort, oneWord, parseAuthority, shown } from './target.ts';

export type Endpoint = Readonly<{ host: string | Secret; port: number }>;

export interface EndpointWords {
  /** The kind, which is its URL scheme as well. */
  readonly kind: string;
  /** What is accepted, such as `host:port such as db:5432`. */
  readonly expected: string;
  /** The port when none is typed; without one it has to be. */
  readonly usualPort?: number;
}

/**
 * Host and port of `host:port` or `kind://host:port`. A number alone is a port of the service's host; a kind with a usual
 * port takes a host alone, or nothing where the service has one.
 */
export function endpoint({ kind, expected, usualPort }: EndpointWords, typed: Typed, host: string | null): Endpoint {
  const word = oneWord(typed, expected) ?? (usualPort === undefined ? null : host);
  if (word === null) throw new TargetError(`${kind} needs ${expected}`);
  const isPort = /^\d{1,5}$/.test(shown(word));
  const parsed = parseAuthority(isPort && host !== null ? hostAndPort(host, Number(shown(word))) : word, kind);
  const port = parsed?.port ?? usualPort;
  if (parsed === null || port === undefined || /^\d+$/.test(parsed.host)) {
    throw new TargetError(`expected ${expected}, found "${shown(word)}"`);
  }
  return { host: asSecretAs(word, parsed.host), port };
}
