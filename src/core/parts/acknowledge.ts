import { nextOfficeDay } from '../calendar/hours.ts';
import { type Context, logDecision, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Acknowledgement, Incident } from '../incident.ts';
import { personOf } from '../people.ts';
import type { Priority } from '../rules.ts';
import { isSilent } from './escalate.ts';
import { tell, toldSoFar } from './notify.ts';
import { countFromNow, retell } from './tell-level.ts';

const hourMs = 3_600_000;

/** The taker is asked this long before the end. */
const askedBeforeMs = 15 * 60_000;

/** How long an acknowledgement lasts unless the person said: by priority, else until the next office day 10:00. */
function endOf(priority: Priority, { at, rules }: Context): { until: number; calendar: boolean } {
  if (priority === 'P1') return { until: at + 2 * hourMs, calendar: false };
  if (priority === 'P2') return { until: at + 4 * hourMs, calendar: false };
  const office = rules.hours.office;
  const until = office === undefined ? null : nextOfficeDay(office, at, rules.timezone, 10 * 60);
  return { until: until ?? at + 24 * hourMs, calendar: until !== null };
}

/** A person takes an incident; escalation stops until the end. */
export function acknowledge(draft: Draft, context: Context, incident: Incident, by: string, forMs?: number): Incident {
  const acknowledged = taking(context, incident, by, forMs);
  const taken = update(
    draft,
    incident.id,
    { acknowledged, lastActAt: context.at },
    { at: context.at, type: 'acknowledged', by, facts: { until: acknowledged.until } },
  );
  tell(draft, context, taken, toldSoFar(draft, context, incident.id), {
    kind: 'taken',
    reason: `taken-${context.at}`,
    repetition: taken.timeline.length,
    facts: { by, until: acknowledged.until },
  });
  logDecision(context, 'incident acknowledged', { incident: incident.id, by, until: acknowledged.until });
  return taken;
}

/** A person takes it on behalf of another, who is told. */
export function assign(draft: Draft, context: Context, incident: Incident, contact: string, by: string): Incident {
  const acknowledged = taking(context, incident, contact);
  const assigned = update(
    draft,
    incident.id,
    { acknowledged, lastActAt: context.at },
    { at: context.at, type: 'assigned', by, facts: { to: contact, until: acknowledged.until } },
  );
  const facts = { by, to: contact, until: acknowledged.until };
  const others = toldSoFar(draft, context, incident.id).filter((id) => id !== contact);
  const repetition = assigned.timeline.length;
  const reason = `assigned-${context.at}`;
  tell(draft, context, assigned, [contact], { kind: 'assigned', reason, repetition, facts, personal: true });
  tell(draft, context, assigned, others, {
    kind: 'taken',
    reason: `taken-${context.at}`,
    repetition,
    facts: { ...facts, by: contact, assignedBy: by },
  });
  logDecision(context, 'incident assigned', { incident: incident.id, by, to: contact });
  return assigned;
}

function taking(context: Context, incident: Incident, by: string, forMs?: number): Acknowledgement {
  const end = forMs === undefined ? endOf(incident.priority, context) : { until: context.at + forMs, calendar: false };
  return { by, at: context.at, ...end, asked: end.until - context.at <= askedBeforeMs };
}

/** A person gives it back: everybody told hears it, and escalation goes on as if they had just been told. */
export function release(draft: Draft, context: Context, incident: Incident, by: string): Incident {
  const released = update(
    draft,
    incident.id,
    { acknowledged: null, lastActAt: context.at },
    { at: context.at, type: 'released', by },
  );
  tell(draft, context, released, toldSoFar(draft, context, incident.id), {
    kind: 'released',
    reason: `released-${context.at}`,
    repetition: released.timeline.length,
    facts: { by },
  });
  countFromNow(draft, context, incident.id);
  logDecision(context, 'incident released', { incident: incident.id, by });
  return released;
}

/** When an acknowledgement next needs something; null where there is none that counts now. */
export function acknowledgementDue({ acknowledged, status, pausedAt }: Incident): number | null {
  if (acknowledged === null || status !== 'open' || pausedAt !== null) return null;
  return acknowledged.asked ? acknowledged.until : acknowledged.until - askedBeforeMs;
}

/** Asks the taker before the end; at the end tells the level reached again, and later delays count from there. */
export function endAcknowledgementIfDue(draft: Draft, context: Context, incident: Incident): void {
  const { acknowledged: taken } = incident;
  const due = acknowledgementDue(incident);
  if (taken === null || due === null || due > context.at) return;
  if (taken.until > context.at) {
    const asked = update(draft, incident.id, { acknowledged: { ...taken, asked: true } });
    tell(draft, context, asked, personOf(taken.by, context.rules), {
      kind: 'acknowledgement-ending',
      reason: `acknowledgement-ending-${taken.until}`,
      facts: { by: taken.by, until: taken.until },
      personal: true,
    });
    return;
  }
  if (isSilent(incident, context.at)) return;
  update(draft, incident.id, { acknowledged: null }, { at: context.at, type: 'acknowledgement-ended', by: taken.by });
  logDecision(context, 'acknowledgement ended', { incident: incident.id, by: taken.by });
  retell(draft, context, incident.id, {
    kind: 'acknowledgement-ended',
    reason: `acknowledgement-ended-${taken.until}`,
    facts: { by: taken.by },
  });
}
