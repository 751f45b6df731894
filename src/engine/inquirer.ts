import type { Complaint } from '../core/diagnosis.ts';
import type { DeskEvent } from '../core/event.ts';
import type { Recall } from '../core/known-error.ts';
import type { Ports } from './ports.ts';

/** One look into a cause, in all. */
const diagnosisMs = 5_000;
/** Looks into causes at once; further ones wait for their turn. */
const concurrency = 8;
/** More than this wait for nothing. */
const queueLimit = 1_000;
/** How long the history may take. */
const recallMs = 2_000;

/** Finds out why checks fail and what the history knows of it, a few at a time, and reports each answer as an event. */
export class Inquirer {
  readonly #ports: Ports;
  readonly #post: (event: DeskEvent) => void;
  readonly #waiting: Complaint[] = [];
  readonly #running = new Map<string, AbortController>();
  #stopped = false;

  constructor(ports: Ports, post: (event: DeskEvent) => void) {
    this.#ports = ports;
    this.#post = post;
  }

  /** Asks why a check fails; one question for each check at a time. What finds no place is answered with null. */
  diagnose(complaint: Complaint): void {
    const known = this.#waiting.findIndex(({ check }) => check === complaint.check);
    if (known >= 0) this.#waiting[known] = complaint;
    else if (this.#waiting.length < queueLimit) this.#waiting.push(complaint);
    else this.#post({ type: 'diagnosed', complaint, diagnosis: null });
    this.#next();
  }

  recall(recall: Recall): void {
    void this.#within(recallMs, () => this.#ports.history.recall(recall)).then((recalled) =>
      this.#post({ type: 'recalled', recall, recalled }),
    );
  }

  /** Ends what is under way; no answer comes afterwards. */
  stop(): void {
    this.#stopped = true;
    this.#waiting.length = 0;
    for (const abort of this.#running.values()) abort.abort(new Error('stopping'));
  }

  #next(): void {
    const index = this.#waiting.findIndex(({ check }) => !this.#running.has(check));
    if (this.#stopped || index < 0 || this.#running.size >= concurrency) return;
    const [complaint] = this.#waiting.splice(index, 1);
    if (complaint === undefined) return;
    const abort = new AbortController();
    this.#running.set(complaint.check, abort);
    void this.#within(diagnosisMs, () => this.#ports.diagnose(complaint, abort.signal), abort).then((diagnosis) => {
      this.#running.delete(complaint.check);
      if (this.#stopped) return;
      this.#post({ type: 'diagnosed', complaint, diagnosis });
      this.#next();
    });
    this.#next();
  }

  /** What `work` gives within `limitMs` of the port's own clock, else null; what throws is logged. */
  async #within<Answer>(limitMs: number, work: () => Promise<Answer>, abort?: AbortController): Promise<Answer | null> {
    const { promise: late, resolve } = Promise.withResolvers<null>();
    const cancel = this.#ports.timer.at(this.#ports.clock().mono + limitMs, () => {
      abort?.abort(new Error('took too long'));
      resolve(null);
    });
    try {
      return await Promise.race([work(), late]);
    } catch (error) {
      this.#ports.log('warn', 'no answer to an inquiry', { error: String(error) });
      return null;
    } finally {
      cancel();
    }
  }
}
