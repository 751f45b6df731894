/** Failures that a dependency explains, or may: while it is down, or is being looked at, they open no incident. */
import { type Context, checkOf, logDecision, update } from '../context.ts';
import { dependenciesOf } from '../dependencies.ts';
import type { Draft } from '../draft.ts';
import type { Transition } from '../event.ts';
import type { CauseCode } from '../observation.ts';
import type { Cell } from '../record.ts';
import type { CheckRule } from '../rules.ts';
import { affectedNow, endAffected } from './affected.ts';
import { isCutOff, joinCutOff, leaveCutOff } from './cut-off.ts';
import { lookedAt, standingOf } from './standing.ts';

/** What warns of something to come, or is about the machine itself, is the fault of no other service. */
const ownFaults: ReadonlySet<CauseCode | 'ok'> = new Set(['threshold', 'tls-expired', 'tls-untrusted', 'tls-name-mismatch']);

/** What a failure of the check may be explained by; empty where it stands for itself. */
export function explainersOf({ rules }: Context, { service, independent }: CheckRule, cell: Cell): readonly string[] {
  const isOwn = cell.hard !== 'down' && ownFaults.has(cell.last?.reason ?? 'unknown');
  return independent === true || isOwn ? [] : dependenciesOf(service, rules);
}

/** A check has begun to fail: what it depends on is looked at at once, so that a verdict is there in time. */
export function probeDependencies(context: Context, { check }: Transition): void {
  const rule = checkOf(context.rules, check);
  if (rule === undefined || rule.independent === true) return;
  const checks = askable(context, dependenciesOf(rule.service, context.rules));
  if (checks.length > 0) context.effects.push({ type: 'probe', checks });
}

/**
 * True when a confirmed failure waits: this server is cut off, a dependency is down, or has not been looked at since the
 * failure began; then it is asked now. What follows is decided when time passes.
 */
export function isExplained(draft: Draft, context: Context, { check, since, cell }: Transition): boolean {
  const rule = checkOf(context.rules, check);
  if (rule === undefined) return false;
  if (draft.explained.has(check)) return true;
  if (isCutOff(draft, rule)) {
    const incident = joinCutOff(draft, context, check);
    draft.explained.set(check, { since, until: context.at, awaits: [], incidents: [incident], wasDown: true, backAt: null });
    return true;
  }
  const services = explainersOf(context, rule, cell);
  const standings = services.map((service) => standingOf(draft, context, service));
  const awaits = standings.includes('down') ? [] : askable(context, services);
  if (awaits.length === 0 && standings.every((standing) => standing === 'other')) return false;
  draft.explained.set(check, {
    since,
    until: context.at + verdictMs(context, services),
    awaits,
    incidents: [],
    wasDown: false,
    backAt: null,
  });
  if (awaits.length > 0) context.effects.push({ type: 'probe', checks: awaits, since });
  logDecision(context, 'failure waits for its dependencies', { check, dependencies: services });
  return true;
}

/** The failure is over since `to`, or goes on in an incident of its own (`into`). */
export function endExplained(draft: Draft, context: Context, check: string, to: number, into?: string): void {
  const entry = draft.explained.get(check);
  if (entry === undefined) return;
  draft.explained.delete(check);
  const service = checkOf(context.rules, check)?.service;
  for (const id of entry.incidents) {
    if (service === undefined) forgetAffected(draft, context, id);
    else if (!isStillExplained(draft, context, id, service)) endAffected(draft, context, id, service, to, into);
    leaveCutOff(draft, context, id, check, to);
  }
}

/** A service is gone from the rules. */
function forgetAffected(draft: Draft, context: Context, id: string): void {
  const incident = draft.incidents.get(id);
  if (incident === undefined || incident.status === 'closed') return;
  update(draft, id, { affected: affectedNow(draft, incident, incident.failing, context) });
}

function isStillExplained(draft: Draft, { rules }: Context, incident: string, service: string): boolean {
  return draft.explained
    .entries()
    .some(([check, { incidents }]) => incidents.includes(incident) && checkOf(rules, check)?.service === service);
}

function askable(context: Context, services: readonly string[]): string[] {
  const checks = services.flatMap((service) => lookedAt(context, service));
  return checks.filter(({ passive }) => !passive).map(({ key }) => key);
}

/** How long confirming that a dependency is down may take. */
function verdictMs(context: Context, services: readonly string[]): number {
  const checks = services.flatMap((service) => lookedAt(context, service));
  return Math.max(0, ...checks.map((rule) => rule.failureThreshold * rule.retryIntervalMs + rule.timeoutMs));
}
