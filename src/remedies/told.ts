/** What a remedy is told of the incident that it is run for. */

import { notificationsOf } from '../core/parts/archive.ts';
import { nextEscalationAt } from '../core/parts/escalate.ts';
import { causeText } from '../texts/causes.ts';
import { oneLine } from '../texts/clean.ts';
import { incidentTitle } from '../texts/headline.ts';
import { type IncidentJson, incidentJson } from '../texts/incident-json.ts';
import { asSentence } from '../texts/language.ts';
import type { RemedyRequest } from './contract.ts';

/** The incident as `--json` and the API give it. */
export function incidentOf({ incident, record, rules, now }: RemedyRequest): IncidentJson {
  const about = notificationsOf(record, incident.id);
  return incidentJson(incident, about, rules, nextEscalationAt(incident, rules, now), now);
}

/** The main facts for a program's environment. */
export function environmentOf({ incident, run }: RemedyRequest): Readonly<Record<string, string>> {
  const facts = {
    INCIDENTD_ID: incident.id,
    INCIDENTD_SERVICE: incident.serviceName,
    INCIDENTD_CHECK: incident.failing[0] ?? '',
    INCIDENTD_CAUSE: incident.cause.code,
    INCIDENTD_PRIORITY: incident.priority,
    INCIDENTD_STATUS: incident.kind === 'outage' ? 'down' : 'degraded',
    INCIDENTD_REMEDY: run.label,
    INCIDENTD_RUN: run.key,
  };
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, oneLine(value, 1000)]));
}

/** What a webhook gets. */
export interface RemedyEvent {
  readonly event: 'remedy';
  /** The cause for which it is run. */
  readonly reason: string;
  readonly subject: string;
  readonly text: string;
  readonly incident: IncidentJson;
}

export function eventOf(request: RemedyRequest): RemedyEvent {
  const { incident, run, rules } = request;
  const { language } = rules;
  const cause = oneLine(asSentence(causeText(incident.cause, language)));
  const subject = oneLine(incidentTitle(incident, language), 250);
  const text = [subject, cause, run.label].join('\n');
  return { event: 'remedy', reason: incident.cause.code, subject, text, incident: incidentOf(request) };
}
