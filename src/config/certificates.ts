/** Certificates that looks see on their way have checks of their own: a web address works until the last day. */
import { domainToASCII } from 'node:url';
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
 * One check for each certificate, fed by each look of each of the service's checks that see it, with the thresholds of rows, the
 * intervals and the target of the first of them, and their watch hours where all have the same. None where a check of kind `tls` with thresholds of its own looks at the same.
 */
export function certificateChecks(checks: readonly BoundCheck[]): readonly CheckRule[] {
  const watched = new Set(checks.filter(({ rule }) => rule.kind === 'tls').map(({ rule }) => comparable(rule.target)));
  const seeing = Map.groupBy(checks, ({ certificate }) => (certificate === null ? null : comparable(certificate)));
  return [...seeing].flatMap(([name, by]) => {
    const { certificate: target = null, rule } = by[0] ?? {};
    if (name === null || target === null || rule === undefined || watched.has(name)) return [];
    return [certificateCheck(target, rule, by)];
  });
}

/** One spelling for all of a `host:port`: in ASCII and lower case, IPv6 addresses shortened, without the dot of the root. */
function comparable(target: string): string {
  const colon = target.lastIndexOf(':');
  const host = target.slice(0, colon);
  return `${(domainToASCII(host) || host.toLowerCase()).replace(/\.$/, '')}${target.slice(colon)}`;
}

function certificateCheck(target: string, { watch, ...first }: CheckRule, by: readonly BoundCheck[]): CheckRule {
  return {
    ...first,
    ...(watch !== undefined && by.every(({ rule }) => rule.watch === watch) ? { watch } : {}),
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
