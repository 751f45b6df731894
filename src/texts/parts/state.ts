import type { Incident } from '../../core/incident.ts';
import { oneLine } from '../clean.ts';
import { isCutOff } from '../cut-off.ts';
import { listed, quoted, sentences } from '../language.ts';
import { endingOf, isOver, sinceOf, type View } from '../view.ts';

const words = sentences({
  en: {
    nameless: 'Something',
    critical: (name: string, since: string) => `${name} has not been working since ${since}.`,
    major: (name: string, since: string) => `Parts of ${name} have not been working since ${since}.`,
    minor: (name: string, since: string) => `${name} still works, but something has been wrong since ${since}.`,
    flapping: (name: string, since: string) => `${name} comes and goes: since ${since} it keeps failing and working again.`,
    cutOff: (since: string) =>
      `The monitoring server itself has had no network since ${since}. What it watches cannot be seen meanwhile; that need not be broken.`,
    reported: (by: string, name: string, since: string) => `${by} reported a problem with ${name} (${since}).`,
    reportedAtAll: (by: string, since: string) => `${by} reported a problem (${since}).`,
    somebody: 'Somebody',
    recovering: (since: string) => `It has been working again since ${since} and is being watched a little longer.`,
    over: (since: string) => `By now it is working again (since ${since}).`,
    merged: (into: string) => `By now it is part of ${into}.`,
    'no-longer-watched': 'By now it is no longer watched, because it was taken out of the configuration.',
    'closed-by-force': 'By now it has been closed by hand, although its check still fails.',
  },
  de: {
    nameless: 'Etwas',
    critical: (name: string, since: string) => `${name} funktioniert seit ${since} nicht.`,
    major: (name: string, since: string) => `${name} funktioniert seit ${since} nur noch teilweise.`,
    minor: (name: string, since: string) => `${name} läuft noch, aber seit ${since} stimmt etwas nicht.`,
    flapping: (name: string, since: string) => `${name} fällt seit ${since} immer wieder kurz aus und läuft dann wieder.`,
    cutOff: (since: string) =>
      `Der Überwachungsserver selbst hat seit ${since} kein Netz. Was er überwacht, ist so lange nicht zu sehen; kaputt muss davon nichts sein.`,
    reported: (by: string, name: string, since: string) => `${by} hat ein Problem mit ${name} gemeldet (${since}).`,
    reportedAtAll: (by: string, since: string) => `${by} hat ein Problem gemeldet (${since}).`,
    somebody: 'Jemand',
    recovering: (since: string) => `Seit ${since} läuft es wieder und wird noch kurz beobachtet.`,
    over: (since: string) => `Inzwischen läuft es wieder (seit ${since}).`,
    merged: (into: string) => `Inzwischen gehört das zu ${into}.`,
    'no-longer-watched': 'Inzwischen wird es nicht mehr überwacht, weil es aus der Konfiguration genommen wurde.',
    'closed-by-force': 'Inzwischen wurde es von Hand abgeschlossen, obwohl die Prüfung noch fehlschlägt.',
  },
});

/** What is the matter, since when, and whether it still is: one or two sentences. */
export function state(incident: Incident, view: View): string {
  return [trouble(incident, view), progress(incident, view)].filter((sentence) => sentence !== null).join(' ');
}

function trouble(incident: Incident, view: View): string {
  const texts = words(view.language);
  const since = view.time(sinceOf(incident));
  const name = oneLine(incident.serviceName, 80);
  if (isCutOff(incident)) return texts.cutOff(since);
  if (incident.flapping && !isOver(incident)) return texts.flapping(name || texts.nameless, since);
  if (incident.kind !== 'report') return texts[incident.severity](name || texts.nameless, since);
  const by =
    view.outside || incident.reporters.length === 0
      ? texts.somebody
      : listed(
          incident.reporters.map((it) => oneLine(it)),
          view.language,
        );
  return name === '' ? texts.reportedAtAll(by, since) : texts.reported(by, name, since);
}

function progress(incident: Incident, view: View): string | null {
  const texts = words(view.language);
  if (incident.mergedInto !== null) return texts.merged(incident.mergedInto);
  const ending = endingOf(incident);
  if (ending !== null) return texts[ending];
  const at = incident.recoveredAt ?? incident.resolvedAt;
  if (at === null) return null;
  if (incident.status === 'recovering') return texts.recovering(view.time(at));
  return isOver(incident) ? texts.over(view.time(at)) : null;
}

/** A report's own words, in quotes; null where there are none or they stay inside. */
export function reportWords(incident: Incident, view: View): string | null {
  if (view.outside) return null;
  const whole = incident.timeline.find(({ type }) => type === 'reported')?.text ?? incident.headline.words ?? '';
  const said = oneLine(whole, 1000);
  return said === '' ? null : quoted(said, view.language);
}
