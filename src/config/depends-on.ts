/** What depends on what: names, the default, and no circles. */
import type { CheckRule, ServiceRule } from '../core/rules.ts';
import { type Context, checkName } from './names.ts';
import type { Path } from './problem.ts';

/** The ids behind written names; unknown ones are told and left out. */
export function resolveServices(names: readonly string[], raw: unknown, path: Path, context: Context): readonly string[] {
  const ids = names.flatMap((name, index) => {
    const at = Array.isArray(raw) ? [...path, index] : path;
    checkName('service', name, context.names.services, at, context);
    return context.names.services.get(name) ?? [];
  });
  return [...new Set(ids)];
}

/** What services say of themselves, by id; a service that says nothing is absent. */
export type Written = ReadonlyMap<string, readonly string[]>;

/**
 * What each service depends on. The default holds for all but those it names, what these depend on, and services that
 * only look at this machine; what a service says itself replaces it.
 */
export function dependencies(services: readonly ServiceRule[], written: Written, byDefault: readonly string[]): Written {
  const exempt = reachable(byDefault, written);
  return new Map(
    services.map((service) => {
      const isLocal = service.checks.every((check) => check.local);
      return [service.id, written.get(service.id) ?? (exempt.has(service.id) || isLocal ? [] : byDefault)];
    }),
  );
}

/** Under a default, a look at this very machine depends on nothing, whatever else its service looks at. */
export function underDefault(check: CheckRule): CheckRule {
  return check.local && check.seenBy === undefined ? { ...check, independent: true } : check;
}

function reachable(start: readonly string[], written: Written): ReadonlySet<string> {
  const seen = new Set<string>();
  const waiting = [...start];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    waiting.push(...(written.get(id) ?? []));
  }
  return seen;
}

/** Each circle once, from its first service back to it: `Website → Internet → Website`. */
export function circles(written: Written): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  const done = new Set<string>();
  for (const start of written.keys()) walk(start, written, done, found);
  return found;
}

/** Depth first without recursion: a long chain must not end the stack. */
function walk(start: string, written: Written, done: Set<string>, found: (readonly string[])[]): void {
  const way: { readonly id: string; next: number }[] = [];
  const enter = (id: string) => {
    const index = way.findIndex((step) => step.id === id);
    if (index >= 0) found.push([...way.slice(index).map((step) => step.id), id]);
    else if (!done.has(id)) way.push({ id, next: 0 });
  };
  enter(start);
  for (let step = way.at(-1); step; step = way.at(-1)) {
    const next = written.get(step.id)?.[step.next++];
    if (next !== undefined) enter(next);
    else {
      done.add(step.id);
      way.pop();
    }
  }
}
