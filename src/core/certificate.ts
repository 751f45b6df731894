import type { Grade } from './observation.ts';
import type { CertificateState } from './record.ts';

/** What one look saw of a certificate. */
export interface Seen {
  /** Absent where the look saw none. */
  readonly fingerprint: string | undefined;
  readonly hard: Grade | null;
  readonly grade: Grade | null;
}

/**
 * The certificate that a check's state is about. A bad state stays with its certificate until it is over, or until
 * `length` looks in a row have seen another one that is bad as well: behind one name there may be several machines,
 * each with its own.
 */
export function followCertificate(
  before: CertificateState | undefined,
  { fingerprint, hard, grade }: Seen,
  length: number,
): CertificateState | undefined {
  if (fingerprint === undefined || grade === null) return before;
  const isBad = hard !== null && hard !== 'up';
  if (before === undefined || !isBad || before.fingerprint === fingerprint) return { fingerprint };
  if (grade === 'up') return before;
  const looks = before.next?.fingerprint === fingerprint ? before.next.looks + 1 : 1;
  return looks >= length ? { fingerprint } : { fingerprint: before.fingerprint, next: { fingerprint, looks } };
}
