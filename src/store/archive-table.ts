import type { DatabaseSync } from 'node:sqlite';
import type { ArchivedIncident } from './history-types.ts';
import { rememberOne } from './recall-table.ts';

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

const columns = [
  'id',
  'service',
  'service_name',
  'kind',
  'category',
  'cause',
  'opened_at',
  'closed_at',
  'downtime_ms',
  'document',
] as const;
const parameters = columns.map((name) => `:${name}`).join();
const usualLimit = 200;
const mostRead = 5000;

/** Keeps a closed incident; once more with the same id replaces it. Two statements: one transaction holds them together. */
export function putIncident(database: DatabaseSync, archived: ArchivedIncident): void {
  const { incident } = archived;
  const row: Readonly<Record<(typeof columns)[number], string | number | null>> = {
    id: incident.id,
    service: incident.service,
    service_name: incident.serviceName,
    kind: incident.kind,
    category: incident.category,
    cause: incident.cause.code,
    opened_at: Math.round(incident.openedAt),
    closed_at: incident.closedAt === null ? null : Math.round(incident.closedAt),
    downtime_ms: Math.round(incident.downtimeMs),
    document: JSON.stringify(archived),
  };
  database.prepare(`INSERT OR REPLACE INTO incidents (${columns.join()}) VALUES (${parameters})`).run(row);
  rememberOne(database, incident.id);
}

/** The documents of the newest closed incidents, newest first, 200 unless told and at most 5,000. */
export function readIncidents(database: DatabaseSync, limit = usualLimit): readonly string[] {
  const within = Math.max(0, Math.min(limit, mostRead));
  const rows = database.prepare('SELECT document FROM incidents ORDER BY opened_at DESC, id DESC LIMIT ?').all(within);
  return rows.map((row) => String(row.document));
}

/** The document of one closed incident; null where there is none with this id. */
export function readIncident(database: DatabaseSync, id: string): string | null {
  const row = database.prepare('SELECT document FROM incidents WHERE id = ?').get(id);
  return row === undefined ? null : String(row.document);
}

/** Copies what can still be read of another database's incidents, from both ends of it; returns how many. */
export function salvageIncidents(from: DatabaseSync, to: DatabaseSync): number {
  const copy = to.prepare(`INSERT OR IGNORE INTO incidents (${columns.join()}) VALUES (${parameters})`);
  for (const order of ['ASC', 'DESC']) {
    try {
      const readable = from.prepare(`SELECT ${columns.join()} FROM incidents WHERE json_valid(document) ORDER BY rowid ${order}`);
      for (const row of readable.iterate()) copy.run(row);
      break;
    } catch {
      // The rest may be readable from the other end.
    }
  }
  return Number(to.prepare('SELECT count(*) AS saved FROM incidents').get()?.saved);
}
