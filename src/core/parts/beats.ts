import { type Context, serviceNamed } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Answer } from '../event.ts';
import type { CheckRule } from '../rules.ts';

/** A heartbeat arrives: kept for the check that waits for it, which looks at once. */
export function beat(draft: Draft, context: Context, service: string, check: string | undefined, ok: boolean): Answer {
  const rule = serviceNamed(context.rules, service);
  if (rule === undefined)
    return { ok: false, reason: 'unknown-service', facts: { service, known: Object.keys(context.rules.services) } };
  const passive = rule.checks.filter((one) => one.passive);
  const meant = check === undefined ? passive : passive.filter((one) => isNamed(one, check));
  const [only, ...others] = meant;
  if (only === undefined) return { ok: false, reason: 'no-heartbeat', facts: { service, known: passive.map(shortName) } };
  if (others.length > 0) return { ok: false, reason: 'several-heartbeats', facts: { service, known: meant.map(shortName) } };
  draft.beats.set(only.key, { at: context.at, ok });
  context.effects.push({ type: 'probe', checks: [only.key] });
  return { ok: true, reason: ok ? 'beat' : 'beat-failed', facts: { check: only.key } };
}

function isNamed(rule: CheckRule, name: string): boolean {
  return rule.key === name || shortName(rule) === name || rule.target === name;
}

function shortName({ key, service }: CheckRule): string {
  return key.slice(service.length + 1);
}

/** Heartbeats that are waited for from now on, and no more. */
export function followRules(draft: Draft, context: Context): void {
  const passive = Object.values(context.rules.services).flatMap((service) => service.checks.filter((check) => check.passive));
  const keys = new Set(passive.map((check) => check.key));
  for (const key of keys) if (!draft.beats.has(key)) draft.beats.set(key, { at: context.at, ok: null });
  for (const [key] of draft.beats.entries()) if (!keys.has(key)) draft.beats.delete(key);
}
