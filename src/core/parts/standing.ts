/** How a service stands as a dependency of others. */
import { isWithin } from '../calendar/hours.ts';
import type { Context } from '../context.ts';
import { incidentsOf } from '../context.ts';
import type { Draft } from '../draft.ts';
import { type Incident, isRunning } from '../incident.ts';
import type { Cell } from '../record.ts';
import type { CheckRule } from '../rules.ts';

/** What is down explains failures; what is being verified may; a degraded, unknown or stale service explains nothing. */
export type Standing = 'down' | 'verifying' | 'other';

/**
 * A service is down when one of its checks is hard down that is not only a part, or all of them are; also while its outage is
 * held open because it flaps. What nobody looks at now explains nothing.
 */
export function standingOf(draft: Draft, context: Context, service: string): Standing {
  const checks = lookedAt(context, service);
  const isDown = (cell: Cell) => cell.hard === 'down';
  if (holds(draft, checks, isDown) || outageOf(draft, service)?.flapping === true) return 'down';
  return holds(draft, checks, (cell) => isDown(cell) || isSoftDown(cell)) ? 'verifying' : 'other';
}

function holds(draft: Draft, checks: readonly CheckRule[], isBad: (cell: Cell) => boolean): boolean {
  const bad = checks.filter(({ key }) => {
    const cell = draft.cells.get(key);
    return cell !== undefined && !cell.unwatched && isBad(cell);
  });
  return bad.some(({ part }) => !part) || (bad.length > 0 && bad.length === checks.length);
}

function isSoftDown({ suspect, row }: Cell): boolean {
  return suspect && row.at(-1)?.grade === 'down';
}

/** Its checks that are looked at now; what others see goes with these. */
export function lookedAt({ rules, at }: Context, service: string): readonly CheckRule[] {
  return (rules.services[service]?.checks ?? []).filter(({ seenBy, watch }) => {
    const hours = watch === undefined ? undefined : rules.hours[watch];
    return seenBy === undefined && (hours === undefined || isWithin(hours, at, rules.timezone));
  });
}

/** The outage of a service that is running. */
export function outageOf(draft: Draft, service: string): Incident | undefined {
  return incidentsOf(draft, service).find((incident) => incident.kind === 'outage' && isRunning(incident));
}
