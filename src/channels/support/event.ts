/** What a program is told: the same as a mail tells a person. */
import type { Incident } from '../../core/incident.ts';
import type { NotificationKind } from '../../core/notification.ts';
import { nextEscalationAt } from '../../core/parts/escalate.ts';
import { type IncidentJson, incidentJson } from '../../texts/incident-json.ts';
import { outsideJson } from '../../texts/outside-json.ts';
import { renderMail } from '../../texts/render.ts';
import type { Message } from '../contract.ts';

export interface Event {
  readonly event: NotificationKind;
  readonly reason: string;
  /** As in the mail, in the language of the contact. */
  readonly subject: string;
  readonly text: string;
  /** Null: it is about incidentd itself. Where several are told of at once, the first. */
  readonly incident: IncidentJson | null;
  /** All of them where there are several, at most a hundred. */
  readonly incidents?: readonly IncidentJson[];
}

const incidentsLimit = 100;

export function eventOf(message: Message): Event {
  const { kind, reason } = message.notification;
  const { subject, text } = renderMail(message);
  const incidents = message.incidents.slice(0, incidentsLimit).map((incident) => jsonOf(incident, message));
  const [incident = null] = incidents;
  return { event: kind, reason, subject, text, incident, ...(incidents.length > 1 ? { incidents } : {}) };
}

function jsonOf(incident: Incident, { told, rules, now, contact }: Message): IncidentJson {
  const own = told.filter(({ incidents }) => incidents.includes(incident.id));
  const json = incidentJson(incident, own, rules, nextEscalationAt(incident, rules, now), now);
  return contact.outside ? outsideJson(json, incident, rules.language) : json;
}
