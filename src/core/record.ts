/**
 * The record: what must survive. Immutable from outside; `step` works on a draft of it.
 * All times are wall clock, epoch milliseconds UTC.
 */
import type { Diagnosis } from './diagnosis.ts';
import type { Incident } from './incident.ts';
import type { Notification } from './notification.ts';
import type { CauseCode, Grade, Observation, Status } from './observation.ts';

/** A check's small state: status, row, last results. One immutable value a check, folded by `observe`. */
export interface Cell {
  /** The confirmed state; null until the first good look or the first confirmed row. */
  readonly hard: Grade | null;
  /** Since when `hard` holds: the first observation of the row that confirmed it. */
  readonly since: number;
  /** The newest known results, oldest first, as many as a row may need. */
  readonly row: readonly { readonly grade: Grade; readonly at: number }[];
  /** Soft-failing: worse than `hard` was seen and neither confirmed nor cleared yet. */
  readonly suspect: boolean;
  /** A failure known from before our own outage or a window: must be confirmed once more. */
  readonly verifying: boolean;
  /** Recovered, waiting for one more good observation. */
  readonly settling: boolean;
  /** The last 20 known results, newest last. */
  readonly recent: readonly Grade[];
  readonly lastAt: number | null;
  /** The last result that was not `unknown`, and how many unknown ones in a row came after it. */
  readonly lastKnownAt: number | null;
  readonly unknownRun: number;
  readonly lastStatus: Status | null;
  readonly last: Pick<Observation, 'reason' | 'message' | 'evidence' | 'measures'> | null;
  /** Told as not watched (unknown or stale for too long). */
  readonly unwatched: boolean;
  /** The certificate that the state is about; absent where none is looked at. */
  readonly certificate?: CertificateState;
  /** Why it fails, as its looks say; absent while it does not. Another reason counts once it was seen in a row. */
  readonly cause?: CauseState;
  /** Its status changes too often. */
  readonly flapping?: boolean;
}

/** A cause, and another one that has been seen in its place since, in so many looks in a row. */
export interface CauseState {
  readonly code: CauseCode;
  readonly next?: { readonly code: CauseCode; readonly looks: number };
}

/** A failure that a dependency explains, or that waits for the verdict about one. */
export interface Explained {
  /** Its first bad observation; and until when at most it waits for dependencies that are looked at or verified. */
  readonly since: number;
  readonly until: number;
  /** Checks of dependencies that have not been looked at since the failure began. */
  readonly awaits: readonly string[];
  /** The incidents, oldest first, in which its service is or was affected. */
  readonly incidents: readonly string[];
  /** A dependency has been down meanwhile. */
  readonly wasDown: boolean;
  /** Since when no dependency explains it any more; null while one does, or may. */
  readonly backAt: number | null;
}

/** What is known of why a check fails, before its incident opens. */
export interface Inquiry {
  readonly askedAt: number;
  /** The cause that its look gave then. */
  readonly code: CauseCode;
  /** What it showed; absent in old records. */
  readonly evidence?: readonly string[];
  /** Null while nobody has answered, or where diagnosis could not say more. */
  readonly answer: Diagnosis | null;
  readonly answered: boolean;
}

/** A certificate by its fingerprint, and another one that has been seen in its place since, in so many looks. */
export interface CertificateState {
  readonly fingerprint: string;
  readonly next?: { readonly fingerprint: string; readonly looks: number };
}

/** A window that a person started; rules' own windows are computed from the rules. */
export interface AdHocMaintenance {
  readonly id: string;
  readonly services: readonly string[] | 'all';
  readonly from: number;
  readonly to: number;
  readonly reason: string | null;
  readonly by: string;
}

/** The last heartbeat of a passive check; `ok: null` when none has come since it was first configured. */
export interface Beat {
  readonly at: number;
  readonly ok: boolean | null;
}

export interface LiveRecord {
  /** The last number given out and its year: ids only grow. */
  readonly ids: { readonly year: number; readonly last: number };
  readonly incidents: ReadonlyMap<string, Incident>;
  readonly outbox: ReadonlyMap<string, Notification>;
  /** Checks that are not plainly up, by key. */
  readonly cells: ReadonlyMap<string, Cell>;
  readonly maintenance: ReadonlyMap<string, AdHocMaintenance>;
  readonly beats: ReadonlyMap<string, Beat>;
  /** Recipients refused for good, by `contact/channel`: since when. Shown, and passed over in favour of the next person. */
  readonly refused: ReadonlyMap<string, number>;
  /** Failing checks whose incident a person closed by force: quiet until they recover. */
  readonly dismissed: ReadonlyMap<string, number>;
  /** Checks confirmed as failing whose incident waits: for the end of a window, or of the grace after a boot. */
  readonly held: ReadonlyMap<string, 'maintenance' | 'grace'>;
  /** Checks confirmed as failing whose incident a dependency explains. */
  readonly explained: ReadonlyMap<string, Explained>;
  /** By check: why it fails. */
  readonly inquiries: ReadonlyMap<string, Inquiry>;
  /** By service and cause: when its incidents of the last 24 hours opened, oldest first. */
  readonly occurrences: ReadonlyMap<string, readonly number[]>;
  /** By the key of a remedy: when it was started within its span, oldest first. */
  readonly remedyStarts: ReadonlyMap<string, readonly number[]>;
  /** By recipient (`contact/channel`): until when further openings are collected into one mail. */
  readonly collectUntil: ReadonlyMap<string, number>;
  /** By recipient: when the last hour's mails of the capped classes were released, oldest first. */
  readonly paced: ReadonlyMap<string, readonly number[]>;
  /** Until when checks that were up before wait, after a boot or a resume. */
  readonly graceUntil: number;
}

export const emptyRecord: LiveRecord = {
  ids: { year: 0, last: 0 },
  incidents: new Map(),
  outbox: new Map(),
  cells: new Map(),
  maintenance: new Map(),
  beats: new Map(),
  refused: new Map(),
  dismissed: new Map(),
  held: new Map(),
  explained: new Map(),
  inquiries: new Map(),
  occurrences: new Map(),
  remedyStarts: new Map(),
  collectUntil: new Map(),
  paced: new Map(),
  graceUntil: 0,
};
