/** Which looks are worth making, by what the check's own look said. */
import { isIP } from 'node:net';
import type { Complaint } from '../core/diagnosis.ts';
import type { CauseCode } from '../core/observation.ts';
import type { CheckRule } from '../core/rules.ts';
import type { Place, Sight, Word } from './vocabulary.ts';

type OnTheWay = 'link' | 'gateway' | 'resolver' | 'others' | 'internet' | 'host' | 'port' | 'tls';

const wholeWay: readonly OnTheWay[] = ['link', 'gateway', 'resolver', 'others', 'internet', 'host', 'port', 'tls'];

/** What an answer proves is not looked at: a page with an error came over a good way. Codes that are missing need no look. */
const inDoubt: Partial<Readonly<Record<CauseCode, readonly OnTheWay[]>>> = {
  'dns-failure': wholeWay,
  'host-unreachable': wholeWay,
  'port-filtered': wholeWay,
  timeout: wholeWay,
  unknown: wholeWay,
  'port-closed': ['port'],
  'tls-expired': ['tls'],
  'tls-untrusted': ['tls'],
  'tls-name-mismatch': ['tls'],
  'tls-handshake': ['tls'],
  slow: ['host'],
};

/** Names that no public name server knows (RFC 6762, 6761, 8375, and what routers make up). */
const ownNames = /(^|\.)(local|localdomain|lan|home|internal|intranet|corp|box|home\.arpa|test|localhost)\.?$/i;

/** Looks on the way to a target; of one on this machine nothing between is in doubt. */
export function looksFor(said: CauseCode, place: Place): ReadonlySet<OnTheWay> {
  const looks = inDoubt[said] ?? [];
  const skipped: readonly OnTheWay[] = place === 'self' ? ['link', 'gateway', 'resolver', 'others', 'internet', 'host'] : [];
  return new Set(looks.filter((look) => !skipped.includes(look)));
}

/** Whether something on the internet tells more: the target is there, or may be by its name. */
export function concernsInternet(place: Place, host: string): boolean {
  if (place === 'unknown') return isIP(host) === 0 && host.includes('.') && !ownNames.test(host);
  return place === 'internet';
}

/** What of this machine itself is worth a look. A disk that hangs is not asked again. */
export function machineLook({ kind, target }: CheckRule, { code }: Complaint, place: Place): 'folders' | 'processes' | null {
  if (kind === 'disk') return code === 'threshold' && target.startsWith('/') ? 'folders' : null;
  if (['load', 'memory', 'process'].includes(kind)) return 'processes';
  return place === 'self' && ['slow', 'timeout', 'port-filtered'].includes(code) ? 'processes' : null;
}

const statuses: readonly (readonly [RegExp, Word<'application'>])[] = [
  [/^HTTP 50[234]\b/, 'nothing-behind'],
  [/^HTTP 5\d\d\b/, 'server-error'],
  [/^HTTP 4(04|10)\b/, 'not-found'],
  [/^HTTP 4(01|03)\b/, 'denied'],
  [/^HTTP 429\b/, 'too-many'],
];

/** What the check's own look said of the program that answered it; null where none did. */
export function applicationSight({ code, message }: Complaint, subject: string): Sight<'application'> | null {
  if (code === 'slow') return { saw: 'slow', subject, detail: message };
  if (!['http-status', 'content', 'auth-failed', 'protocol-error'].includes(code)) return null;
  const known = code === 'http-status' || code === 'auth-failed' ? statuses.find(([words]) => words.test(message)) : undefined;
  return { saw: known?.[1] ?? 'as-told', subject, detail: message };
}
