import type { Incident } from '../core/incident.ts';
import type { Recall } from '../core/known-error.ts';
import type { Notification } from '../core/notification.ts';
import type { Grade, Measure } from '../core/observation.ts';
import type { Found } from './recall-table.ts';

/** A closed incident with everything that was sent about it. */
export interface ArchivedIncident {
  readonly incident: Incident;
  readonly notifications: readonly Notification[];
}

/** How a check was seen: a grade, or that it could not be seen. */
export type Seen = Grade | 'unknown';

/** One result of a check, on its way into the history. */
export interface Look {
  readonly check: string;
  readonly at: number;
  readonly seen: Seen;
  readonly message: string;
  readonly measures: readonly Measure[];
}

/** From `at` on a check was seen differently than before. */
export interface Change {
  readonly check: string;
  readonly at: number;
  readonly seen: Seen;
  readonly message: string;
}

/** What the history knows last of a check: how it was seen, since when, and until when at least (epoch ms). */
export interface LastSeen {
  readonly seen: Seen;
  readonly since: number;
  readonly lastAt: number;
  /** Of the look at `since`. */
  readonly message: string;
}

/** One measure over five minutes. */
export interface MeasureSummary {
  readonly name: string;
  readonly unit: Measure['unit'];
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

/** A check's results in the five minutes that begin at `at`: how often it was seen how, and its measures. */
export interface Rollup {
  readonly check: string;
  readonly at: number;
  readonly counts: Readonly<Record<Seen, number>>;
  readonly measures: readonly MeasureSummary[];
}

/** What a check's past looked like in a stretch of time, oldest first; `changes` begins with the state that it began in. */
export interface Past {
  readonly changes: readonly Change[];
  readonly rollups: readonly Rollup[];
}

/** One row for the history of checks. */
export type Note = { readonly type: 'change'; readonly change: Change } | { readonly type: 'rollup'; readonly rollup: Rollup };

/** What the worker is asked, and by `op` what it answers. */
export type Ask =
  | { readonly op: 'archive'; readonly archived: ArchivedIncident }
  | { readonly op: 'note'; readonly notes: readonly Note[] }
  | { readonly op: 'incidents'; readonly limit?: number }
  | { readonly op: 'incident'; readonly id: string }
  | { readonly op: 'recall'; readonly recall: Recall }
  | { readonly op: 'past'; readonly check: string; readonly from: number; readonly to: number }
  | { readonly op: 'close' };

export interface Answers {
  readonly archive: null;
  readonly note: null;
  /** Documents, unparsed: the worker needs no schemas. */
  readonly incidents: readonly string[];
  readonly incident: string | null;
  readonly recall: Found;
  readonly past: Past;
  readonly close: null;
}

/** To the worker. */
export interface Question {
  readonly ticket: number;
  readonly ask: Ask;
}

/** From the worker: an answer, a refusal, or a repair that somebody should know of. */
export type Reply =
  | { readonly type: 'answer'; readonly ticket: number; readonly answer: Answers[Ask['op']] }
  | { readonly type: 'failed'; readonly ticket: number; readonly why: string }
  | { readonly type: 'repaired'; readonly note: string };
