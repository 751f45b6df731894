import { type Context, logDecision } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Act, Answer } from '../event.ts';

type Start = Extract<Act, { readonly act: 'start-maintenance' }>;

/** A person starts a window now. */
export function startMaintenance(draft: Draft, context: Context, { services, durationMs, reason }: Start, by: string): Answer {
  const known = Object.keys(context.rules.services);
  const missing = services === 'all' ? undefined : services.find((service) => !known.includes(service));
  if (missing !== undefined) return { ok: false, reason: 'unknown-service', facts: { service: missing, known } };
  const { at } = context;
  const id = `M-${at}-${draft.maintenance.current.size}`;
  draft.maintenance.set(id, { id, services, from: at, to: at + durationMs, reason: reason ?? null, by });
  logDecision(context, 'maintenance started', { services, until: at + durationMs, by });
  return { ok: true, reason: 'maintenance-started', facts: { until: at + durationMs } };
}

/** A person ends the windows that were started by hand and cover just these services; the rules' own stay. */
export function endMaintenance(draft: Draft, context: Context, services: readonly string[] | 'all'): Answer {
  const ended = draft.maintenance.values().filter((window) => {
    if (services === 'all') return true;
    return window.services !== 'all' && window.services.some((service) => services.includes(service));
  });
  if (ended.length === 0) return { ok: false, reason: 'no-maintenance' };
  for (const window of ended) draft.maintenance.delete(window.id);
  logDecision(context, 'maintenance ended', { windows: ended.map(({ id }) => id) });
  return { ok: true, reason: 'maintenance-ended', facts: { count: ended.length } };
}
