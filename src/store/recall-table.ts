/** Earlier incidents that resemble a new one, found by service and cause, then by SQLite's full text search (FTS5, bm25). */
import type { DatabaseSync } from 'node:sqlite';
import type { Recall } from '../core/known-error.ts';

/** What is searched of an incident: what was seen, and what a person recorded. */
const textOf = `service_name || ' ' || coalesce(json_extract(document, '$.incident.cause.evidence'), '')
  || ' ' || coalesce(json_extract(document, '$.incident.resolution.cause'), '')
  || ' ' || coalesce(json_extract(document, '$.incident.resolution.fix'), '')`;

export const recallTables = `
  CREATE INDEX IF NOT EXISTS incidents_service_cause ON incidents (service, cause);
  CREATE VIRTUAL TABLE IF NOT EXISTS incident_texts USING fts5 (id UNINDEXED, text);
`;

/** Takes in incidents that an earlier program has archived, or that were saved from a damaged file. */
export function fillTexts(database: DatabaseSync): void {
  database.exec(`INSERT INTO incident_texts (id, text) SELECT id, ${textOf} FROM incidents
    WHERE json_valid(document) AND id NOT IN (SELECT id FROM incident_texts)`);
}

/** Makes an archived incident one that can be found; once more with the same id replaces what was known of it. */
export function putText(database: DatabaseSync, id: string): void {
  database.prepare('DELETE FROM incident_texts WHERE id = ?').run(id);
  database.prepare(`INSERT INTO incident_texts (id, text) SELECT id, ${textOf} FROM incidents WHERE id = ?`).run(id);
}

/** How many of the same service and cause there were, when the last one opened, and documents of the most similar ones. */
export interface Found {
  readonly seen: number;
  readonly lastAt: number | null;
  readonly documents: readonly string[];
}

const mostFound = 5;
/** So many of a search's best are looked at more closely. */
const candidates = 30;
/** Of another cause, so many words must be shared. */
const sharedWords = 2;

/** A damaged document, of which SQLite would complain, is left out. */
const isRemembered = `incidents.kind <> 'report' AND incidents.id <> :id AND CASE WHEN json_valid(incidents.document)
  THEN json_extract(incidents.document, '$.incident.mergedInto') IS NULL ELSE 0 END`;

export function recallIncidents(database: DatabaseSync, recall: Recall): Found {
  const { incident: id, service, code } = recall;
  const isSame = `service IS :service AND cause = :code AND ${isRemembered}`;
  const counted = database
    .prepare(`SELECT count(*) AS seen, max(opened_at) AS lastAt FROM incidents WHERE ${isSame}`)
    .get({ id, service, code });
  const same = database
    .prepare(`SELECT document FROM incidents WHERE ${isSame} ORDER BY opened_at DESC, id DESC LIMIT ${mostFound}`)
    .all({ id, service, code });
  const lastAt = counted?.lastAt ?? null;
  return {
    seen: Number(counted?.seen ?? 0),
    lastAt: lastAt === null ? null : Number(lastAt),
    documents: [...same.map((row) => String(row.document)), ...alike(database, recall)].slice(0, mostFound),
  };
}

/** Of other services or causes, but with a similar text: those of the same cause first. */
function alike(database: DatabaseSync, { incident: id, service, code, text }: Recall): readonly string[] {
  const words = wordsOf(text);
  if (words.length === 0) return [];
  const rows = database
    .prepare(
      `SELECT incidents.document, incidents.cause, incident_texts.text FROM incident_texts
       JOIN incidents ON incidents.id = incident_texts.id
       WHERE incident_texts MATCH :words AND NOT (service IS :service AND cause = :code) AND ${isRemembered}
       ORDER BY incidents.cause <> :code, incident_texts.rank LIMIT ${candidates}`,
    )
    .all({ id, service, code, words: words.map((word) => `"${word}"`).join(' OR ') });
  const close = rows.filter((row) => row.cause === code || shared(words, String(row.text)) >= sharedWords);
  return close.map((row) => String(row.document));
}

function shared(words: readonly string[], text: string): number {
  const theirs = new Set(wordsOf(text, Number.POSITIVE_INFINITY));
  return words.filter((word) => theirs.has(word)).length;
}

/** Words that stand in every message. */
const common = new Set(['the', 'and', 'for', 'from', 'with', 'not', 'after', 'that', 'has', 'was', 'are', 'but', 'its', 'out']);

/** Telling words of a text from outside: letters only, so that numbers, addresses and ids make no difference. */
function wordsOf(text: string, limit = 30): readonly string[] {
  const found = text.toLowerCase().match(/(?<![\p{L}\p{N}])\p{L}{3,40}(?![\p{L}\p{N}])/gu) ?? [];
  return [...new Set(found)].filter((word) => !common.has(word)).slice(0, limit);
}
