/** Exit statuses of the command line. */
export const exitStatus = { done: 0, no: 1, usage: 2, locked: 3, internal: 70 } as const;

/** Ends a command with a sentence for the person and an exit status; no defect. */
export class Stop extends Error {
  readonly status: number;

  constructor(message: string, status: number = exitStatus.no, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** What was typed makes no sense. */
export function misused(message: string): Stop {
  return new Stop(message, exitStatus.usage);
}
