import type { Complaint, Diagnosis } from '../core/diagnosis.ts';
import type { DeliveryState, Now } from '../core/event.ts';
import type { Incident } from '../core/incident.ts';
import type { Recall, Recalled } from '../core/known-error.ts';
import type { Notification } from '../core/notification.ts';
import type { Grade, Measure, Observation } from '../core/observation.ts';
import type { RemedyDuty } from '../core/parts/remedies.ts';
import type { Beat, LiveRecord } from '../core/record.ts';
import type { RemedyEnd } from '../core/remedy.ts';
import type { CheckRule, Rules } from '../core/rules.ts';

/** Ends a timer; harmless when it has fired. */
export type Cancel = () => void;

/** Fires `callback` once the monotonic clock has reached `mono` (ms), never earlier. */
export interface Timer {
  at(mono: number, callback: () => void): Cancel;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFields = Readonly<Record<string, unknown>>;

/** What a delivery needs to write and send one notification. */
export interface Delivery {
  readonly notification: Notification;
  /** The record as committed with the mark that it is being sent. */
  readonly record: LiveRecord;
  readonly rules: Rules;
  readonly now: number;
}

/** What running a remedy needs. */
export interface RemedyRequest extends RemedyDuty {
  /** The record as committed with the mark that it is being run. */
  readonly record: LiveRecord;
  readonly rules: Rules;
  readonly now: number;
}

/** How a check was seen, for the history. */
export interface SeenLook {
  readonly check: string;
  readonly at: number;
  readonly seen: Grade | 'unknown';
  readonly message: string;
  readonly measures: readonly Measure[];
}

/**
 * Everything of the world that the engine touches. The daemon fills it with the real one, stories, rehearsals and
 * simulations with virtual ones.
 */
export interface Ports {
  clock(): Now;
  readonly timer: Timer;
  /** One look; settles at the latest when `signal` aborts. */
  look(
    check: CheckRule,
    context: { readonly signal: AbortSignal; readonly now: number; readonly beat: Beat | null },
  ): Promise<Observation>;
  /** Why a check fails; null where nothing more can be said. Settles at the latest when `signal` aborts. */
  diagnose(complaint: Complaint, signal: AbortSignal): Promise<Diagnosis | null>;
  /** Runs a remedy; settles at the latest when `signal` aborts, and leaves nothing of it running. */
  runRemedy(remedy: RemedyRequest, signal: AbortSignal): Promise<RemedyEnd>;
  /** One try at delivery; settles at the latest when `signal` aborts. */
  deliver(delivery: Delivery, signal: AbortSignal): Promise<{ readonly state: DeliveryState; readonly response: string }>;
  readonly store: {
    /** Settles once the record, or a newer one, is durable. */
    commit(record: LiveRecord): Promise<void>;
    /** Sign of life: the wall clock, for the next start. */
    touchAlive(wall: number): Promise<void>;
  };
  readonly history: {
    /** Settles once the incident is durable; repeating it is harmless. */
    archive(incident: Incident, notifications: readonly Notification[]): Promise<void>;
    /** Earlier incidents like this one. */
    recall(recall: Recall): Promise<Recalled>;
    /** Fire and forget: never delays or fails the caller. */
    note(look: SeenLook): void;
  };
  log(level: LogLevel, sentence: string, fields?: LogFields): void;
}
