/** Why something on the network did not work, as a value; the words are those of causes. */

export type FailureCode =
  | 'dns-failure'
  | 'host-unreachable'
  | 'port-closed'
  | 'port-filtered'
  | 'tls-expired'
  | 'tls-untrusted'
  | 'tls-name-mismatch'
  | 'tls-handshake'
  | 'protocol-error'
  | 'timeout'
  /** This machine could not even try (out of sockets, forbidden): says nothing about the other side. */
  | 'local';

/** `text` is a plain half sentence without names, URLs or secrets of the target. */
export interface Failure {
  readonly ok: false;
  readonly failure: FailureCode;
  readonly text: string;
  /** What the system called it (`ENETUNREACH`, …), where it said. */
  readonly code?: string;
}

export function failed(failure: FailureCode, text: string): Failure {
  return { ok: false, failure, text };
}

/** Code of a Node error (`ECONNREFUSED`, `CERT_HAS_EXPIRED`, …); empty when it has none. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

const ours = new Set([
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
  'EAGAIN',
  'EADDRNOTAVAIL',
  'EAFNOSUPPORT',
  'EPERM',
  'EACCES',
  'EINVAL',
]);
const unreachable = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'ENONET']);

/** What an error while connecting to `where` (address and port) means. */
export function connectFailure(error: unknown, where: string): Failure {
  const code = errorCode(error);
  const failure = meaningOf(code, where);
  return code === '' ? failure : { ...failure, code };
}

function meaningOf(code: string, where: string): Failure {
  if (code === 'ECONNREFUSED') return failed('port-closed', `${where} refuses connections`);
  if (code === 'ETIMEDOUT') return failed('port-filtered', `no answer from ${where}`);
  if (unreachable.has(code)) return failed('host-unreachable', `no way to ${where} (${code})`);
  if (ours.has(code)) return failed('local', `this machine could not open a connection to ${where} (${code})`);
  return failed('protocol-error', `the connection to ${where} broke at once (${code || 'no reason given'})`);
}
