import { windowAt } from '../calendar/maintenance.ts';
import type { Context } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Incident } from '../incident.ts';

type Downtime = Pick<Incident, 'downtimeMs' | 'downSince'>;

/** The stretch of downtime that is running ends at `at`, or where the recovery that is being confirmed began. */
export function endDowntime({ downtimeMs, downSince, recoveredAt }: Incident, at: number): Downtime {
  if (downSince === null) return { downtimeMs, downSince };
  return { downtimeMs: downtimeMs + Math.max(0, Math.min(at, recoveredAt ?? at) - downSince), downSince: null };
}

/**
 * Since when a stretch of downtime counts that began with a bad observation at `since`: not before the end of a window
 * in which that was made, and not at all for what is no outage, or while a window holds it.
 */
export function beginDowntime(
  draft: Draft,
  context: Context,
  { kind, service, pausedAt }: Pick<Incident, 'kind' | 'service' | 'pausedAt'>,
  since: number,
): number | null {
  if (kind !== 'outage' || pausedAt !== null) return null;
  const window = service === null ? null : windowAt(context.rules, draft.maintenance.current, service, since);
  return Math.min(Math.max(since, window?.to ?? since), context.at);
}
