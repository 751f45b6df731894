/** Earlier incidents that resemble a new one, found by service and cause, then by SQLite's full text search (FTS5, bm25). */
import type { DatabaseSync } from 'node:sqlite';
import type { Recall } from '../core/known-error.ts';

/** Incidents that later ones are compared with: no reports, no merged ones. The number of one is the row of its text. */
export const recallTables = `
  CREATE TABLE IF NOT EXISTS remembered (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    service TEXT,
    cause TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    helped INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS remembered_service_cause ON remembered (service, cause, opened_at);
  CREATE VIRTUAL TABLE IF NOT EXISTS remembered_texts USING fts5 (text);
`;

/** Of a history of before, the newest are taken in: opening it must end soon. */
const mostTakenIn = 5_000;

/** A damaged document, of which SQLite would complain, is left out. */
const isRemembered = `kind <> 'report' AND CASE WHEN json_valid(document)
  THEN json_extract(document, '$.incident.mergedInto') IS NULL ELSE 0 END`;

/** A person recorded a fix, or a remedy mended it. */
const hasHelped = `json_extract(document, '$.incident.resolution.fix') IS NOT NULL OR EXISTS (
  SELECT 1 FROM json_each(document, '$.incident.remedies') AS run WHERE json_extract(run.value, '$.state') = 'helped')`;

/** What is searched of an incident: what was seen, and what a person recorded. */
const textOf = `concat_ws(' ', service_name,
  (SELECT group_concat(line.value, ' ') FROM json_each(document, '$.incident.cause.evidence') AS line),
  json_extract(document, '$.incident.resolution.cause'), json_extract(document, '$.incident.resolution.fix'))`;

/** Takes in the incidents of a history that an earlier program has written, or that were saved from a damaged file. */
export function rememberAll(database: DatabaseSync): void {
  remember(database, `IN (SELECT id FROM incidents ORDER BY opened_at DESC LIMIT ${mostTakenIn})`);
}

/** Makes an archived incident one that can be found; once more with the same id replaces what was known of it. */
export function rememberOne(database: DatabaseSync, id: string): void {
  database.prepare('DELETE FROM remembered_texts WHERE rowid = (SELECT number FROM remembered WHERE id = ?)').run(id);
  database.prepare('DELETE FROM remembered WHERE id = ?').run(id);
  remember(database, '= :id', { id });
}

function remember(database: DatabaseSync, which: string, values: Readonly<Record<string, string>> = {}): void {
  database
    .prepare(
      `INSERT INTO remembered (id, service, cause, opened_at, helped)
       SELECT id, service, cause, opened_at, ${hasHelped} FROM incidents WHERE id ${which} AND ${isRemembered}`,
    )
    .run(values);
  database
    .prepare(
      `INSERT INTO remembered_texts (rowid, text)
       SELECT number, ${textOf} FROM remembered JOIN incidents USING (id) WHERE id ${which}`,
    )
    .run(values);
}

/** How many of the same service and cause there were, when the last one opened, and documents of the most similar ones. */
export interface Found {
  readonly seen: number;
  readonly lastAt: number | null;
  /** The newest of the same service and cause, with the newest among them that helps; then similar ones, best first. */
  readonly documents: readonly string[];
}

const mostFound = 5;
/** So many of a search's best are looked at more closely. */
const candidates = 30;
/** Of another cause, so many words must be shared. */
const sharedWords = 2;

const isSame = 'service IS :service AND cause = :code AND id <> :id';

export function recallIncidents(database: DatabaseSync, recall: Recall): Found {
  const { incident: id, service, code } = recall;
  const asked = { id, service, code };
  const counted = database
    .prepare(`SELECT count(*) AS seen, max(opened_at) AS lastAt FROM remembered WHERE ${isSame}`)
    .get(asked);
  const newest = (which: string, limit: number) =>
    database
      .prepare(`SELECT id FROM remembered WHERE ${isSame} ${which} ORDER BY opened_at DESC, id DESC LIMIT ${limit}`)
      .all(asked)
      .map((row) => String(row.id));
  const same = new Set([...newest('', mostFound), ...newest('AND helped = 1', 1)]);
  const others = same.size < mostFound ? alike(database, recall).slice(0, mostFound - same.size) : [];
  const lastAt = counted?.lastAt ?? null;
  return {
    seen: Number(counted?.seen ?? 0),
    lastAt: lastAt === null ? null : Number(lastAt),
    documents: [...same, ...others].flatMap((one) => documentOf(database, one)),
  };
}

function documentOf(database: DatabaseSync, id: string): readonly string[] {
  const row = database.prepare('SELECT document FROM incidents WHERE id = ?').get(id);
  return row === undefined ? [] : [String(row.document)];
}

/** Of other services or causes, but with a similar text: those of the same cause first. */
function alike(database: DatabaseSync, { incident: id, service, code, text }: Recall): readonly string[] {
  const words = wordsOf(text);
  if (words.length === 0) return [];
  const rows = database
    .prepare(
      `SELECT id, cause, text FROM remembered_texts JOIN remembered ON number = remembered_texts.rowid
       WHERE remembered_texts MATCH :words AND id <> :id AND NOT (service IS :service AND cause = :code)
       ORDER BY cause <> :code, remembered_texts.rank LIMIT ${candidates}`,
    )
    .all({ id, service, code, words: words.map((word) => `"${word}"`).join(' OR ') });
  const close = rows.filter((row) => row.cause === code || shared(words, String(row.text)) >= sharedWords);
  return close.map((row) => String(row.id));
}

function shared(words: readonly string[], text: string): number {
  const theirs = new Set(wordsOf(text, Number.POSITIVE_INFINITY));
  return words.filter((word) => theirs.has(word)).length;
}

/** Words that stand in every message. */
const common = new Set(['the', 'and', 'for', 'from', 'with', 'not', 'after', 'that', 'has', 'was', 'are', 'but', 'its', 'out']);

/** IPv6 and hardware addresses, UUIDs: groups of hexadecimal digits, of which some have letters only. */
const groupsOfHex = /(?<![\p{L}\p{N}])[0-9a-f]{0,12}(?:[:-][0-9a-f]{0,12}){2,8}(?![\p{L}\p{N}])/giu;

/** Telling words of a text from outside: letters only, so that numbers, addresses and ids make no difference. */
function wordsOf(text: string, limit = 30): readonly string[] {
  const telling = text.toLowerCase().replace(groupsOfHex, ' ');
  const found = telling.match(/(?<![\p{L}\p{N}])\p{L}{3,40}(?![\p{L}\p{N}])/gu) ?? [];
  return [...new Set(found)].filter((word) => !common.has(word)).slice(0, limit);
}
