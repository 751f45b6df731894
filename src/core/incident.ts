/** One disruption from opening to closure. All times are wall clock, epoch milliseconds UTC. */
import type { Diagnosis } from './diagnosis.ts';
import type { KnownError } from './known-error.ts';
import type { CauseCode } from './observation.ts';
import type { RemedyRun } from './remedy.ts';
import type { Category, Impact, InEachLanguage, Priority, Severity } from './rules.ts';

export type IncidentKind = 'outage' | 'warning' | 'report';
export type IncidentStatus = 'open' | 'recovering' | 'resolved' | 'closed';

/** What happened, in the incident's own log. Texts are made from it in the reader's language. */
export const timelineTypes = [
  'opened',
  'reported',
  'joined',
  'check-failed',
  'check-recovered',
  'cause-changed',
  'diagnosed',
  'recalled',
  'affected',
  'affected-ended',
  'linked',
  'flapping-started',
  'flapping-ended',
  'recurring',
  'remedy-started',
  'remedy-ended',
  'remedies-exhausted',
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
  'watch-hours-ended',
  'watch-hours-began',
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
  /** What fact `code` means in the words of the check's kind; the general ones when absent. */
  readonly sentence?: InEachLanguage;
}

export interface Cause {
  readonly code: CauseCode;
  /** What it means and what to do first in the words of the check's kind; the general ones when absent. */
  readonly sentence?: InEachLanguage;
  readonly firstStep?: InEachLanguage;
  /** What it likely means, for a non-expert; the general words when absent. */
  readonly meaning?: InEachLanguage;
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
  readonly service: string;
  /** As it was called then. */
  readonly name: string;
  readonly from: number;
  readonly to: number | null;
}

/** True until its recovery is certain. */
export function isRunning({ status }: Pick<Incident, 'status'>): boolean {
  return status === 'open' || status === 'recovering';
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
  /** Checks that carry it and are failing now; of several services where these share a certificate. */
  readonly failing: readonly string[];
  /** All checks that have carried it. */
  readonly checks: readonly string[];
  /** Frozen at opening: what the subject says is wrong. A report keeps the person's own words. */
  readonly headline: { readonly code: CauseCode; readonly sentence?: InEachLanguage; readonly words?: string };
  readonly severity: Severity;
  readonly impact: Impact;
  readonly priority: Priority;
  readonly category: Category;
  readonly source: 'check' | 'person';
  /** The certificate that a warning is about: all checks that see this one share it. Null for everything else. */
  readonly fingerprint: string | null;
  readonly affected: readonly AffectedService[];
  readonly cause: Cause;
  /** What diagnosis found; null while it has not. */
  readonly diagnosis: Diagnosis | null;
  /** Earlier incidents like this one; null while nobody has looked them up. */
  readonly known: KnownError | null;
  /** What its first message waits for, at most until then; null: for nothing. */
  readonly briefing: { readonly awaits: 'diagnosis' | 'known-errors'; readonly until: number } | null;
  /** What has been tried, in order. */
  readonly remedies: readonly RemedyRun[];
  /** Levels wait until then for a remedy that is tried first; null: for none. */
  readonly remedyUntil: number | null;
  /** Incidents whose dependency explained this failure before it got its own. */
  readonly linked: readonly string[];
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
