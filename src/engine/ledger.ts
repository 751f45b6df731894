import type { LiveRecord } from '../core/record.ts';
import type { Ports } from './ports.ts';

/** A commit that takes longer counts as failed; it may still end well. */
const commitDeadlineMs = 5_000;

export interface LedgerEvents {
  /** Called when writing begins to fail, and not again before it has worked. */
  onDegraded(detail: string): void;
  /** A write that hung has ended, well or not: the newest record may be written. */
  onUnhung(): void;
}

/**
 * Writes the record down, one write at a time, each within a deadline. Where that fails it is degraded: every further
 * call tries again, and the first success ends it.
 */
export class Ledger {
  readonly #ports: Ports;
  readonly #events: LedgerEvents;
  #committed: LiveRecord;
  #degraded = false;
  /** A write that took too long and has not ended yet: no second one is started on top of it. */
  #hanging = false;

  constructor(ports: Ports, committed: LiveRecord, events: LedgerEvents) {
    this.#ports = ports;
    this.#committed = committed;
    this.#events = events;
  }

  /** True while what is decided cannot be written down. */
  get degraded(): boolean {
    return this.#degraded;
  }

  /** Writes a record that is not the one last written. Never rejects, and settles within the deadline. */
  async write(record: LiveRecord): Promise<void> {
    if (record === this.#committed || this.#hanging) return;
    const work = this.#ports.store.commit(record);
    try {
      await withDeadline(this.#ports, work, commitDeadlineMs);
      this.#committed = record;
      if (this.#degraded) this.#ports.log('warn', 'the record can be written again');
      this.#degraded = false;
    } catch (error) {
      if (error instanceof LateError) this.#awaitHanging(work);
      if (!this.#degraded) this.#beginDegraded(error instanceof Error ? error.message : String(error));
    }
  }

  /** Told once: a log on the same full disk must not be flooded by every turn. */
  #beginDegraded(detail: string): void {
    this.#degraded = true;
    this.#ports.log('error', 'the record cannot be written; going on from memory', { error: detail });
    this.#events.onDegraded(detail);
  }

  #awaitHanging(work: Promise<void>): void {
    this.#hanging = true;
    const ended = () => {
      this.#hanging = false;
      this.#events.onUnhung();
    };
    work.then(ended, ended);
  }
}

class LateError extends Error {}

/** Rejects with a `LateError` when `work` has not settled within `limitMs` of the port's own clock. */
async function withDeadline(ports: Ports, work: Promise<void>, limitMs: number): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const cancel = ports.timer.at(ports.clock().mono + limitMs, () =>
    reject(new LateError(`no answer from the disk for ${limitMs / 1000} s`)),
  );
  try {
    await Promise.race([work, late]);
  } finally {
    cancel();
    work.catch(() => {});
  }
}
