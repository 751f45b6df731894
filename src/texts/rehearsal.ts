/** What would happen if a service failed: the lines of a rehearsal, for the terminal and for the mail of a drill. */
import type { NotificationKind } from '../core/notification.ts';
import type { Language } from '../core/rules.ts';
import { notificationKindWords } from './kinds.ts';
import { sentences } from './language.ts';

const words = sentences({
  en: {
    failed: 'first bad look; it is looked at more often from now on',
    opened: (priority: string, severity: string, impact: string) =>
      `incident opens: ${priority} (severity ${severity}, impact ${impact})`,
    affected: (names: string) => `affected with it: ${names}`,
    told: (kind: string, who: string, how: string) => `${kind} to ${who}, ${how}`,
    remedy: (label: string, limit: string) => `would run: ${label} (at most ${limit})`,
    skipped: (level: number) => `level ${level} is passed over: nobody there can be reached`,
    raised: (from: string, to: string) => `priority rises from ${from} to ${to}`,
    exhausted: 'all levels have been told and reminded; the admin knows',
    reminders: (count: number) => `${count} more of these reminders until the end of the rehearsal`,
  },
  de: {
    failed: 'erster Fehlschlag; ab jetzt wird öfter nachgesehen',
    opened: (priority: string, severity: string, impact: string) =>
      `Vorfall wird eröffnet: ${priority} (Schwere ${severity}, Auswirkung ${impact})`,
    affected: (names: string) => `mit betroffen: ${names}`,
    told: (kind: string, who: string, how: string) => `${kind} an ${who}, ${how}`,
    remedy: (label: string, limit: string) => `würde ausgeführt: ${label} (höchstens ${limit})`,
    skipped: (level: number) => `Stufe ${level} wird übergangen: dort ist niemand zu erreichen`,
    raised: (from: string, to: string) => `Priorität steigt von ${from} auf ${to}`,
    exhausted: 'alle Stufen sind benachrichtigt und erinnert; der Admin weiß Bescheid',
    reminders: (count: number) => `noch ${count} solche Erinnerungen bis zum Ende der Probe`,
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
