import { type Context, logDecision, serviceNamed } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Act, Answer } from '../event.ts';
import type { AdHocMaintenance } from '../record.ts';

type Start = Extract<Act, { readonly act: 'start-maintenance' }>;

/** A person starts a window now. */
export function startMaintenance(
  draft: Draft,
  context: Context,
  { services: named, durationMs, reason }: Start,
  by: string,
): Answer {
  const { at, rules } = context;
  const missing = named === 'all' ? undefined : named.find((word) => serviceNamed(rules, word) === undefined);
  if (missing !== undefined) return unknownService(context, missing);
  const services = named === 'all' ? named : idsOf(context, named);
  const id = freshId(draft, at);
  draft.maintenance.set(id, { id, services, from: at, to: at + durationMs, reason: reason ?? null, by });
  logDecision(context, 'maintenance started', { services, until: at + durationMs, by });
  return { ok: true, reason: 'maintenance-started', facts: { until: at + durationMs } };
}

/** A person ends, for these services, the windows that were started by hand for services; the rules' own stay. */
export function endMaintenance(draft: Draft, context: Context, named: readonly string[] | 'all'): Answer {
  const missing = named === 'all' ? undefined : named.find((word) => serviceNamed(context.rules, word) === undefined);
  if (missing !== undefined) return unknownService(context, missing);
  const services = named === 'all' ? named : idsOf(context, named);
  const ended = draft.maintenance.values().filter((window) => isConcerned(window, services));
  if (ended.length === 0) return { ok: false, reason: 'no-maintenance' };
  for (const window of ended) {
    const left = window.services === 'all' || services === 'all' ? [] : window.services.filter((one) => !services.includes(one));
    if (left.length === 0) draft.maintenance.delete(window.id);
    else draft.maintenance.set(window.id, { ...window, services: left });
  }
  logDecision(context, 'maintenance ended', { windows: ended.map(({ id }) => id), services });
  return { ok: true, reason: 'maintenance-ended', facts: { count: ended.length } };
}

function isConcerned(window: AdHocMaintenance, services: readonly string[] | 'all'): boolean {
  if (services === 'all') return true;
  return window.services !== 'all' && window.services.some((service) => services.includes(service));
}

function unknownService({ rules }: Context, service: string): Answer {
  return { ok: false, reason: 'unknown-service', facts: { service, known: Object.keys(rules.services) } };
}

function idsOf({ rules }: Context, words: readonly string[]): readonly string[] {
  return words.map((word) => serviceNamed(rules, word)?.id ?? word);
}

function freshId(draft: Draft, at: number): string {
  const taken = draft.maintenance.current;
  let number = 0;
  while (taken.has(`M-${at}-${number}`)) number += 1;
  return `M-${at}-${number}`;
}
