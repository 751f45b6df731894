/** What diagnosis is asked, in few words. */
import type { Complaint } from '../../../src/core/diagnosis.ts';
import type { CauseCode } from '../../../src/core/observation.ts';
import type { CheckRule } from '../../../src/core/rules.ts';

export function complaintOf(code: CauseCode, message = 'as the look said'): Complaint {
  return { check: 'Service/kind:target', code, message, evidence: [] };
}

export function ruleOf(kind: string, target: string): CheckRule {
  return {
    key: `Service/${kind}:${target}`,
    service: 'Service',
    kind,
    target,
    category: 'other',
    local: false,
    passive: false,
    spawns: false,
    part: false,
    intervalMs: 60_000,
    timeoutMs: 10_000,
    retryIntervalMs: 30_000,
    failureThreshold: 3,
    successThreshold: 2,
    confirmForMs: 120_000,
    reopenWithinMs: 1_800_000,
    thresholds: [],
  };
}
