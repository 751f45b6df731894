/** What one look at a service saw, and the words for it. */

export const statuses = ['up', 'degraded', 'down', 'unknown'] as const;
/** `unknown`: the probe itself could not run; never proof that the service is down. */
export type Status = (typeof statuses)[number];

/** Why a check fails. A probe names the one it saw; diagnosis may find a deeper one. */
export const causeCodes = [
  'local-network',
  'gateway-unreachable',
  'internet-unreachable',
  'dns-failure',
  'host-unreachable',
  'port-closed',
  'port-filtered',
  'tls-expired',
  'tls-untrusted',
  'tls-name-mismatch',
  'tls-handshake',
  'http-status',
  'content',
  'auth-failed',
  'protocol-error',
  'slow',
  'timeout',
  'threshold',
  'outdated',
  'plugin',
  'not-watched',
  'reported',
  'unknown',
] as const;
export type CauseCode = (typeof causeCodes)[number];

/** Units of measures: milliseconds, share 0–1, bytes, days, degrees as the probe documents them, or a plain count. */
export type Unit = 'ms' | 'share' | 'bytes' | 'days' | 'count';

export interface Measure {
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
}

/**
 * What a probe run saw.
 * `message` and `evidence` are text from outside: cut, without control characters, escaped where shown.
 * `reason` is `ok` exactly when the status is `up`.
 */
export interface Observation {
  readonly status: Status;
  readonly measures: readonly Measure[];
  readonly reason: CauseCode | 'ok';
  readonly message: string;
  readonly evidence: readonly string[];
  /** The fingerprint of the certificate that was seen: warnings about one certificate are one incident. */
  readonly fingerprint?: string;
  /** What the same look saw of the certificate on its way, where that is a check of its own; without one in itself. */
  readonly certificate?: Observation;
}

/**
 * How bad a hard or soft state is, in order: up, degraded minor, degraded major (a forewarning is critical), down.
 * `unknown` has no grade: it neither extends nor breaks a row.
 */
export const grades = ['up', 'minor', 'major', 'down'] as const;
export type Grade = (typeof grades)[number];

/**
 * One measure's thresholds. Past `warning` a current measure is degraded, past `critical` down;
 * a forewarning (days left, share used, load) is degraded minor, then degraded major, never down.
 */
export interface Threshold {
  readonly measure: string;
  readonly sort: 'current' | 'forewarning';
  /** `above`: larger values are worse; `below`: smaller values are worse (days left). */
  readonly worse: 'above' | 'below';
  readonly warning?: number;
  readonly critical?: number;
}
