import type { Cancel, Ports } from './ports.ts';

/** The worst lateness of our own timers since a look began. */
export interface LagWatch {
  worstMs: number;
}

type LagPorts = Pick<Ports, 'clock' | 'timer' | 'log'>;

const beatMs = 500;
const worthTellingMs = 1000;
const tellEveryMs = 60_000;
/** How long after a stall it still counts for looks that begin. */
const afterMs = 1000;

/**
 * Measures how late this process is: the lateness of every timer, and of a beat twice a second while anything is
 * watched. A look that failed while we were late proves nothing about its target.
 */
export class LagMeter {
  readonly #ports: LagPorts;
  readonly #watches = new Set<LagWatch>();
  #toldMono = Number.NEGATIVE_INFINITY;
  #last = { mono: Number.NEGATIVE_INFINITY, lateMs: 0 };
  #beat: { readonly due: number; readonly cancel: Cancel } | null = null;

  constructor(ports: LagPorts) {
    this.#ports = ports;
  }

  /** Begins a watch; a stall that is hardly over counts for it. */
  begin(): LagWatch {
    const recent = this.#ports.clock().mono - this.#last.mono < afterMs;
    const watch: LagWatch = { worstMs: recent ? this.#last.lateMs : 0 };
    this.#watches.add(watch);
    if (!this.#beat) this.#arm();
    return watch;
  }

  /** Ends a watch; `worstMs` then counts a stall that lasts until this moment, too. */
  end(watch: LagWatch): void {
    const { mono } = this.#ports.clock();
    if (this.#beat && mono > this.#beat.due) this.#note(mono - this.#beat.due);
    this.#watches.delete(watch);
    if (this.#watches.size > 0) return;
    this.#beat?.cancel();
    this.#beat = null;
  }

  /** A timer that was due at `due` has fired at `mono`. */
  fired(due: number, mono: number): void {
    const lateMs = mono - due;
    if (lateMs >= this.#last.lateMs || mono - this.#last.mono >= afterMs) this.#last = { mono, lateMs };
    this.#note(lateMs);
    if (lateMs < worthTellingMs || mono - this.#toldMono < tellEveryMs) return;
    this.#toldMono = mono;
    this.#ports.log('warn', 'timers are late: this machine is too busy', { lagMs: Math.round(lateMs) });
  }

  #arm(): void {
    const due = this.#ports.clock().mono + beatMs;
    const cancel = this.#ports.timer.at(due, () => {
      this.fired(due, this.#ports.clock().mono);
      this.#arm();
    });
    this.#beat = { due, cancel };
  }

  #note(lateMs: number): void {
    for (const watch of this.#watches) watch.worstMs = Math.max(watch.worstMs, lateMs);
  }
}
