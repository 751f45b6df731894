import type { Incident } from '../core/incident.ts';
import type { Language } from '../core/rules.ts';
import { type Facts, numberFact } from './facts.ts';
import type { InEach } from './language.ts';
import type { Message } from './message.ts';
import { timeText } from './times.ts';

/** A message with what all texts need of it at hand. */
export interface View extends Message {
  readonly language: Language;
  readonly timezone: string;
  readonly facts: Facts;
  /** Reports, notes and the runbook are not for this reader. */
  readonly outside: boolean;
  /** What its reader calls this text. */
  readonly noun: Noun;
  /** A time as `heute 14:05`. */
  time(at: number): string;
}

/** `mail` where it is one, else `message`; in German either is feminine. */
export interface Noun {
  readonly one: string;
  readonly many: string;
  /** One that tells of several incidents. */
  readonly digest: string;
}

const nouns: InEach<{ readonly mail: Noun; readonly message: Noun }> = {
  en: {
    mail: { one: 'mail', many: 'mails', digest: 'Digest' },
    message: { one: 'message', many: 'messages', digest: 'Digest' },
  },
  de: {
    mail: { one: 'Mail', many: 'Mails', digest: 'Sammelmail' },
    message: { one: 'Nachricht', many: 'Nachrichten', digest: 'Sammelnachricht' },
  },
};

export function viewOf(message: Message): View {
  const { contact, rules, now, notification } = message;
  return {
    ...message,
    language: contact.language,
    timezone: rules.timezone,
    facts: notification.facts,
    outside: contact.outside,
    noun: nouns[contact.language][isMailChannel(notification.channel) ? 'mail' : 'message'],
    time: (at) => timeText(at, now, rules.timezone, contact.language),
  };
}

/** True where a mail lists incidents; else it tells of one, and others are at hand only to be named. */
export function isList({ incidents, notification: { kind } }: Pick<Message, 'incidents' | 'notification'>): boolean {
  return incidents.length > 1 && (kind === 'group' || kind === 'digest');
}

/** True for the id of a channel that sends mails: texts may then speak of one. */
export function isMailChannel(channel: string): boolean {
  return /^email(-\d+)?$/.test(channel);
}

/** Since when the trouble lasts: after a reopen, since it came back. */
export function sinceOf({ startedAt, timeline }: Incident): number {
  const reopened = timeline.findLast(({ type }) => type === 'reopened');
  return numberFact(reopened?.facts, 'since') ?? reopened?.at ?? startedAt;
}

/** How an incident that is over came to its end, where that was not by a recovery; null elsewhere. */
export function endingOf({ status, timeline }: Incident): 'no-longer-watched' | 'closed-by-force' | null {
  if (!isOver({ status })) return null;
  const end = timeline.findLast(({ type }) => type === 'resolved' || type === 'no-longer-watched');
  if (end?.type === 'no-longer-watched') return end.type;
  return end?.facts?.why === 'closed-by-force' ? 'closed-by-force' : null;
}

/** True when it works again or its record is complete: nobody is needed. */
export function isOver({ status }: Pick<Incident, 'status'>): boolean {
  return status === 'resolved' || status === 'closed';
}
