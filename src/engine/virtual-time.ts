import type { Now } from '../core/event.ts';
import type { Timer } from './ports.ts';

interface Waiting {
  readonly mono: number;
  readonly order: number;
  readonly fire: () => void;
}

/** Clocks and timers of a machine whose time passes only when told: for rehearsals, stories and simulations. */
export class VirtualTime {
  readonly start: number;
  #wall: number;
  #mono = 1_000;
  #boot: number;
  #timers: Waiting[] = [];
  #order = 0;

  constructor(start: number, bootedBeforeMs: number) {
    this.start = start;
    this.#wall = start;
    this.#boot = start - bootedBeforeMs;
  }

  now(): Now {
    return { wall: Math.round(this.#wall), mono: this.#mono, boot: this.#boot };
  }

  readonly timer: Timer = {
    at: (mono, fire) => {
      const waiting = { mono, order: this.#order++, fire };
      this.#timers.push(waiting);
      return () => {
        const index = this.#timers.indexOf(waiting);
        if (index >= 0) this.#timers.splice(index, 1);
      };
    },
  };

  /** Lets time pass; `settle` runs after every timer. */
  async pass(lengthMs: number, settle: () => Promise<void>): Promise<void> {
    const target = this.#mono + lengthMs;
    for (let next = this.#next(target); next !== undefined; next = this.#next(target)) {
      this.#timers.splice(this.#timers.indexOf(next), 1);
      this.#moveTo(Math.max(next.mono, this.#mono));
      next.fire();
      await settle();
    }
    this.#moveTo(Math.max(target, this.#mono));
  }

  /** All timers are lost, as when a process ends. */
  forgetTimers(): void {
    this.#timers = [];
  }

  /** Sets the wall clock by so much. */
  set(byMs: number): void {
    this.#wall += byMs;
    this.#boot += byMs;
  }

  /** The machine sleeps: time passes, nothing runs, and the monotonic clock stands still. */
  sleep(lengthMs: number): void {
    this.#wall += lengthMs;
  }

  /** The process is stopped: time passes, timers fire late. */
  stall(lengthMs: number): void {
    this.#moveTo(this.#mono + lengthMs);
  }

  reboot(): void {
    this.#boot = this.#wall - 30_000;
  }

  #next(target: number): Waiting | undefined {
    let first: Waiting | undefined;
    for (const one of this.#timers) {
      if (one.mono > target) continue;
      if (first === undefined || one.mono < first.mono || (one.mono === first.mono && one.order < first.order)) first = one;
    }
    return first;
  }

  #moveTo(mono: number): void {
    this.#wall += mono - this.#mono;
    this.#mono = mono;
  }
}
