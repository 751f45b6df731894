import type { Incident } from '../core/incident.ts';
import type { Language } from '../core/rules.ts';
import { headline } from './headline.ts';
import type { IncidentJson } from './incident-json.ts';

/** The same incident for a reader outside: as in mails to them, without people's words and without who was told. */
export function outsideJson(json: IncidentJson, incident: Incident, language: Language): IncidentJson {
  return {
    ...json,
    title: headline(incident, language, true),
    cause: json.cause.code === 'reported' ? { ...json.cause, evidence: [] } : json.cause,
    resolution: null,
    known: null,
    remedies: [],
    timeline: [],
    notifications: [],
  };
}
