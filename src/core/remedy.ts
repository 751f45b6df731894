/** Remedies that were tried on an incident. All times are wall clock, epoch milliseconds UTC. */

/**
 * `requested`: recorded, not started; `running`; `waiting`: it has ended, and the checks have until `judgeAt` to agree;
 * `helped`, `no-effect`: what these said; `failed`: it could not be run, or said itself that it failed; `uncertain`: the
 * daemon ended while it ran, or the incident ended otherwise than by a recovery; `withdrawn`: recovered, taken or paused before it was started.
 */
export const remedyStates = [
  'requested',
  'running',
  'waiting',
  'helped',
  'no-effect',
  'failed',
  'uncertain',
  'withdrawn',
] as const;
export type RemedyState = (typeof remedyStates)[number];

/** One run of one remedy. */
export interface RemedyRun {
  /** `INC-2026-0042/e1/remedy-1/r0`: incident, episode, which remedy, repetition; one is never started twice. */
  readonly key: string;
  /** The key of its rule, and what may be shown of it: `systemctl restart nginx`. */
  readonly remedy: string;
  readonly label: string;
  readonly state: RemedyState;
  readonly requestedAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  /** When the checks decide; null where they do not (yet). */
  readonly judgeAt: number | null;
  /** Its time is up: these checks have not yet said their last word. Absent before. */
  readonly awaits?: readonly string[];
  /** How it ended, in few words: `exit status 0`; null before. */
  readonly outcome: string | null;
  /** What it printed: text from outside, cut and clean. */
  readonly output: string;
}

/** How a run ended. */
export interface RemedyEnd {
  readonly ok: boolean;
  readonly outcome: string;
  readonly output: string;
}
