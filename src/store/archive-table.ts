import type { DatabaseSync } from 'node:sqlite';
import { HistoryError } from './errors.ts';
import type { ArchivedIncident } from './history-types.ts';
import { incidentSchema, notificationSchema } from './record-schema.ts';

/** Closed incidents: a whole document each, and columns to search by. */
export const archiveTables = `
  CREATE TABLE IF NOT EXISTS incidents (
    id TEXT PRIMARY KEY,
    service TEXT,
    service_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    category TEXT NOT NULL,
    cause TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    closed_at INTEGER,
    downtime_ms INTEGER NOT NULL,
    document TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS incidents_opened_at ON incidents (opened_at);
`;

const usualLimit = 200;
const mostRead = 5000;

/** Keeps a closed incident; once more with the same id replaces it. */
export function putIncident(database: DatabaseSync, archived: ArchivedIncident): void {
  const { incident } = archived;
  database
    .prepare(
      `INSERT OR REPLACE INTO incidents
         (id, service, service_name, kind, category, cause, opened_at, closed_at, downtime_ms, document)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      incident.id,
      incident.service,
      incident.serviceName,
      incident.kind,
      incident.category,
      incident.cause.code,
      Math.round(incident.openedAt),
      incident.closedAt === null ? null : Math.round(incident.closedAt),
      Math.round(incident.downtimeMs),
      JSON.stringify(archived),
    );
}

/** The newest closed incidents, newest first, 200 unless told and at most 5,000; one whose document is damaged is left out. */
export function readIncidents(database: DatabaseSync, limit = usualLimit): readonly ArchivedIncident[] {
  const within = Math.max(0, Math.min(limit, mostRead));
  const rows = database.prepare('SELECT document FROM incidents ORDER BY opened_at DESC, id DESC LIMIT ?').all(within);
  return rows.map((row) => parse(row.document)).filter((archived) => archived !== null);
}

/** One closed incident; null where there is none with this id. */
export function readIncident(database: DatabaseSync, id: string): ArchivedIncident | null {
  const row = database.prepare('SELECT document FROM incidents WHERE id = ?').get(id);
  if (row === undefined) return null;
  const archived = parse(row.document);
  if (archived === null) throw new HistoryError(`the kept document of ${id} is damaged`);
  return archived;
}

/** Copies what can still be read of another database's incidents, from both ends of it; returns how many. */
export function salvageIncidents(from: DatabaseSync, to: DatabaseSync): number {
  const saved = new Set<string>();
  for (const order of ['ASC', 'DESC']) {
    try {
      for (const row of from.prepare(`SELECT document FROM incidents ORDER BY rowid ${order}`).iterate()) {
        const archived = parse(row.document);
        if (archived === null || saved.has(archived.incident.id)) continue;
        putIncident(to, archived);
        saved.add(archived.incident.id);
      }
      break;
    } catch {
      // The rest may be readable from the other end.
    }
  }
  return saved.size;
}

function parse(document: unknown): ArchivedIncident | null {
  try {
    const { incident, notifications } = JSON.parse(String(document));
    return { incident: incidentSchema.parse(incident), notifications: notificationSchema.array().parse(notifications) };
  } catch {
    return null;
  }
}
