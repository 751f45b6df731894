/**
 * The record: what must survive. Immutable from outside; `step` works on a draft of it.
 * All times are wall clock, epoch milliseconds UTC.
 */
import type { CauseCode, Grade, Observation, Status } from './observation.ts';
import type { Category, Impact, Priority, Severity } from './rules.ts';

export type IncidentKind = 'outage' | 'warning' | 'report';
export type IncidentStatus = 'open' | 'recovering' | 'resolved' | 'closed';

/** What happened, in the incident's own log. Texts are made from it in the reader's language. */
export const timelineTypes = [
  'opened',
  'reported',
  'joined',
  'check-failed',
  'check-recovered',
  'escalated',
  'reminded',
  'level-skipped',
  'escalation-exhausted',
  'acknowledged',
  'acknowledgement-ended',
  'released',
  'assigned',
  'noted',
  'priority-changed',
  'recovering',
  'relapsed',
  'resolution-recorded',
  'still-failing',
  'resolved',
  'reopened',
  'merged',
  'closed',
  'maintenance-started',
  'maintenance-ended',
  'watching-resumed',
  'no-longer-watched',
  'notification-failed',
] as const;
export type TimelineType = (typeof timelineTypes)[number];

export interface TimelineEntry {
  readonly at: number;
  readonly type: TimelineType;
  /** The person who acted. */
  readonly by?: string;
  /** A person's own words, or a short text from outside. */
  readonly text?: string;
  /** Facts that the sentence needs: names, times, levels. */
  readonly facts?: Readonly<Record<string, string | number | readonly string[]>>;
}

export interface Cause {
  readonly code: CauseCode;
  /** The probe kind that saw it, for the sentence. */
  readonly probe?: string;
  readonly evidence: readonly string[];
}

export interface Acknowledgement {
  /** Who has it; with `assign` another person than the one who acted. */
  readonly by: string;
  readonly at: number;
  readonly until: number;
  /** `until` is a calendar entry (the next office day), which a set clock does not move. */
  readonly calendar: boolean;
  /** The taker has been asked, 15 minutes before the end. */
  readonly asked: boolean;
}

export interface Escalation {
  readonly policy: string;
  /** The instant that `after` of the levels counts from: the opening, moved by pauses and ended acknowledgements. */
  readonly baseAt: number;
  /** The level reached, counted from 1; 0 before the first. */
  readonly level: number;
  /** Per level reached (index 0 = level 1): when it was last told, and how many reminders it has had. */
  readonly told: readonly { readonly at: number; readonly reminders: number }[];
  /** After a rise of priority overdue levels are told one at a time, five minutes apart. */
  readonly stepwise: boolean;
  /** Reminders have ended: the admin has been told. */
  readonly exhausted: boolean;
}

export interface Resolution {
  readonly cause?: string;
  readonly fix?: string;
  readonly by: string;
  readonly at: number;
}

export interface AffectedService {
  readonly name: string;
  readonly from: number;
  readonly to: number | null;
}

export interface Incident {
  /** `INC-2026-0042`. */
  readonly id: string;
  readonly kind: IncidentKind;
  readonly status: IncidentStatus;
  readonly flapping: boolean;
  readonly recurring: boolean;
  readonly service: string | null;
  /** The service's name as it was at opening, for the record. */
  readonly serviceName: string;
  /** Checks that carry it and are failing now. */
  readonly failing: readonly string[];
  /** All checks that have carried it. */
  readonly checks: readonly string[];
  /** Frozen at opening: what the subject says is wrong. A report keeps the person's own words. */
  readonly headline: { readonly code: CauseCode; readonly probe?: string; readonly words?: string };
  readonly severity: Severity;
  readonly impact: Impact;
  readonly priority: Priority;
  readonly category: Category;
  readonly source: 'check' | 'person';
  readonly affected: readonly AffectedService[];
  readonly cause: Cause;
  readonly acknowledged: Acknowledgement | null;
  readonly escalation: Escalation;
  /** 1 at opening, one more at each reopen: part of every notification's key. */
  readonly episode: number;
  /** First bad observation of the row that confirmed it. */
  readonly startedAt: number;
  readonly openedAt: number;
  readonly recoveredAt: number | null;
  readonly resolvedAt: number | null;
  readonly closedAt: number | null;
  /** Downtime of stretches that are over, ms; and since when one is running (null: none is). */
  readonly downtimeMs: number;
  readonly downSince: number | null;
  /** When `recovering` began, moved by a set clock; null when not recovering. */
  readonly recoveringSince: number | null;
  /** When `resolved` ends in `closed`. */
  readonly closeAt: number | null;
  /** Since when maintenance holds escalation; null when none does. */
  readonly pausedAt: number | null;
  /** After our own outage: escalation waits for failures to be confirmed again, at most until this instant. */
  readonly verifyUntil: number | null;
  /** A person said it is fixed: checked again at this instant, escalation waits until then. */
  readonly resolveClaim: { readonly by: string; readonly until: number } | null;
  readonly resolution: Resolution | null;
  readonly reporters: readonly string[];
  /** The last time a person acted: an unanswered report asks its owner. */
  readonly lastActAt: number;
  readonly mergedInto: string | null;
  readonly mergedFrom: readonly string[];
  readonly timeline: readonly TimelineEntry[];
  readonly costPerHour: number | null;
}

export const notificationKinds = [
  'opened',
  'escalated',
  'reminder',
  'taken',
  'released',
  'assigned',
  'acknowledgement-ending',
  'acknowledgement-ended',
  'raised',
  'reopened',
  'merged',
  'recovered',
  'still-failing',
  'reported',
  'report-joined',
  'report-unanswered',
  'cause-missing',
  'no-longer-watched',
  'escalation-exhausted',
  'group',
  'digest',
  'configuration-rejected',
  'services-removed',
  'recipient-refused',
  'self-trouble',
  'test',
] as const;
export type NotificationKind = (typeof notificationKinds)[number];

export type NotificationState = 'queued' | 'sending' | 'sent' | 'uncertain' | 'folded' | 'failed';

/**
 * One message to one recipient over one channel: what must be sent, written before it is tried.
 * `key` comes from the decision, such as `INC-2026-0042/e2/level-1/r3/anna/email`; an entry is added only
 * where its key is absent, and the Message-ID is made from it.
 */
export interface Notification {
  readonly key: string;
  /** Incidents that it tells about; none: it is about incidentd itself. */
  readonly incidents: readonly string[];
  readonly kind: NotificationKind;
  /** Why, as in log and timeline: `level-1`, `reminder-due`, `recovered-and-quiet`. */
  readonly reason: string;
  /** Contact id and channel id within it; `address` is the destination as shown. */
  readonly to: string;
  readonly channel: string;
  readonly address: string;
  /** The highest priority of its incidents when it was decided. */
  readonly priority: Priority | null;
  /** Facts that its text needs beside the incidents themselves. */
  readonly facts: Readonly<Record<string, string | number | readonly string[]>>;
  /** When it was decided, may first be tried, and is given up. */
  readonly at: number;
  readonly notBefore: number;
  readonly expiresAt: number;
  /** Why it waits to be collected with others: an opening in a storm, a digest, the hourly cap. */
  readonly collect: 'opening' | 'digest' | 'capped' | null;
  readonly state: NotificationState;
  readonly attempts: number;
  /** Copies whose answer was lost; at most 3 in all are sent. */
  readonly doubtful: number;
  readonly foldedInto: string | null;
  readonly sentAt: number | null;
  /** What the server said last: shown with the incident. */
  readonly response: string | null;
}

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
  collectUntil: new Map(),
  paced: new Map(),
  graceUntil: 0,
};
