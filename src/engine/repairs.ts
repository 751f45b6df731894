import type { DeskEvent } from '../core/event.ts';
import type { RemedyDuty } from '../core/parts/remedies.ts';
import type { RemedyEnd } from '../core/remedy.ts';
import type { Ports, RemedyRequest } from './ports.ts';

/** One run, whatever it does. */
const deadlineMs = 2 * 60_000;
/** Remedies under way at once. */
const concurrency = 4;

/** Runs the remedies that the record has marked as running, a few at a time, and reports how each ended. */
export class Repairs {
  readonly #ports: Ports;
  readonly #post: (event: DeskEvent) => void;
  readonly #claimed = new Set<string>();
  readonly #underWay = new Map<string, { readonly abort: AbortController; readonly ended: Promise<void> }>();
  #stopped = false;

  constructor(ports: Ports, post: (event: DeskEvent) => void) {
    this.#ports = ports;
    this.#post = post;
  }

  /** Takes those that may be marked as running now. */
  claim(due: readonly RemedyDuty[]): string[] {
    if (this.#stopped) return [];
    const free = Math.max(0, concurrency - this.#claimed.size);
    const keys = due
      .map(({ run }) => run.key)
      .filter((key) => !this.#claimed.has(key))
      .slice(0, free);
    for (const key of keys) this.#claimed.add(key);
    return keys;
  }

  /** Starts claimed runs whose mark is committed; `keys` that are not among them may no longer be started. */
  start(keys: readonly string[], requests: readonly RemedyRequest[]): void {
    for (const key of keys) {
      const request = requests.find(({ run }) => run.key === key);
      if (this.#stopped || this.#underWay.has(key)) continue;
      if (request !== undefined) this.#launch(request);
      else this.#giveUp(key);
    }
  }

  /** Where it is marked as running all the same, its rule has left the configuration in this very turn. */
  #giveUp(key: string): void {
    this.#claimed.delete(key);
    this.#post({ type: 'remedy-ended', key, end: { ok: false, outcome: 'no longer in the configuration', output: '' } });
  }

  #launch(request: RemedyRequest): void {
    const { key } = request.run;
    const abort = new AbortController();
    const cancel = this.#ports.timer.at(this.#ports.clock().mono + deadlineMs, () => abort.abort(new Error('took too long')));
    const ended = this.#run(request, abort.signal).then((end) => {
      cancel();
      this.#underWay.delete(key);
      this.#claimed.delete(key);
      if (!this.#stopped) this.#post({ type: 'remedy-ended', key, end });
    });
    this.#underWay.set(key, { abort, ended });
  }

  async #run(request: RemedyRequest, signal: AbortSignal): Promise<RemedyEnd> {
    try {
      return await this.#ports.runRemedy(request, signal);
    } catch (error) {
      this.#ports.log('error', 'a remedy threw: a defect of incidentd', { key: request.run.key, error: String(error) });
      return { ok: false, outcome: `internal error: ${String(error)}`, output: '' };
    }
  }

  /**
   * Aborts what is under way and waits, two seconds at most, until nothing is left of it. Nobody can say what came of it:
   * it stays marked as running, which the next life calls uncertain.
   */
  async stop(): Promise<void> {
    this.#stopped = true;
    const running = [...this.#underWay.values()];
    for (const { abort } of running) abort.abort(new Error('stopping'));
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const cancel = this.#ports.timer.at(this.#ports.clock().mono + 2_000, resolve);
    await Promise.race([Promise.all(running.map(({ ended }) => ended)), late]);
    cancel();
  }
}
