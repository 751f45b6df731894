/** Earlier incidents that resemble a new one, and what helped then (ITIL: known errors). Times are epoch milliseconds UTC. */
import type { CauseCode } from './observation.ts';

/** An earlier incident that is over. */
export interface EarlierIncident {
  readonly id: string;
  readonly service: string | null;
  readonly serviceName: string;
  readonly code: CauseCode;
  readonly openedAt: number;
  /** From its opening to its recovery, ms; null where it never recovered. */
  readonly tookMs: number | null;
  /** What a person recorded. */
  readonly cause?: string;
  readonly fix?: string;
  /** The remedy that mended it. */
  readonly remedy?: string;
}

/** What the record knows of incidents like this one. */
export interface KnownError {
  /** Earlier incidents of the same service and cause, and when the last of them opened (null: none). */
  readonly seen: number;
  readonly lastAt: number | null;
  /** What helped the last time that this is on record, in an incident of the same service and cause, else in a similar one. */
  readonly fix: {
    readonly text: string;
    readonly by: 'person' | 'remedy';
    readonly incident: string;
    readonly openedAt: number;
    readonly tookMs: number | null;
  } | null;
  /** The most similar first: same service and cause, then similar error texts; at most five. */
  readonly similar: readonly EarlierIncident[];
}

/** What is asked of the history. */
export interface Recall {
  /** The incident that asks, never part of the answer. */
  readonly incident: string;
  readonly service: string | null;
  readonly code: CauseCode;
  /** The error text, from outside. */
  readonly text: string;
}

/** What the history answers: of the same service and cause how many and when last, and the most similar ones, best first. */
export interface Recalled {
  readonly seen: number;
  readonly lastAt: number | null;
  readonly similar: readonly EarlierIncident[];
}
