import type { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { putIncident, readIncident, readIncidents } from './archive-table.ts';
import { isDamage, openDatabase, replaceDamaged } from './history-database.ts';
import type { Answers, Ask, Note, Question, Reply } from './history-types.ts';
import { prunePast } from './past-prune.ts';
import { readPast } from './past-read.ts';
import { putNotes } from './past-tables.ts';
import { recallIncidents } from './recall-table.ts';
import { transaction } from './transaction.ts';

type Request = Exclude<Ask, { readonly op: 'close' }>;

const folder = String(workerData);
const pruneEveryMs = 3_600_000;
let database: DatabaseSync | null = null;
let prunedAt = 0;

parentPort?.on('message', ({ ticket, ask }: Question) => {
  try {
    reply({ type: 'answer', ticket, answer: ask.op === 'close' ? close() : answerOrRepair(ask) });
  } catch (error) {
    reply({ type: 'failed', ticket, why: error instanceof Error ? error.message : String(error) });
  }
});

/** Nothing keeps the thread alive afterwards. */
function close(): null {
  parentPort?.unref();
  database?.close();
  database = null;
  return null;
}

function reply(message: Reply): void {
  parentPort?.postMessage(message);
}

function repaired(note: string): void {
  reply({ type: 'repaired', note });
}

/** Damage that shows itself only now is repaired once, and the question asked again. */
function answerOrRepair(ask: Request): Answers[Ask['op']] {
  try {
    database ??= openDatabase(folder, repaired);
    return answer(database, ask);
  } catch (error) {
    if (database === null || !isDamage(error)) throw error;
    database.close();
    database = null;
    database = replaceDamaged(folder, error, repaired);
    return answer(database, ask);
  }
}

function answer(open: DatabaseSync, ask: Request): Answers[Ask['op']] {
  switch (ask.op) {
    case 'archive':
      transaction(open, () => putIncident(open, ask.archived));
      return null;
    case 'note':
      transaction(open, () => keep(open, ask.notes));
      return null;
    case 'incidents':
      return readIncidents(open, ask.limit);
    case 'incident':
      return readIncident(open, ask.id);
    case 'recall':
      return recallIncidents(open, ask.recall);
    case 'past':
      return readPast(open, ask.check, ask.from, ask.to);
    default:
      return ask satisfies never;
  }
}

function keep(open: DatabaseSync, notes: readonly Note[]): void {
  putNotes(open, notes);
  const now = Math.max(...notes.map((note) => (note.type === 'change' ? note.change.at : note.rollup.at)));
  if (Math.abs(now - prunedAt) < pruneEveryMs) return;
  prunePast(open, now);
  prunedAt = now;
}
