import type { Rules } from './rules.ts';

const known = new WeakMap<Rules, Map<string, readonly string[]>>();

/** The services on which one depends, directly or through others, the nearest first; empty for one that is not in the rules. */
export function dependenciesOf(service: string, rules: Rules): readonly string[] {
  const cache = known.get(rules) ?? new Map<string, readonly string[]>();
  known.set(rules, cache);
  const found = cache.get(service) ?? reachable(service, rules);
  cache.set(service, found);
  return found;
}

/** Breadth first; a circle, which the configuration refuses, ends nothing. */
function reachable(service: string, { services }: Rules): readonly string[] {
  const seen = new Set<string>([service]);
  for (const id of seen) for (const next of services[id]?.dependsOn ?? []) seen.add(next);
  return [...seen].filter((id) => id !== service && services[id] !== undefined);
}
