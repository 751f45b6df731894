/** What reaches the desk, and what `step` may ask for besides changing the record. */

import type { Complaint, Diagnosis } from './diagnosis.ts';
import type { Incident } from './incident.ts';
import type { Recall, Recalled } from './known-error.ts';
import type { Grade, Observation } from './observation.ts';
import type { Cell } from './record.ts';
import type { RemedyEnd } from './remedy.ts';
import type { Rules, Severity } from './rules.ts';

/** Now, read once a turn: wall clock (epoch ms), monotonic clock (ms), start of the machine (epoch ms). */
export interface Now {
  readonly wall: number;
  readonly mono: number;
  readonly boot: number;
}

export const transitionTypes = [
  /** First bad observation. */
  'suspected',
  /** The row grew or was broken: kept so that a crash loop still confirms. */
  'row',
  /** A row of bad observations confirmed a worse or milder bad state. */
  'confirmed',
  /** A failure known from before was confirmed once more, unchanged. */
  'reconfirmed',
  /** A confirmed failure ended. */
  'recovered',
  /** A suspicion ended without being confirmed. */
  'cleared',
  /** One more good observation after a recovery. */
  'settled',
  /** A confirmed failure has had another cause for a row of looks. */
  'cause-changed',
  /** Its status has begun, or ceased, to change too often. */
  'flapping',
  /** Unknown or without a result for too long; and watched again. */
  'unwatched',
  'watched',
] as const;
export type TransitionType = (typeof transitionTypes)[number];

export interface Transition {
  readonly type: TransitionType;
  readonly check: string;
  /** The confirmed grade before and after. */
  readonly from: Grade | null;
  readonly to: Grade | null;
  /** First observation of the row that decided. */
  readonly since: number;
  readonly cell: Cell;
  readonly observation: Pick<Observation, 'reason' | 'message' | 'evidence'> & { readonly grade: Grade | null };
}

/** A person's act; `by` is a name or a contact id. */
export type Act =
  | { readonly act: 'acknowledge'; readonly id: string; readonly forMs?: number }
  | { readonly act: 'release'; readonly id: string }
  | { readonly act: 'assign'; readonly id: string; readonly contact: string }
  | { readonly act: 'note'; readonly id: string; readonly text: string }
  | { readonly act: 'resolve'; readonly id: string; readonly cause?: string; readonly fix?: string }
  | { readonly act: 'close'; readonly id: string; readonly force: boolean }
  | { readonly act: 'report'; readonly text: string; readonly service?: string; readonly severity?: Severity }
  | { readonly act: 'beat'; readonly service: string; readonly check?: string; readonly ok: boolean }
  | {
      readonly act: 'start-maintenance';
      readonly services: readonly string[] | 'all';
      readonly durationMs: number;
      readonly reason?: string;
    }
  | { readonly act: 'end-maintenance'; readonly services: readonly string[] | 'all' };

/** Why an act was done or refused: whoever answers a person has a sentence for each. */
export const answerReasons = [
  'acknowledged',
  'released',
  'assigned',
  'noted',
  'resolved',
  'resolution-recorded',
  'resolution-recorded-checking',
  'closed',
  'reported',
  'joined',
  'beat',
  'beat-failed',
  'maintenance-started',
  'maintenance-ended',
  'unknown-id',
  'unknown-service',
  'unknown-contact',
  'already-closed',
  'already-resolved',
  'not-acknowledged',
  'still-open',
  'no-heartbeat',
  'several-heartbeats',
  'no-maintenance',
  'internal-error',
  'stopping',
] as const;
export type AnswerReason = (typeof answerReasons)[number];

/** What the person is answered: done or not, why, and facts for the sentence. */
export interface Answer {
  readonly ok: boolean;
  readonly reason: AnswerReason;
  readonly incident?: string;
  readonly facts?: Readonly<Record<string, string | number | readonly string[]>>;
}

export type DeliveryState = 'sent' | 'retry' | 'refused' | 'uncertain';

export type DeskEvent =
  /** The first event of every life: `aliveAt` is the last sign of life of the one before (null: none). */
  | { readonly type: 'started'; readonly aliveAt: number | null }
  | { readonly type: 'transition'; readonly transition: Transition }
  | { readonly type: 'time' }
  | { readonly type: 'act'; readonly act: Act; readonly by: string; readonly ticket: number }
  | { readonly type: 'delivery-started'; readonly keys: readonly string[] }
  | { readonly type: 'delivery-ended'; readonly key: string; readonly state: DeliveryState; readonly response: string }
  /** A check of a dependency has been looked at since `since`, as it was asked (an effect `probe` with `since`). */
  | { readonly type: 'looked'; readonly check: string; readonly since: number }
  /** Why a check fails; null: it could not be said. */
  | { readonly type: 'diagnosed'; readonly complaint: Complaint; readonly diagnosis: Diagnosis | null }
  /** Earlier incidents like this one; null: the history could not be asked. */
  | { readonly type: 'recalled'; readonly recall: Recall; readonly recalled: Recalled | null }
  | { readonly type: 'remedy-started'; readonly keys: readonly string[] }
  | { readonly type: 'remedy-ended'; readonly key: string; readonly end: RemedyEnd }
  /** The history has taken a closed incident, as it was when it was handed over. */
  | { readonly type: 'archived'; readonly incident: Incident }
  | { readonly type: 'rules-changed'; readonly before: Rules }
  | { readonly type: 'configuration-rejected'; readonly digest: string; readonly problems: readonly string[] }
  /** Something of incidentd itself does not work; told to the admin once for each `what`. */
  | { readonly type: 'trouble'; readonly what: string; readonly detail: string }
  | { readonly type: 'clock-set'; readonly byMs: number }
  | { readonly type: 'slept'; readonly from: number; readonly to: number };

/** What may be lost in a crash. */
export type Effect =
  /** Looks now; with `since`, an event `looked` tells of each check once a look at it has begun at that instant or later. */
  | { readonly type: 'probe'; readonly checks: readonly string[]; readonly since?: number }
  /** Finds out why a check fails; the answer is an event `diagnosed`. */
  | { readonly type: 'diagnose'; readonly complaint: Complaint }
  /** Asks the history for incidents like this one; the answer is an event `recalled`. */
  | { readonly type: 'recall'; readonly recall: Recall }
  /** The shell takes over these cells from the record (confirmed afresh, forgotten). */
  | { readonly type: 'adopt-cells'; readonly checks: readonly string[] }
  | { readonly type: 'answer'; readonly ticket: number; readonly answer: Answer }
  | {
      readonly type: 'log';
      readonly level: 'info' | 'warn';
      readonly sentence: string;
      readonly fields: Readonly<Record<string, string | number | readonly string[] | null>>;
    };
