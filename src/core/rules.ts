/**
 * Rules: what the admin's configuration decided, as plain data (durations in ms, cron texts, names).
 * No functions, schemas or secrets: rules are compared, logged and handed to pure functions.
 */
import type { CauseCode, Threshold } from './observation.ts';

export const languages = ['de', 'en'] as const;
export type Language = (typeof languages)[number];

export const priorities = ['P1', 'P2', 'P3', 'P4', 'P5'] as const;
export type Priority = (typeof priorities)[number];

export const impacts = ['low', 'medium', 'high'] as const;
export type Impact = (typeof impacts)[number];

export const severities = ['minor', 'major', 'critical'] as const;
export type Severity = (typeof severities)[number];

export const categories = [
  'network',
  'dns',
  'host',
  'web',
  'mail',
  'database',
  'storage',
  'backup',
  'certificate',
  'security',
  'performance',
  'application',
  'monitoring',
  'other',
] as const;
export type Category = (typeof categories)[number];

/** Opening spans of a week: per ISO weekday (1 Monday … 7 Sunday) spans in minutes of the local day, `to` exclusive, up to 1440. */
export interface Hours {
  readonly spans: Readonly<Record<number, readonly { readonly from: number; readonly to: number }[]>>;
  /** Region of public holidays, such as `DE-BY`. */
  readonly holidays?: string;
}

/** One way to reach a contact. `id` is unique within the contact and part of a notification's key. */
export interface ChannelRule {
  readonly id: string;
  /** The YAML word of its channel. */
  readonly kind: string;
  /** What may be shown of the destination: the address; never a URL with a secret. */
  readonly address: string;
  readonly only?: readonly Priority[];
  readonly events?: readonly string[];
}

export interface ContactRule {
  readonly id: string;
  readonly language: Language;
  readonly channels: readonly ChannelRule[];
  /** Name of `hours` outside which only a P1 reaches this contact. */
  readonly hours?: string;
  /** Absences as local dates, both inclusive (`2026-12-24`). */
  readonly away: readonly { readonly from: string; readonly to: string }[];
  readonly outside: boolean;
}

export interface RotaRule {
  readonly turn: 'daily' | 'weekly';
  /** ISO weekday (weekly only) and minute of the local day. */
  readonly handover: { readonly weekday?: number; readonly minute: number };
  readonly members: readonly string[];
}

/** One level: who is told how long after opening. `notify` holds contacts, rotas, `owner` or `admin`. */
export interface Level {
  readonly notify: readonly string[];
  readonly afterMs: number;
  readonly repeatMs?: number;
}

export interface PriorityRule {
  readonly escalation?: string;
  /** First level used, counted from 1. */
  readonly startLevel: number;
  readonly respondWithinMs?: number;
  readonly resolveWithinMs?: number;
}

export interface CheckRule {
  /** `service/kind:target`, or `service/name`: the identity over reloads and restarts. */
  readonly key: string;
  readonly service: string;
  readonly kind: string;
  readonly target: string;
  readonly category: Category;
  /** Kinds that look at this very machine. */
  readonly local: boolean;
  /** Fed from outside (`beat`) instead of by looking. */
  readonly passive: boolean;
  /** No dependency explains a failure of it: a look at this very machine under a default. */
  readonly independent?: true;
  /** A look starts a process. */
  readonly spawns: boolean;
  /** Keys of the checks whose looks bring its results along (a certificate, seen by a web check); it makes none itself. */
  readonly seenBy?: readonly string[];
  readonly part: boolean;
  readonly intervalMs: number;
  /** A cron expression in the site's time zone, instead of the interval. */
  readonly schedule?: string;
  readonly timeoutMs: number;
  readonly retryIntervalMs: number;
  readonly failureThreshold: number;
  readonly successThreshold: number;
  readonly confirmForMs: number;
  readonly reopenWithinMs: number;
  readonly watch?: string;
  readonly thresholds: readonly Threshold[];
  /** What a cause means for this kind, in plain words, completing "<Service>: …"; the general words are used otherwise. */
  readonly sentences?: Sentences;
  /** What to do first about a cause, where this kind knows better than the general words. */
  readonly firstSteps?: Sentences;
}

/** One text in each language. */
export type InEachLanguage = Readonly<Record<Language, string>>;

/** Plain words for causes. */
export type Sentences = Partial<Readonly<Record<CauseCode, InEachLanguage>>>;

export interface RemedyRule {
  /** `Website/remedy systemctl restart nginx`: its identity over reloads and restarts, by which its budget is counted. */
  readonly key: string;
  readonly when: readonly CauseCode[] | 'any';
  /** What may be shown of it: the command, or the address of the webhook without secrets. */
  readonly label: string;
  readonly atMost: { readonly times: number; readonly perMs: number };
  readonly waitMs: number;
  readonly first: boolean;
}

export interface ServiceRule {
  readonly id: string;
  readonly name: string;
  readonly impact: Impact;
  readonly category?: Category;
  readonly owner?: string;
  /** Told at once, instead of the policy's first level. */
  readonly notify?: readonly string[];
  /** Name of the escalation policy; default `default`. */
  readonly escalation?: string;
  readonly dependsOn: readonly string[];
  readonly costPerHour?: number;
  readonly runbook?: Runbook;
  readonly checks: readonly CheckRule[];
  readonly remedies: readonly RemedyRule[];
}

/** What to do when a service fails: for everybody, and for some causes in particular; text or a link. */
export interface Runbook {
  readonly text: string;
  readonly sections: readonly { readonly when: readonly CauseCode[]; readonly text: string }[];
}

/** A planned window: either local wall-clock times (`from`/`to`, epoch ms) or a cron start with a duration. */
export interface MaintenanceRule {
  readonly key: string;
  readonly services: readonly string[] | 'all';
  readonly reason?: string;
  readonly from?: number;
  readonly to?: number;
  readonly schedule?: string;
  readonly durationMs?: number;
}

export interface Rules {
  readonly site: string;
  /** IANA name. */
  readonly timezone: string;
  readonly language: Language;
  /** Contact told about incidentd itself; absent when there is no contact at all. */
  readonly admin?: string;
  readonly startupGraceMs: number;
  readonly groupWaitMs: number;
  /** Base of links in mails, without a trailing slash. */
  readonly url?: string;
  /** Always contains `office`. */
  readonly hours: Readonly<Record<string, Hours>>;
  readonly contacts: Readonly<Record<string, ContactRule>>;
  readonly rota: Readonly<Record<string, RotaRule>>;
  /** Always contains `default`; levels in order of `afterMs`. */
  readonly escalation: Readonly<Record<string, readonly Level[]>>;
  readonly priorities: Partial<Readonly<Record<Priority, PriorityRule>>>;
  /** By service id; contains the built-in service `incidentd`, which has no checks. */
  readonly services: Readonly<Record<string, ServiceRule>>;
  readonly maintenance: readonly MaintenanceRule[];
  readonly keep: { readonly incidentsMs?: number; readonly namesMs?: number };
}

/** The id of the built-in service that stands for this daemon. */
export const selfService = 'incidentd';
