import type { Incident } from '../core/incident.ts';
import type { Notification } from '../core/notification.ts';
import { notificationsOf } from '../core/parts/archive.ts';
import { nextEscalationAt } from '../core/parts/escalate.ts';
import type { LiveRecord } from '../core/record.ts';
import type { Rules } from '../core/rules.ts';
import { type IncidentJson, incidentJson } from '../texts/incident-json.ts';

/** A closed incident that has left the record, with everything that was sent about it. */
export interface Archived {
  readonly incident: Incident;
  readonly notifications: readonly Notification[];
}

/** Closed incidents; a promise or the value itself, as the reader has them. */
export interface Past {
  /** The newest, newest first. */
  incidents(options: { readonly limit: number }): readonly Archived[] | Promise<readonly Archived[]>;
  incident(id: string): Archived | null | Promise<Archived | null>;
}

/** Bare numbers are looked for in this year and so many before. */
const yearsBack = 5;
/** So many closed incidents are listed. */
const mostListed = 5000;

/** Incidents that are not closed, the newest first. */
export function openIncidents(record: LiveRecord, rules: Rules, now: number): readonly IncidentJson[] {
  const open = [...record.incidents.values()].filter(({ status }) => status !== 'closed');
  return open.map((incident) => toJson(incident, record, rules, now)).toSorted(byId);
}

/** All incidents that are known, the newest first; one that is in the record and in the history counts as in the record. */
export async function allIncidents(record: LiveRecord, past: Past, rules: Rules, now: number): Promise<readonly IncidentJson[]> {
  const archived = (await past.incidents({ limit: mostListed })).filter(({ incident }) => !record.incidents.has(incident.id));
  const live = [...record.incidents.values()].map((incident) => toJson(incident, record, rules, now));
  return [...live, ...archived.map((one) => archivedJson(one, rules))].toSorted(byId);
}

/** One incident by its id, or the newest of a bare number; null where there is none. */
export async function findIncident(
  id: string,
  record: LiveRecord,
  past: Past,
  rules: Rules,
  now: number,
): Promise<IncidentJson | null> {
  for (const candidate of candidates(id, record.ids.year)) {
    const live = record.incidents.get(candidate);
    if (live !== undefined) return toJson(live, record, rules, now);
    const archived = await past.incident(candidate);
    if (archived !== null) return archivedJson(archived, rules);
  }
  return null;
}

/** Most urgent first; of one priority the oldest. */
export function byUrgency(a: IncidentJson, b: IncidentJson): number {
  return compare(a.priority, b.priority) || compare(a.openedAt, b.openedAt);
}

/** Ids that a person may have meant, the likeliest first: `42` is the newest incident with that number. */
function candidates(id: string, year: number): readonly string[] {
  const wanted = id.trim().toUpperCase();
  if (!/^\d{1,9}$/.test(wanted)) return [wanted];
  const number = String(Number(wanted)).padStart(4, '0');
  return Array.from({ length: yearsBack + 1 }, (_, back) => `INC-${year - back}-${number}`);
}

function toJson(incident: Incident, record: LiveRecord, rules: Rules, now: number): IncidentJson {
  return incidentJson(incident, notificationsOf(record, incident.id), rules, nextEscalationAt(incident, rules, now), now);
}

function archivedJson({ incident, notifications }: Archived, rules: Rules): IncidentJson {
  return incidentJson(incident, notifications, rules, null);
}

function byId(a: IncidentJson, b: IncidentJson): number {
  return compare(b.openedAt, a.openedAt) || compare(b.id, a.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
