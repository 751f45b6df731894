import { isWithin } from './calendar/hours.ts';
import type { Incident } from './incident.ts';
import type { Notification, NotificationKind } from './notification.ts';
import type { LiveRecord } from './record.ts';
import type { ChannelRule, ContactRule, Level, Priority, Rules } from './rules.ts';
import { selfService } from './rules.ts';

/** A recipient that was refused for good is tried again after this long. */
export const refusedForMs = 24 * 3_600_000;

/** What decides who is told of an incident. */
export type Addressed = Pick<Incident, 'service' | 'priority'>;

/** The levels that an incident escalates through, with their numbers (from 1) and delays; the first is due at once. */
export function levelsOf(incident: Addressed, rules: Rules): readonly (Level & { readonly number: number })[] {
  if (incident.service === selfService) return [{ number: 1, notify: ['admin'], afterMs: 0 }];
  const service = incident.service === null ? undefined : rules.services[incident.service];
  const priority = rules.priorities[incident.priority];
  const policy = rules.escalation[policyOf(incident, rules)] ?? [];
  const startLevel = priority?.startLevel ?? 1;
  const levels = policy.map((level, index) => ({
    ...level,
    number: index + 1,
    notify: index === 0 && service?.notify !== undefined ? service.notify : level.notify,
  }));
  const used = levels.slice(Math.min(startLevel, levels.length) - 1);
  return used.map((level, index) => (index === 0 ? { ...level, afterMs: 0 } : level));
}

/** The name of the policy in force: by priority, else the service's, else `default`. */
export function policyOf(incident: Addressed, rules: Rules): string {
  const service = incident.service === null ? undefined : rules.services[incident.service];
  const named = rules.priorities[incident.priority]?.escalation ?? service?.escalation ?? 'default';
  return rules.escalation[named] === undefined ? 'default' : named;
}

/** Contact ids behind the words of a `notify`: contacts, rotas (all their members), `owner`, `admin`; each once. */
export function contactsOf(words: readonly string[], incident: Pick<Incident, 'service'>, rules: Rules): readonly string[] {
  const service = incident.service === null ? undefined : rules.services[incident.service];
  const named = words.flatMap((word) => {
    if (word === 'admin') return rules.admin ?? [];
    if (word === 'owner') return expand(service?.owner ?? rules.admin, rules);
    return expand(word, rules);
  });
  return [...new Set(named)].filter((id) => Object.hasOwn(rules.contacts, id));
}

function expand(word: string | undefined, rules: Rules): readonly string[] {
  if (word === undefined) return [];
  return rules.rota[word]?.members ?? [word];
}

/** Whoever has not been configured is reached only where the name is a mail address, and gets no internal texts. */
const mailAddress = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9.-]{1,190}$/i;

/** A contact by its id; for somebody who is none but acted under a mail address, one made of that. */
export function contactFor(id: string, rules: Rules): ContactRule | undefined {
  if (Object.hasOwn(rules.contacts, id)) return rules.contacts[id];
  if (!mailAddress.test(id)) return undefined;
  const channel: ChannelRule = { id: 'email', kind: 'email', address: id };
  return { id, language: rules.language, channels: [channel], away: [], outside: true };
}

/** The contact whose mail address this is, else null. */
export function contactWith(address: string, rules: Rules): string | null {
  const wanted = address.toLowerCase();
  const known = Object.values(rules.contacts).find(({ channels }) =>
    channels.some((channel) => channel.kind === 'email' && channel.address.toLowerCase() === wanted),
  );
  return known?.id ?? null;
}

/** How to tell a person who acted under a name: the contact of that id or address, else the address itself, else nobody. */
export function personOf(name: string, rules: Rules): readonly string[] {
  if (Object.hasOwn(rules.contacts, name)) return [name];
  const id = contactWith(name, rules) ?? name;
  return contactFor(id, rules) === undefined ? [] : [id];
}

/** Events by which somebody is called to an incident. */
export const callEvents: readonly NotificationKind[] = ['opened', 'escalated', 'reported'];

/** True when a channel is meant for this priority (null: about incidentd itself) and kind of notification. */
export function takes({ only, events }: ChannelRule, priority: Priority | null, kind: string): boolean {
  return (only === undefined || priority === null || only.includes(priority)) && (events === undefined || events.includes(kind));
}

/** The ways to reach a contact now: none of those refused for good lately. */
export function openChannels(contact: ContactRule, refused: LiveRecord['refused'], at: number): readonly ChannelRule[] {
  return contact.channels.filter((channel) => {
    const since = refused.get(recipientKey(contact.id, channel.id));
    return since === undefined || !isRefused(since, at);
  });
}

function isRefused(since: number, at: number): boolean {
  return at - since <= refusedForMs;
}

/** A recipient that is passed over, as messages to it have been refused for good. */
export interface RefusedRecipient {
  readonly contact: string;
  readonly channel: string;
  readonly since: number;
  /** From then on it is tried again, where no change of the configuration comes first. */
  readonly until: number;
}

/** All recipients that are passed over now. */
export function refusedNow(refused: LiveRecord['refused'], at: number): readonly RefusedRecipient[] {
  const current = [...refused].filter(([, since]) => isRefused(since, at));
  return current.map(([key, since]) => {
    const end = key.lastIndexOf('/');
    return { contact: key.slice(0, end), channel: key.slice(end + 1), since, until: since + refusedForMs };
  });
}

/** True when a contact can be called now: an open channel takes one of `kinds`, and its hours allow it; hours never hold a P1. */
export function isReachable(
  id: string,
  priority: Priority | null,
  rules: Rules,
  refused: LiveRecord['refused'],
  at: number,
  kinds: readonly NotificationKind[] = callEvents,
): boolean {
  const contact = rules.contacts[id];
  if (contact === undefined) return false;
  const ways = openChannels(contact, refused, at).filter((channel) => kinds.some((kind) => takes(channel, priority, kind)));
  if (ways.length === 0) return false;
  const hours = contact.hours === undefined ? undefined : rules.hours[contact.hours];
  return priority === 'P1' || hours === undefined || isWithin(hours, at, rules.timezone);
}

/** A recipient: one channel of one contact. */
export function recipientKey(contact: string, channel: string): string {
  return `${contact}/${channel}`;
}

export function recipientOf(notification: Notification): string {
  return recipientKey(notification.to, notification.channel);
}
