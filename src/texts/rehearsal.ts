/** What would happen if a service failed: the lines of a rehearsal, for the terminal and for the mail of a drill. */
import type { NotificationKind } from '../core/notification.ts';
import type { Language } from '../core/rules.ts';
import { notificationKindWords } from './kinds.ts';
import { sentences } from './language.ts';

const words = sentences({
  en: {
    failed: 'first bad look; from now on it is looked at more often',
    diagnosis: 'diagnosis begins',
    opened: (priority: string) => `incident opens: ${priority}`,
    reopened: 'the incident is opened again',
    affected: (names: string) => `affected with it: ${names}`,
    told: (kind: string, who: string, ways: string) => `${kind} to ${who}: ${ways}`,
    level: (levels: string) => `level ${levels}, `,
    waited: 'waited for office hours',
    digest: 'as a digest, in office hours',
    remedy: (label: string, limit: string) => `would run: ${label} (at most ${limit})`,
    again: (count: number) => (count === 1 ? 'and once more until the end' : `and ${count} times more until the end`),
    skipped: (level: number) => `level ${level} is passed over: nobody there can be reached`,
    raised: (from: string, to: string) => `priority changes from ${from} to ${to}`,
    exhausted: 'all levels have been told and reminded; the admin knows',
    reminders: (every: string, limit: number) => `then every ${every}, at most ${limit} times; then the admin is told`,
    inOffice: 'in office hours only',
  },
  de: {
    failed: 'erster Fehlschlag; ab jetzt wird öfter nachgesehen',
    diagnosis: 'die Ursachensuche beginnt',
    opened: (priority: string) => `Vorfall wird eröffnet: ${priority}`,
    reopened: 'der Vorfall wird wieder eröffnet',
    affected: (names: string) => `mit betroffen: ${names}`,
    told: (kind: string, who: string, ways: string) => `${kind} an ${who}: ${ways}`,
    level: (levels: string) => `Stufe ${levels}, `,
    waited: 'wartete auf die Bürozeit',
    digest: 'als Sammelmail, in der Bürozeit',
    remedy: (label: string, limit: string) => `würde ausgeführt: ${label} (höchstens ${limit})`,
    again: (count: number) => (count === 1 ? 'und bis zum Ende noch einmal' : `und bis zum Ende noch ${count}-mal`),
    skipped: (level: number) => `Stufe ${level} wird übergangen: dort ist niemand zu erreichen`,
    raised: (from: string, to: string) => `Priorität ändert sich von ${from} auf ${to}`,
    exhausted: 'alle Stufen sind benachrichtigt und erinnert; der Admin weiß Bescheid',
    reminders: (every: string, limit: number) => `dann alle ${every}, höchstens ${limit}-mal; danach erfährt es der Admin`,
    inOffice: 'nur in der Bürozeit',
  },
});

export type RehearsalWords = ReturnType<typeof words>;

export function rehearsalWords(language: Language): RehearsalWords {
  return words(language);
}

/** A kind of message as a line of a rehearsal begins with it. */
export function rehearsedKind(kind: NotificationKind, language: Language): string {
  return notificationKindWords[language][kind];
}
