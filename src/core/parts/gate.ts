import { windowAt } from '../calendar/maintenance.ts';
import { type Context, checkOf } from '../context.ts';
import type { Draft } from '../draft.ts';

/**
 * What keeps a confirmed failure from opening an incident: a maintenance window, or the grace after a boot or a
 * resume. A failure known from before (`known`) has no grace.
 */
export function gateOf(draft: Draft, context: Context, check: string, known: boolean): 'maintenance' | 'grace' | null {
  const service = checkOf(context.rules, check)?.service ?? '';
  if (inMaintenance(draft, context, service)) return 'maintenance';
  return !known && context.at < draft.graceUntil ? 'grace' : null;
}

/** True while a window covers the service. */
export function inMaintenance(draft: Draft, context: Context, service: string): boolean {
  return windowAt(context.rules, draft.maintenance.current, service, context.at) !== null;
}
