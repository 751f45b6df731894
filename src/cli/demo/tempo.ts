/** How fast the story goes; all in ms, whole seconds where they stand in the configuration. */
export interface Tempo {
  readonly intervalMs: number;
  /** From the opening to the second person. */
  readonly escalateAfterMs: number;
  readonly confirmForMs: number;
  readonly reopenWithinMs: number;
  /** For the reader, between two steps. */
  readonly pauseMs: number;
}

/** About a minute, so that each step can be read. */
export const usualTempo: Tempo = {
  intervalMs: 5000,
  escalateAfterMs: 12_000,
  confirmForMs: 8000,
  reopenWithinMs: 10_000,
  pauseMs: 4000,
};
