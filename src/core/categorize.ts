import type { CauseCode } from './observation.ts';
import type { Cell } from './record.ts';
import type { Category, CheckRule, Impact, Priority, ServiceRule, Severity } from './rules.ts';

/** Priority from severity × impact. */
const matrix: Readonly<Record<Severity, Readonly<Record<Impact, Priority>>>> = {
  critical: { high: 'P1', medium: 'P2', low: 'P3' },
  major: { high: 'P2', medium: 'P3', low: 'P4' },
  minor: { high: 'P3', medium: 'P4', low: 'P5' },
};

export function priorityOf(severity: Severity, impact: Impact): Priority {
  return matrix[severity][impact];
}

/** The more urgent of two priorities. */
export function higher(a: Priority, b: Priority): Priority {
  return a < b ? a : b;
}

/** Causes that say by themselves what kind of trouble it is. */
const categoryOfCause: Partial<Readonly<Record<CauseCode, Category>>> = {
  'local-network': 'network',
  'gateway-unreachable': 'network',
  'internet-unreachable': 'network',
  'dns-failure': 'dns',
  'host-unreachable': 'host',
  'tls-expired': 'certificate',
  'tls-untrusted': 'certificate',
  'tls-name-mismatch': 'certificate',
  slow: 'performance',
  'not-watched': 'monitoring',
};

/** The category: from the cause, else from the check kind where it has one (`other` has not), else the service's own. */
export function categoryOf(cause: CauseCode, check: CheckRule | undefined, service: ServiceRule | undefined): Category {
  const ofKind = check === undefined || check.category === 'other' ? undefined : check.category;
  return categoryOfCause[cause] ?? ofKind ?? service?.category ?? 'other';
}

/** Severity of an outage: critical unless only parts are down. */
export function outageSeverity(failing: readonly (CheckRule | undefined)[]): Severity {
  return failing.length > 0 && failing.every((check) => check?.part === true) ? 'major' : 'critical';
}

/** Severity of a warning: major when a forewarning is critical. */
export function warningSeverity(cell: Cell | undefined): Severity {
  return cell?.hard === 'major' ? 'major' : 'minor';
}
