/** Reading what people type after `kind:`, and showing it again without secrets. */
import { domainToASCII } from 'node:url';
import { isSecret, revealed, type Secret, secret } from '../../lib/secret.ts';
import { TargetError, type Typed } from '../contract.ts';

/** One typed word, or null for none; a list is refused with what `expected` names. */
export function oneWord(typed: Typed, expected: string): string | Secret | null {
  if (typed === null || isSecret(typed)) return typed;
  if (typeof typed === 'object') throw new TargetError(`expected ${expected}, found a list`);
  const word = String(typed).trim();
  return word === '' ? null : word;
}

/** Refuses a target where a kind takes none. */
export function noTarget(kind: string, typed: Typed): void {
  if (typed === null || typed === '') return;
  throw new TargetError(`${kind} looks at this machine and takes no target; write "${kind}:" with nothing after it`);
}

/** A text as shown: a secret is `***`. */
export function shown(value: string | Secret): string {
  return String(value);
}

/** Gives `derived` the secrecy of the text that it was taken from. */
export function asSecretAs<Derived extends string>(original: string | Secret, derived: Derived): Derived | Secret {
  return isSecret(original) ? secret(derived) : derived;
}

export interface Authority {
  readonly host: string;
  readonly port: number | null;
}

/**
 * Host and port of `host`, `host:port`, `[::1]:port`, a bare IPv6 address, or any of them behind `scheme://`.
 * Null when it is none of these.
 */
export function parseAuthority(typed: string | Secret, scheme: string): Authority | null {
  const text = revealed(typed).trim();
  const bare = text.startsWith(`${scheme}://`) ? text.slice(scheme.length + 3).replace(/\/$/, '') : text;
  const bracketed = /^\[([0-9a-fA-F:.]+(?:%[\w.-]+)?)\](?::(\d{1,5}))?$/.exec(bare);
  if (bracketed) return authority(bracketed[1] ?? '', bracketed[2]);
  if (/^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(?:%[\w.-]+)?$/.test(bare)) return authority(bare, undefined);
  const plain = /^([^\s:/?#@[\]]+)(?::(\d{1,5}))?$/.exec(bare);
  return plain && isHostName(plain[1] ?? '') ? authority(plain[1] ?? '', plain[2]) : null;
}

/** Whether a name can be asked for at all: letters, digits, `-`, `_` and dots, not beginning with a dash (RFC 1123 2.1). */
function isHostName(text: string): boolean {
  return /^[\w](?:[\w.-]{0,252})$/.test(domainToASCII(text));
}

function authority(host: string, port: string | undefined): Authority | null {
  const number = port === undefined ? null : Number(port);
  return number !== null && (number < 1 || number > 65_535) ? null : { host, port: number };
}

/** `host:port`, with brackets around an IPv6 address. */
export function hostAndPort(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
