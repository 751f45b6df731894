/** The pace that floors share with the daemon: so many targets, each looked at once an interval. */

export interface FloorOrder {
  readonly targets: readonly string[];
  readonly intervalMs: number;
}

/** The deadline of one look. */
export const deadlineMs = 10_000;
/** The most that is read of a body. */
export const bodyLimit = 1_048_576;

/** Reads the order from the command line and looks at one target after the other, evenly spread, until the process is ended. */
export function keepPace(look: (target: string) => Promise<void>): void {
  const { targets, intervalMs }: FloorOrder = JSON.parse(process.argv[2] ?? '');
  const stepMs = intervalMs / targets.length;
  const begun = performance.now();
  let number = 0;
  const next = () => {
    const target = targets[number % targets.length] ?? '';
    number += 1;
    setTimeout(next, begun + number * stepMs - performance.now());
    look(target).catch((error: unknown) => {
      console.error(`${target}: ${String(error)}`);
      process.exit(1);
    });
  };
  next();
}
