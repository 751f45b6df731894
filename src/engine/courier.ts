import type { DeskEvent } from '../core/event.ts';
import type { Delivery, Ports } from './ports.ts';

/** Mails under way at once. */
const concurrency = 8;
/** One try, whatever the other side does: above RFC 5321 4.5.3.2.6's ten minutes after the final dot. */
const deadlineMs = 11 * 60_000;

type Outcome = Awaited<ReturnType<Ports['deliver']>>;

/** Sends what the record has marked as being sent, a few at a time, and reports how each try ended. */
export class Courier {
  readonly #ports: Ports;
  readonly #post: (event: DeskEvent) => void;
  readonly #claimed = new Set<string>();
  readonly #underWay = new Map<string, { readonly abort: AbortController; readonly ended: Promise<void> }>();
  #stopped = false;

  constructor(ports: Ports, post: (event: DeskEvent) => void) {
    this.#ports = ports;
    this.#post = post;
  }

  /** Takes those keys that may be marked now: not under way already, and not too many. */
  claim(keys: readonly string[]): string[] {
    if (this.#stopped) return [];
    const free = concurrency - this.#claimed.size;
    const taken = keys.filter((key) => !this.#claimed.has(key)).slice(0, Math.max(0, free));
    for (const key of taken) this.#claimed.add(key);
    return taken;
  }

  /** Starts sending claimed entries whose mark is committed. */
  send(keys: readonly string[], { record, rules, now }: Omit<Delivery, 'notification'>): void {
    for (const key of keys) {
      const notification = record.outbox.get(key);
      if (notification?.state !== 'sending' || this.#underWay.has(key)) this.#claimed.delete(key);
      else this.#launch({ notification, record, rules, now });
    }
  }

  #launch(delivery: Delivery): void {
    const { key } = delivery.notification;
    const abort = new AbortController();
    const cancel = this.#ports.timer.at(this.#ports.clock().mono + deadlineMs, () =>
      abort.abort(new Error('delivery took too long')),
    );
    const ended = this.#deliver(delivery, abort.signal).then((outcome) => {
      cancel();
      this.#underWay.delete(key);
      this.#claimed.delete(key);
      this.#post({ type: 'delivery-ended', key, ...outcome });
    });
    this.#underWay.set(key, { abort, ended });
  }

  async #deliver(delivery: Delivery, signal: AbortSignal): Promise<Outcome> {
    try {
      return await this.#ports.deliver(delivery, signal);
    } catch (error) {
      const { key } = delivery.notification;
      this.#ports.log('error', 'a delivery threw: a defect of incidentd', { key, error: String(error), stack: stackOf(error) });
      return { state: 'retry', response: `internal error: ${String(error)}` };
    }
  }

  /** Aborts what is under way and waits, two seconds at most, until each has said how it ended. */
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

function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : undefined;
}
