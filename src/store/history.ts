import { setImmediate } from 'node:timers/promises';
import type { Incident } from '../core/incident.ts';
import type { Recall, Recalled } from '../core/known-error.ts';
import { earlierOf } from '../core/known-errors.ts';
import type { Notification } from '../core/notification.ts';
import { parseArchived, parseReadable } from './archived.ts';
import { openHistoryLink } from './history-link.ts';
import type { ArchivedIncident, Look, Past } from './history-types.ts';
import { createNoteQueue } from './note-queue.ts';
import { createCollector } from './rollup.ts';

/**
 * Closed incidents and the past of checks, kept by SQLite in a worker thread. It may be slow, blocked or lost without
 * harm to anything else: every promise settles within 5 seconds, failures are HistoryErrors.
 */
export interface History {
  /** Resolves when the incident is on the disk; once more with the same id replaces it. */
  archive(incident: Incident, notifications: readonly Notification[]): Promise<void>;
  /** Keeps what a check was seen as; never waits or throws. What finds no room is counted in `dropped`. */
  note(look: Look): void;
  /** Rows about checks that were lost because the database was blocked, slow or broken. */
  dropped(): number;
  /** The newest closed incidents, newest first: 200 unless told, at most 5,000. One whose document is damaged is left out. */
  incidents(options?: { readonly limit?: number }): Promise<readonly ArchivedIncident[]>;
  /** One closed incident; null where there is none with this id. */
  incident(id: string): Promise<ArchivedIncident | null>;
  /** Earlier incidents like one that has just opened. */
  recall(recall: Recall): Promise<Recalled>;
  /** What a check looked like between two instants (epoch ms, `to` exclusive); of much, the newest 20,000 rows. */
  past(check: string, from: number, to: number): Promise<Past>;
  /** Writes what is still held and ends the worker, within 2 seconds; never rejects. */
  close(): Promise<void>;
}

export interface HistoryOptions {
  /** Told of each repair, in a sentence, for log and admin. */
  readonly repaired?: (note: string) => void;
  readonly deadlineMs?: number;
}

const answerWithinMs = 5000;
const closeWithinMs = 2000;
const slice = 50;

/** Opens the history in a state folder, which exists. Trouble with the database shows in the answers, not here. */
export function openHistory(folder: string, options: HistoryOptions = {}): History {
  const { repaired = () => {}, deadlineMs = answerWithinMs } = options;
  const link = openHistoryLink({ folder, deadlineMs, repaired });
  const collector = createCollector();
  const queue = createNoteQueue((notes) => link.ask({ op: 'note', notes }));

  async function closeOrderly(): Promise<void> {
    queue.add(collector.finish());
    await queue.flush();
    await link.ask({ op: 'close' });
  }

  return {
    async archive(incident, notifications) {
      await link.ask({ op: 'archive', archived: { incident, notifications } });
    },
    note: (look) => queue.add(collector.add(look)),
    dropped: queue.dropped,
    async incidents(range = {}) {
      return parseInSlices(await link.ask({ op: 'incidents', ...range }));
    },
    async incident(id) {
      const document = await link.ask({ op: 'incident', id });
      return document === null ? null : parseArchived(document);
    },
    async recall(recall) {
      const { seen, lastAt, documents } = await link.ask({ op: 'recall', recall });
      return { seen, lastAt, similar: parseReadable(documents).map(({ incident }) => earlierOf(incident)) };
    },
    past(check, from, to) {
      void queue.flush();
      return link.ask({ op: 'past', check, from, to });
    },
    async close() {
      await within(closeWithinMs, closeOrderly());
      link.end();
    },
  };
}

/** Lets other work of the process go on in between: a long register must not delay a probe. */
async function parseInSlices(documents: readonly string[]): Promise<readonly ArchivedIncident[]> {
  const parsed: ArchivedIncident[] = [];
  for (let from = 0; from < documents.length; from += slice) {
    parsed.push(...parseReadable(documents.slice(from, from + slice)));
    await setImmediate();
  }
  return parsed;
}

/** Waits for `act` to end, well or not, but no longer than `ms`. */
async function within(ms: number, act: Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([act.catch(() => {}), promise]);
  clearTimeout(timer);
}
