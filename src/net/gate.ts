/** A gate with a fixed number of places: who finds none waits in line until one is given back or the deadline comes. */
export interface Gate {
  /** A function that gives the place back, to be called once; null when `signal` aborted first. */
  enter(signal: AbortSignal): Promise<(() => void) | null>;
}

/** Makes a gate of so many places. */
export function createGate(places: number): Gate {
  let free = places;
  const waiting = new Set<() => void>();
  const leave = () => {
    const [next] = waiting;
    if (next) next();
    else free += 1;
  };
  return {
    enter: async (signal) => {
      if (signal.aborted) return null;
      if (free > 0) {
        free -= 1;
        return leave;
      }
      return new Promise((resolve) => {
        const settle = (place: (() => void) | null) => {
          waiting.delete(called);
          signal.removeEventListener('abort', giveUp);
          resolve(place);
        };
        const called = () => settle(leave);
        const giveUp = () => settle(null);
        waiting.add(called);
        signal.addEventListener('abort', giveUp, { once: true });
      });
    },
  };
}
