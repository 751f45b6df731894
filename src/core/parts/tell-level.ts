import { type Context, logDecision, update } from '../context.ts';
import type { Draft } from '../draft.ts';
import type { Incident } from '../incident.ts';
import type { Notification, NotificationKind } from '../notification.ts';
import { contactsOf, isReachable, levelsOf } from '../people.ts';
import { dueSteps, hasOverdueLevel, isHeld, type NumberedLevel, reminderLimit } from './escalate.ts';
import { tell } from './notify.ts';
import { digestAt, isDigested } from './timing.ts';

/** Tells everything that is due on one incident, in one step: a person named twice gets one mail. */
export function fireDue(draft: Draft, context: Context, id: string): void {
  const incident = draft.incidents.get(id);
  if (incident === undefined || isHeld(incident, context.at)) return;
  const due = dueSteps(incident, context.rules, context.at);
  const levels = due.filter((step) => step.type === 'level').map((step) => step.level);
  if (levels.length > 0) tellLevels(draft, context, incident, levels);
  for (const step of due) {
    if (step.type === 'reminder') remind(draft, context, id, step.level);
  }
}

interface Tellable {
  readonly kind: NotificationKind;
  readonly reason: string;
  readonly facts?: Notification['facts'];
}

/**
 * Tells levels that are due, skipped ones with the highest, and goes on at once while a level reaches nobody; at the
 * very end of the levels the admin stands. `why` replaces the reason where it is not the level's own time.
 */
function tellLevels(draft: Draft, context: Context, incident: Incident, levels: readonly NumberedLevel[], why?: Tellable): void {
  const kinds = why === undefined ? [kindOf(incident)] : undefined;
  const reached = reachSomebody(draft, context, incident, levels, kinds);
  const deaf = reached.filter((level) => reachableOf(draft, context, incident, [level], kinds).length === 0);
  for (const { number } of deaf) {
    update(draft, incident.id, {}, { at: context.at, type: 'level-skipped', facts: { level: number, why: 'nobody-reachable' } });
  }
  const reachable = reachableOf(draft, context, incident, reached, kinds);
  const recipients = reachable.length > 0 ? reachable : contactsOf(['admin'], incident, context.rules);
  const highest = reached.at(-1)?.number ?? incident.escalation.level;
  const told = noteTold(draft, context, incident.id, reached, recipients);
  const skipped = reached.slice(0, -1).map(({ number }) => String(number));
  tell(draft, context, told, recipients, {
    kind: why?.kind ?? kindOf(incident),
    reason: why?.reason ?? `level-${highest}`,
    facts: { level: highest, skipped, ...why?.facts },
  });
}

function kindOf({ kind, escalation }: Incident): NotificationKind {
  if (escalation.level > 0) return 'escalated';
  return kind === 'report' ? 'reported' : 'opened';
}

/** The levels, and as many of the next ones as it takes to reach somebody. P4 and P5 stay at their first. */
function reachSomebody(
  draft: Draft,
  context: Context,
  incident: Incident,
  levels: readonly NumberedLevel[],
  kinds: readonly NotificationKind[] | undefined,
): readonly NumberedLevel[] {
  const further = levelsOf(incident, context.rules).filter(({ number }) => number > (levels.at(-1)?.number ?? 0));
  const reached = [...levels];
  while (reachableOf(draft, context, incident, reached, kinds).length === 0) {
    const next = further.shift();
    if (next === undefined || isDigested(incident.priority)) break;
    reached.push(next);
  }
  return reached;
}

/** Who of these levels can be told (one of `kinds`): at the time of the digest, where the priority waits for one. */
function reachableOf(
  draft: Draft,
  context: Context,
  incident: Incident,
  levels: readonly NumberedLevel[],
  kinds?: readonly NotificationKind[],
): string[] {
  const { rules } = context;
  const { priority } = incident;
  const at = isDigested(priority) ? digestAt(context) : context.at;
  const words = levels.flatMap(({ notify }) => notify);
  return contactsOf(words, incident, rules).filter((id) => isReachable(id, priority, rules, draft.refused.current, at, kinds));
}

/** Notes that levels have been told; how often they have reminded goes on, so that no reminder has an old one's key. */
function noteTold(
  draft: Draft,
  context: Context,
  id: string,
  reached: readonly NumberedLevel[],
  to: readonly string[],
): Incident {
  const { at, rules } = context;
  const escalation = draft.incidents.get(id)?.escalation;
  if (escalation === undefined) throw new Error(`no incident ${id} in the record`);
  const told = [...escalation.told];
  for (const { number } of reached) {
    while (told.length < number) told.push({ at: 0, reminders: 0 });
    told[number - 1] = { at, reminders: told[number - 1]?.reminders ?? 0 };
  }
  const highest = reached.at(-1)?.number ?? 0;
  const level = Math.max(highest, escalation.level);
  const noted = update(
    draft,
    id,
    { escalation: { ...escalation, level, told } },
    { at, type: 'escalated', facts: { level: highest, to } },
  );
  logDecision(context, 'level told', { incident: id, escalationLevel: highest, to });
  if (!escalation.stepwise || hasOverdueLevel(noted, rules, at)) return noted;
  return update(draft, id, { escalation: { ...noted.escalation, stepwise: false } });
}

/** Reminds a level; where nobody of it can be reached now, the admin. After the last reminder the admin is told of that. */
function remind(draft: Draft, context: Context, id: string, level: NumberedLevel): void {
  const incident = draft.incidents.get(id);
  const told = incident?.escalation.told[level.number - 1];
  if (incident === undefined || told === undefined) return;
  const { at, rules } = context;
  const number = told.reminders + 1;
  const admin = contactsOf(['admin'], incident, rules);
  if (number > reminderLimit) {
    const escalation = { ...incident.escalation, exhausted: true };
    update(draft, id, { escalation }, { at, type: 'escalation-exhausted', facts: { level: level.number } });
    tell(draft, context, incident, admin, { kind: 'escalation-exhausted', reason: `exhausted-${level.number}` });
    return;
  }
  const reachable = reachableOf(draft, context, incident, [level]);
  const recipients = reachable.length > 0 ? reachable : admin;
  const levels = incident.escalation.told.map((entry, index) => (index === level.number - 1 ? { at, reminders: number } : entry));
  const escalation = { ...incident.escalation, told: levels };
  const facts = { level: level.number, number, to: recipients };
  const reminded = update(draft, id, { escalation }, { at, type: 'reminded', facts });
  tell(draft, context, reminded, recipients, {
    kind: 'reminder',
    reason: `reminder-${level.number}`,
    repetition: number,
    facts: { level: level.number, reminder: number },
  });
}

/** From now on later delays count as if the level reached had just been told: an acknowledgement has ended. */
export function countFromNow(draft: Draft, context: Context, id: string): void {
  const incident = draft.incidents.get(id);
  const level = incident === undefined ? undefined : levelReached(incident, context);
  if (incident === undefined || level === undefined) return;
  const { at } = context;
  const told = incident.escalation.told.map((entry) => (entry.at === 0 ? entry : { ...entry, at }));
  update(draft, id, { escalation: { ...incident.escalation, baseAt: at - level.afterMs, told } });
}

function levelReached(incident: Incident, { rules }: Context): NumberedLevel | undefined {
  const levels = levelsOf(incident, rules);
  return levels.findLast(({ number }) => number <= incident.escalation.level) ?? levels[0];
}

/** Tells the level already reached once more and counts later delays from here. */
export function retell(draft: Draft, context: Context, id: string, why: Tellable): void {
  countFromNow(draft, context, id);
  const incident = draft.incidents.get(id);
  const level = incident === undefined ? undefined : levelReached(incident, context);
  if (incident !== undefined && level !== undefined) tellLevels(draft, context, incident, [level], why);
}

/** Tells a reopened incident's first level and everybody told before, each once. */
export function tellReopened(draft: Draft, context: Context, id: string, before: readonly string[]): void {
  const incident = draft.incidents.get(id);
  const first = incident === undefined ? undefined : levelsOf(incident, context.rules)[0];
  if (incident === undefined || first === undefined) return;
  const why = { kind: 'reopened', reason: 'reopened' } as const;
  tellLevels(draft, context, incident, [first], why);
  tell(draft, context, draft.incidents.get(id) ?? incident, before, why);
}

/** A recipient was refused for good: where nobody of the level is left to hear it, the next person is told at once. */
export function passOn(draft: Draft, context: Context, id: string): void {
  const incident = draft.incidents.get(id);
  if (incident === undefined || incident.escalation.level === 0 || isHeld(incident, context.at)) return;
  const { rules, at } = context;
  const { number: level, notify = [] } = levelReached(incident, context) ?? { number: incident.escalation.level };
  if (contactsOf(notify, incident, rules).some((contact) => hears(draft, id, contact))) return;
  update(draft, id, {}, { at, type: 'level-skipped', facts: { level, why: 'recipient-refused' } });
  const next = isDigested(incident.priority) ? undefined : levelsOf(incident, rules).find(({ number }) => number > level);
  if (next !== undefined) tellLevels(draft, context, draft.incidents.get(id) ?? incident, [next]);
  else {
    const reason = `refused-${level}`;
    tell(draft, context, incident, contactsOf(['admin'], incident, rules), { kind: 'escalated', reason, facts: { level } });
  }
}

/** True when a contact has been told of an incident, or will be. */
function hears(draft: Draft, id: string, contact: string): boolean {
  return draft.outbox.group(id).some((entry) => entry.to === contact && entry.state !== 'failed' && entry.state !== 'folded');
}
