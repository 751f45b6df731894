import type { Incident, IncidentKind, IncidentStatus, TimelineType } from '../core/incident.ts';
import type { Notification } from '../core/notification.ts';
import type { CauseCode } from '../core/observation.ts';
import type { Category, Impact, Language, Priority, Rules, Severity } from '../core/rules.ts';
import { causeText } from './causes.ts';
import { findingText } from './findings.ts';
import { headline } from './headline.ts';
import { iso, isoOrNull } from './iso.ts';
import { type KnowledgeJson, knowledgeJson } from './knowledge-json.ts';
import { asSentence } from './language.ts';
import { type NotificationJson, notificationsJson } from './notification-json.ts';
import { timelineText } from './timeline.ts';

/** An incident as `--json` and the API give it: times are ISO 8601 in UTC, texts in the site's language. */
export interface IncidentJson extends KnowledgeJson {
  readonly id: string;
  readonly kind: IncidentKind;
  readonly title: string;
  readonly status: IncidentStatus;
  readonly flapping: boolean;
  readonly recurring: boolean;
  readonly priority: Priority;
  readonly severity: Severity;
  readonly impact: Impact;
  readonly category: Category;
  readonly source: Incident['source'];
  readonly services: readonly string[];
  readonly affected: readonly { readonly name: string; readonly from: string; readonly to: string | null }[];
  readonly cause: { readonly code: CauseCode; readonly text: string; readonly evidence: readonly string[] };
  readonly acknowledged: { readonly by: string; readonly at: string; readonly until: string } | null;
  readonly escalation: { readonly policy: string; readonly level: number; readonly nextAt: string | null };
  readonly startedAt: string;
  readonly openedAt: string;
  readonly recoveredAt: string | null;
  readonly resolvedAt: string | null;
  readonly closedAt: string | null;
  readonly downtimeMs: number;
  readonly resolution: { readonly cause: string | null; readonly fix: string | null; readonly by: string } | null;
  readonly mergedInto: string | null;
  readonly mergedFrom: readonly string[];
  readonly timeline: readonly { readonly at: string; readonly type: TimelineType; readonly text: string; readonly by?: string }[];
  readonly notifications: readonly NotificationJson[];
}

/**
 * The incident as JSON. `nextEscalationAt` is null while nothing is to come; with `now`, `downtimeMs` counts a
 * stretch that is still running.
 */
export function incidentJson(
  incident: Incident,
  notifications: readonly Notification[],
  rules: Rules,
  nextEscalationAt: number | null,
  now: number | null = null,
): IncidentJson {
  return {
    ...identity(incident, rules),
    ...people(incident, nextEscalationAt),
    ...times(incident, now),
    mergedInto: incident.mergedInto,
    mergedFrom: incident.mergedFrom,
    timeline: incident.timeline.map((entry) => ({
      at: iso(entry.at),
      type: entry.type,
      text: timelineText(entry, rules.language, rules.timezone),
      ...(entry.by === undefined ? {} : { by: entry.by }),
    })),
    notifications: notificationsJson(notifications, incident.id),
    ...knowledgeJson(incident, rules),
  };
}

function identity(incident: Incident, { language }: Rules) {
  const { id, kind, status, flapping, recurring, priority, severity, impact, category, source, cause } = incident;
  return {
    id,
    kind,
    title: headline(incident, language),
    status,
    flapping,
    recurring,
    priority,
    severity,
    impact,
    category,
    source,
    services: incident.service === null ? [] : [incident.serviceName],
    affected: incident.affected.map(({ name, from, to }) => ({ name, from: iso(from), to: isoOrNull(to) })),
    cause: { code: cause.code, text: asSentence(causeText(cause, language)), evidence: evidence(incident, language) },
  };
}

/** What the check saw, then what was looked at, in words. */
function evidence({ cause, diagnosis }: Incident, language: Language): readonly string[] {
  return [...cause.evidence, ...(diagnosis?.findings ?? []).map((finding) => findingText(finding, language))];
}

function people({ acknowledged, escalation, resolution }: Incident, nextAt: number | null) {
  return {
    acknowledged:
      acknowledged === null ? null : { by: acknowledged.by, at: iso(acknowledged.at), until: iso(acknowledged.until) },
    escalation: { policy: escalation.policy, level: escalation.level, nextAt: isoOrNull(nextAt) },
    resolution: resolution === null ? null : { cause: resolution.cause ?? null, fix: resolution.fix ?? null, by: resolution.by },
  };
}

function times(incident: Incident, now: number | null) {
  const running = incident.downSince === null || now === null ? 0 : Math.max(0, now - incident.downSince);
  return {
    startedAt: iso(incident.startedAt),
    openedAt: iso(incident.openedAt),
    recoveredAt: isoOrNull(incident.recoveredAt),
    resolvedAt: isoOrNull(incident.resolvedAt),
    closedAt: isoOrNull(incident.closedAt),
    downtimeMs: incident.downtimeMs + running,
  };
}
