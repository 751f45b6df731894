/** Certificates that looks see on their way have checks of their own: a web address works until the last day. */
import type { Threshold } from '../core/observation.ts';
import type { CheckRule } from '../core/rules.ts';
import { certificateDays, certificateFirstSteps, certificateSentences } from '../probes/support/certificate.ts';
import type { BoundCheck } from './bind.ts';
import { defined } from './defined.ts';
import { thresholdInWords } from './sections/thresholds.ts';

const { name: measure, sort, worse, warning, critical } = certificateDays;
const certificateThresholds: readonly Threshold[] = [defined({ measure, sort, worse, warning, critical })];

/** The limits in words, as those of written checks. */
export const certificateWords: readonly string[] = certificateThresholds.map((one) => thresholdInWords(one, certificateDays));

/**
 * One check for each certificate, fed by the looks of the service's checks that see it, at the pace of the first of them.
 * None where a check of kind `tls` with thresholds of its own looks at the same.
 */
export function certificateChecks(checks: readonly BoundCheck[]): readonly CheckRule[] {
  const watched = new Set(checks.filter(({ rule }) => rule.kind === 'tls').map(({ rule }) => rule.target));
  const seeing = Map.groupBy(checks, ({ certificate }) => certificate);
  return [...seeing].flatMap(([target, by]) => {
    const first = by[0]?.rule;
    return target === null || first === undefined || watched.has(target) ? [] : [certificateCheck(target, first, by)];
  });
}

function certificateCheck(target: string, first: CheckRule, by: readonly BoundCheck[]): CheckRule {
  return {
    ...first,
    key: `${first.service}/certificate:${target}`,
    kind: 'certificate',
    target,
    category: 'certificate',
    spawns: false,
    seenBy: by.map(({ rule }) => rule.key),
    part: by.every(({ rule }) => rule.part),
    thresholds: certificateThresholds,
    sentences: certificateSentences,
    firstSteps: certificateFirstSteps,
  };
}
