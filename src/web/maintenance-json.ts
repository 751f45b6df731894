import { nextBoundary, windowAt } from '../core/calendar/maintenance.ts';
import type { AdHocMaintenance, LiveRecord } from '../core/record.ts';
import type { MaintenanceRule, Rules } from '../core/rules.ts';
import { iso } from './iso.ts';

export interface MaintenanceJson {
  readonly services: readonly string[] | 'all';
  readonly from: string;
  readonly to: string;
  readonly reason: string | null;
  /** Who started it; null: the configuration. */
  readonly by: string | null;
  /** Whether it is in force now. */
  readonly active: boolean;
}

/** Windows in force and, of those that the configuration plans, the next of each; in order of time. */
export function maintenanceJson(record: LiveRecord, rules: Rules, now: number): readonly MaintenanceJson[] {
  const planned = rules.maintenance.flatMap((rule) => plannedWindow(rule, rules.timezone, now) ?? []);
  const adHoc = [...record.maintenance.values()].filter(({ to }) => to > now).map((window) => adHocWindow(window, now));
  return [...planned, ...adHoc].toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

/** The window of one rule that covers now, else its next one. */
function plannedWindow(rule: MaintenanceRule, timezone: string, now: number): MaintenanceJson | null {
  const only = { maintenance: [rule], timezone };
  const service = rule.services === 'all' ? '' : (rule.services[0] ?? '');
  const current = windowAt(only, new Map(), service, now);
  const start = current === null ? nextBoundary(only, new Map(), null, now) : now;
  const window = current ?? (start === null ? null : windowAt(only, new Map(), service, start));
  if (window === null) return null;
  return {
    services: rule.services,
    from: iso(window.from),
    to: iso(window.to),
    reason: rule.reason ?? null,
    by: null,
    active: current !== null,
  };
}

function adHocWindow({ services, from, to, reason, by }: AdHocMaintenance, now: number): MaintenanceJson {
  return { services, from: iso(from), to: iso(to), reason, by, active: from <= now };
}
