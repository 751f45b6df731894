import { sentences } from './language.ts';

/** Sentences of an incident's log; a missing fact is null and leaves its part out. */
export type TimelineWords = ReturnType<typeof timelineWords>;

type Text = string | null;
type Count = number | null;

function part(value: Text | Count, build: (value: string) => string): string {
  return value === null || value === '' ? '' : build(String(value));
}

export const timelineWords = sentences({
  en: {
    somebody: 'Somebody',
    opened: (priority: Text, cause: Text) =>
      `Incident opened${part(priority, (it) => ` as ${it}`)}${part(cause, (it) => `: ${it}`)}`,
    reported: (by: string) => `${by} reported it`,
    joined: (by: string) => `${by} reported the same`,
    checkFailed: (check: string, cause: Text) => `Check${part(check, (it) => ` ${it}`)} fails${part(cause, (it) => `: ${it}`)}`,
    checkRecovered: (check: string) => `Check${part(check, (it) => ` ${it}`)} is fine again`,
    checkImproved: (check: string) => `Check${part(check, (it) => ` ${it}`)} works again, but is not quite right yet`,
    escalated: (level: Count, to: Text, end: Text) =>
      `Level ${level ?? '?'} told${part(end, (it) => ` in the message about the end of ${it}`)}${part(to, (it) => `: ${it}`)}`,
    reminded: (number: Count, level: Count, to: Text) =>
      `Reminder${part(number, (it) => ` ${it}`)}${part(level, (it) => ` of level ${it}`)}${part(to, (it) => ` to ${it}`)}`,
    levelSkipped: (level: Count, why: Text) => `Level ${level ?? '?'} passed over: ${skipped.en[why ?? ''] ?? skipped.en.nobody}`,
    exhausted: 'All levels have been told and reminded; the admin knows',
    acknowledged: (by: string, until: Text) => `${by} took it${part(until, (it) => ` until ${it}`)}`,
    acknowledgementEnded: (by: Text, risen: boolean) =>
      risen
        ? `It has become worse; ${by ?? 'the one who has it'} was told, and escalation goes on`
        : `The time ${by === null ? 'taken for it' : `that ${by} took for it`} is over; escalation goes on`,
    asked: (to: Text) => `Asked${part(to, (it) => ` ${it}`)} what has become of the report`,
    released: (by: string) => `${by} gave it back`,
    assigned: (by: string, to: Text, until: Text) =>
      `${by} handed it${part(to, (it) => ` to ${it}`)}${part(until, (it) => ` until ${it}`)}`,
    noted: (by: string) => `Note by ${by}`,
    priorityChanged: (from: Text, to: Text) =>
      `Priority changed${part(from, (it) => ` from ${it}`)}${part(to, (it) => ` to ${it}`)}`,
    recovering: 'Works again; watched a little longer',
    relapsed: 'Failed again before it was resolved',
    resolutionRecorded: (by: string, cause: Text, fix: Text) =>
      `${by} recorded what it was${part(cause, (it) => `. Cause: ${it}`)}${part(fix, (it) => `. Fix: ${it}`)}`,
    stillFailing: (by: Text) => `Checked after ${by ?? 'somebody'} said it is fixed: still failing`,
    resolved: (by: Text, why: Text) => {
      if (why === 'no-answer') return 'Ended because nobody answered';
      const who = part(by, (it) => ` by ${it}`);
      return why === 'closed-by-force' ? `Ended by hand${who}, although the check still fails` : `Resolved${who}`;
    },
    reopened: (episode: Count) => `Failed again, incident reopened${part(episode, (it) => ` (time ${it})`)}`,
    merged: (into: Text, from: Text) =>
      into === null ? `${from ?? 'Another incident'} was joined to this one` : `Joined to ${into}`,
    closed: (by: Text) => `Closed${part(by, (it) => ` by ${it}`)}`,
    maintenanceStarted: (until: Text) => `Maintenance begins${part(until, (it) => `, until ${it}`)}`,
    maintenanceEnded: 'Maintenance is over; checked afresh',
    watchHoursEnded: (until: Text) => `Not observed outside its hours${part(until, (it) => `, until ${it}`)}; escalation waits`,
    watchHoursBegan: 'Observed again; checked afresh',
    watchingResumed: (gap: Text) => `Watched again after a gap${part(gap, (it) => ` of ${it}`)} in the monitoring itself`,
    noLongerWatched: 'No longer in the configuration, so no longer watched',
    notificationFailed: (to: Text) => `Message${part(to, (it) => ` to ${it}`)} could not be delivered`,
  },
  de: {
    somebody: 'Jemand',
    opened: (priority: Text, cause: Text) =>
      `Vorfall eröffnet${part(priority, (it) => ` als ${it}`)}${part(cause, (it) => `: ${it}`)}`,
    reported: (by: string) => `${by} hat es gemeldet`,
    joined: (by: string) => `${by} hat dasselbe gemeldet`,
    checkFailed: (check: string, cause: Text) =>
      `Prüfung${part(check, (it) => ` ${it}`)} schlägt fehl${part(cause, (it) => `: ${it}`)}`,
    checkRecovered: (check: string) => `Prüfung${part(check, (it) => ` ${it}`)} ist wieder in Ordnung`,
    checkImproved: (check: string) => `Prüfung${part(check, (it) => ` ${it}`)} läuft wieder, ist aber noch nicht ganz in Ordnung`,
    escalated: (level: Count, to: Text, end: Text) =>
      `Stufe ${level ?? '?'} benachrichtigt${part(end, (it) => `, in der Nachricht zum Ende von ${it}`)}${part(to, (it) => `: ${it}`)}`,
    reminded: (number: Count, level: Count, to: Text) =>
      `${part(number, (it) => `${it}. `)}Erinnerung${part(level, (it) => ` der Stufe ${it}`)}${part(to, (it) => ` an ${it}`)}`,
    levelSkipped: (level: Count, why: Text) => `Stufe ${level ?? '?'} übergangen: ${skipped.de[why ?? ''] ?? skipped.de.nobody}`,
    exhausted: 'Alle Stufen sind benachrichtigt und erinnert; der Admin weiß Bescheid',
    acknowledged: (by: string, until: Text) => `${by} kümmert sich${part(until, (it) => ` bis ${it}`)}`,
    acknowledgementEnded: (by: Text, risen: boolean) =>
      risen
        ? `Es ist schlimmer geworden; ${by ?? 'wer es hat'} weiß Bescheid, und die Eskalation geht weiter`
        : `Die Zeit, die sich ${by ?? 'jemand'} dafür genommen hatte, ist um; die Eskalation geht weiter`,
    asked: (to: Text) => `${part(to, (it) => `${it}: `)}Nachfrage, was aus der Meldung geworden ist`,
    released: (by: string) => `${by} hat es wieder abgegeben`,
    assigned: (by: string, to: Text, until: Text) =>
      `${by} hat es${part(to, (it) => ` an ${it}`)} übertragen${part(until, (it) => `, bis ${it}`)}`,
    noted: (by: string) => `Notiz von ${by}`,
    priorityChanged: (from: Text, to: Text) =>
      `Priorität geändert${part(from, (it) => ` von ${it}`)}${part(to, (it) => ` auf ${it}`)}`,
    recovering: 'Läuft wieder; wird noch etwas beobachtet',
    relapsed: 'Doch noch nicht behoben: wieder ausgefallen',
    resolutionRecorded: (by: string, cause: Text, fix: Text) =>
      `${by} hat festgehalten, was es war${part(cause, (it) => `. Ursache: ${it}`)}${part(fix, (it) => `. Behebung: ${it}`)}`,
    stillFailing: (by: Text) => `Nachgeprüft, nachdem ${by ?? 'jemand'} es als behoben gemeldet hat: schlägt weiter fehl`,
    resolved: (by: Text, why: Text) => {
      if (why === 'no-answer') return 'Beendet, weil keine Antwort kam';
      const who = part(by, (it) => ` (${it})`);
      return why === 'closed-by-force' ? `Von Hand beendet${who}, obwohl die Prüfung noch fehlschlägt` : `Behoben${who}`;
    },
    reopened: (episode: Count) => `Wieder ausgefallen, Vorfall neu geöffnet${part(episode, (it) => ` (${it}. Mal)`)}`,
    merged: (into: Text, from: Text) =>
      into === null ? `${from ?? 'Ein anderer Vorfall'} gehört mit dazu` : `Gehört zu ${into} und läuft dort weiter`,
    closed: (by: Text) => `Abgeschlossen${part(by, (it) => ` (${it})`)}`,
    maintenanceStarted: (until: Text) => `Wartung beginnt${part(until, (it) => `, bis ${it}`)}`,
    maintenanceEnded: 'Wartung ist vorbei; es wird neu geprüft',
    watchHoursEnded: (until: Text) =>
      `Wird außerhalb seiner Zeiten nicht beobachtet${part(until, (it) => `, bis ${it}`)}; die Eskalation wartet`,
    watchHoursBegan: 'Wird wieder beobachtet; es wird neu geprüft',
    watchingResumed: (gap: Text) =>
      `Wird nach einer Lücke in der Überwachung selbst${part(gap, (it) => ` (${it})`)} wieder beobachtet`,
    noLongerWatched: 'Steht nicht mehr in der Konfiguration und wird nicht mehr überwacht',
    notificationFailed: (to: Text) => `Nachricht${part(to, (it) => ` an ${it}`)} konnte nicht zugestellt werden`,
  },
});

const skipped = {
  en: { nobody: 'nobody there can be reached now', 'recipient-refused': 'messages to its recipient are refused' },
  de: { nobody: 'dort ist gerade niemand zu erreichen', 'recipient-refused': 'Nachrichten an den Empfänger werden abgelehnt' },
} as Record<'en' | 'de', Readonly<Record<string, string>> & { readonly nobody: string }>;
