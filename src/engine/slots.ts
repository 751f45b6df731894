/** How many looks may be in flight: those that are quick, and those that have turned out slow. */
export interface SlotLimits {
  readonly quick: number;
  readonly slow: number;
}

/** Looks that only need a socket, and looks that start a process. */
export const slotLimits = {
  socket: { quick: 128, slow: 256 },
  process: { quick: 24, slow: 64 },
} as const satisfies Record<string, SlotLimits>;

/** A look that runs longer than this gives its quick slot back and counts as slow from then on. */
export const quickMs = 2000;

export type Lane = 'quick' | 'slow';

/**
 * Slots in two lanes, so that checks that hang cannot starve those that do not.
 *
 * A look starts in the lane of its check's last look. A quick look that turns out slow moves over at once, even when the
 * slow lane is full: a hanging check holds a quick slot for at most `quickMs`, once. So the quick lane always passes
 * `quick / quickMs` looks (64 a second), however many hang; hanging checks delay only each other. The most that can be in
 * flight is `quick + slow` and, while many begin to hang, `quick · timeout / quickMs` more.
 *
 * One limit alone does not do: as soon as that many checks hang, each holds its slot for its whole timeout, and healthy
 * ones wait for that. A limit that grows with the number of checks is none.
 */
export class Slots<Item> {
  readonly #limits: SlotLimits;
  readonly #start: (item: Item, lane: Lane) => void;
  readonly #waiting: Readonly<Record<Lane, Set<Item>>> = { quick: new Set(), slow: new Set() };
  readonly #busy: Record<Lane, number> = { quick: 0, slow: 0 };

  /** `start` is called when an item gets its slot, possibly within `request`, `demote` or `release`. */
  constructor(limits: SlotLimits, start: (item: Item, lane: Lane) => void) {
    this.#limits = limits;
    this.#start = start;
  }

  get running(): number {
    return this.#busy.quick + this.#busy.slow;
  }

  get runningSlow(): number {
    return this.#busy.slow;
  }

  get waiting(): number {
    return this.#waiting.quick.size + this.#waiting.slow.size;
  }

  /** Lines an item up; first come, first served within a lane. */
  request(item: Item, lane: Lane): void {
    this.#waiting[lane].add(item);
    this.#fill(lane);
  }

  /** Takes an item out of the line. */
  withdraw(item: Item): void {
    this.#waiting.quick.delete(item);
    this.#waiting.slow.delete(item);
  }

  /** A quick look has turned out slow. */
  demote(): void {
    this.#busy.slow += 1;
    this.release('quick');
  }

  release(lane: Lane): void {
    this.#busy[lane] -= 1;
    this.#fill(lane);
  }

  #fill(lane: Lane): void {
    for (const item of this.#waiting[lane]) {
      if (this.#busy[lane] >= this.#limits[lane]) return;
      this.#waiting[lane].delete(item);
      this.#busy[lane] += 1;
      this.#start(item, lane);
    }
  }
}

/** Holds the slot of a look that began in `lane`; `later` calls the demotion after `quickMs` and returns how to cancel that. */
export function holdSlot<Item>(slots: Slots<Item>, lane: Lane, later: (demote: () => void) => () => void): { release(): void } {
  if (lane === 'slow') return { release: () => slots.release('slow') };
  let current: Lane = 'quick';
  const cancel = later(() => {
    current = 'slow';
    slots.demote();
  });
  return {
    release: () => {
      cancel();
      slots.release(current);
    },
  };
}
