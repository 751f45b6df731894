import type { Note } from './history-types.ts';

/** Rows on their way to the worker. */
export interface NoteQueue {
  /** Takes rows as far as there is room; never waits or throws. */
  add(notes: readonly Note[]): void;
  /** Sends what is held, in batches one after the other; stops at one that fails. Never rejects. */
  flush(): Promise<void>;
  /** Rows that found no room or whose batch failed. */
  dropped(): number;
}

const mostHeld = 20_000;
const batchSize = 1000;
const flushAfterMs = 1000;

/** A queue that sends by itself a second after the first row came. One batch is under way at a time: the worker's queue stays short. */
export function createNoteQueue(send: (notes: readonly Note[]) => Promise<unknown>): NoteQueue {
  let held: Note[] = [];
  let lost = 0;
  let sending: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;

  function add(notes: readonly Note[]): void {
    const room = mostHeld - held.length;
    held.push(...notes.slice(0, room));
    lost += Math.max(0, notes.length - room);
    arm();
  }

  function arm(): void {
    if (held.length > 0) timer ??= setTimeout(() => void flush(), flushAfterMs).unref();
  }

  function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    sending ??= sendAll().finally(() => {
      sending = null;
      arm();
    });
    return sending;
  }

  async function sendAll(): Promise<void> {
    while (held.length > 0) {
      const batch = held.slice(0, batchSize);
      held = held.slice(batchSize);
      const arrived = await send(batch).then(
        () => true,
        () => false,
      );
      if (arrived) continue;
      lost += batch.length;
      return;
    }
  }

  return { add, flush, dropped: () => lost };
}
