import type { Now } from '../../src/core/event.ts';
import type { Timer } from '../../src/engine/ports.ts';

interface Waiting {
  readonly mono: number;
  readonly order: number;
  readonly fire: () => void;
}

const unitsMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90s`, `5m`, `1h30m`, `3d` in milliseconds. */
export function ms(duration: string): number {
  const parts = [...duration.matchAll(/(\d+)([smhd])/g)];
  if (parts.map(([part]) => part).join('') !== duration) throw new Error(`not a duration: ${duration}`);
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * unitsMs[unit as keyof typeof unitsMs], 0);
}

/** Clocks and timers of a machine whose time passes only when told. */
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
