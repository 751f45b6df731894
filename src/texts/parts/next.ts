import type { Incident } from '../../core/incident.ts';
import { isHeld, nextStep } from '../../core/parts/escalate.ts';
import { pausedBy } from '../../core/parts/watch-hours.ts';
import { contactsOf } from '../../core/people.ts';
import { oneLine } from '../clean.ts';
import { listed, sentences } from '../language.ts';
import type { Row } from '../letter.ts';
import { isOver, type View } from '../view.ts';

const words = sentences({
  en: {
    next: 'What happens next',
    recovering: 'If it stays like this, the all-clear follows shortly.',
    flapping: 'It stays open until it no longer comes and goes; then the all-clear follows.',
    remedy: 'Others are told only if what is being tried does not help.',
    taken: (by: string, until: string) => `Nobody is reminded before ${until}, as ${by} is on it.`,
    paused: 'Maintenance is going on, so nobody else is told for now.',
    unobserved: 'It is not observed at this hour, so nobody else is told until it is looked at again.',
    claimed: 'It was said to be fixed and is being checked.',
    verifying: 'It is being confirmed afresh after a gap in the monitoring.',
    level: (names: string, time: string) => `If nobody takes it, it goes on to ${names} ${time}.`,
    outsideLevel: (time: string) => `If nobody takes it, more people are told ${time}.`,
    reminder: (time: string) => `If nobody takes it, there is a reminder ${time}.`,
    soon: 'in a moment',
    nothing: (mail: string) => `Nobody else is told; a ${mail} follows when it works again.`,
    quiet: 'Nothing more is sent about this.',
  },
  de: {
    next: 'Wie es weitergeht',
    recovering: 'Bleibt es so, kommt gleich die Entwarnung.',
    flapping: 'Es bleibt offen, bis das Auf und Ab aufhört; dann kommt die Entwarnung.',
    remedy: 'Andere werden erst benachrichtigt, wenn der laufende Versuch nicht hilft.',
    taken: (by: string, until: string) => `Bis ${until} wird niemand erinnert, denn ${by} kümmert sich.`,
    paused: 'Es läuft gerade eine Wartung, deshalb wird vorerst niemand weiter benachrichtigt.',
    unobserved: 'Zu dieser Zeit wird es nicht beobachtet; bis wieder hingesehen wird, wird niemand weiter benachrichtigt.',
    claimed: 'Es wurde als behoben gemeldet und wird gerade nachgeprüft.',
    verifying: 'Nach einer Lücke in der Überwachung wird es gerade neu bestätigt.',
    level: (names: string, time: string) => `Übernimmt niemand, geht es ${time} weiter an ${names}.`,
    outsideLevel: (time: string) => `Übernimmt niemand, werden ${time} weitere Personen benachrichtigt.`,
    reminder: (time: string) => `Übernimmt niemand, kommt ${time} eine Erinnerung.`,
    soon: 'gleich',
    nothing: (mail: string) => `Weitere Personen werden nicht benachrichtigt; sobald es wieder läuft, kommt eine ${mail}.`,
    quiet: 'Dazu kommt nichts weiter.',
  },
});

/** What happens if nobody acts; null when it is over. */
export function nextRow(incident: Incident, view: View): Row | null {
  if (isOver(incident)) return null;
  return { label: words(view.language).next, text: held(incident, view) ?? outlook(incident, view) };
}

/** Why nothing happens for now; null when something may. */
function held(incident: Incident, view: View): string | null {
  const texts = words(view.language);
  if (!isHeld(incident, view.now)) return null;
  if (incident.status === 'recovering') return incident.flapping ? texts.flapping : texts.recovering;
  if (incident.acknowledged !== null) {
    return texts.taken(oneLine(incident.acknowledged.by, 80), view.time(incident.acknowledged.until));
  }
  if (incident.pausedAt !== null) return pausedBy(incident) === 'hours' ? texts.unobserved : texts.paused;
  if (incident.resolveClaim === null && (incident.remedyUntil ?? 0) > view.now) return texts.remedy;
  return incident.resolveClaim === null ? texts.verifying : texts.claimed;
}

function outlook(incident: Incident, view: View): string {
  const texts = words(view.language);
  const step = nextStep(incident, view.rules);
  if (step === null) return incident.priority < 'P4' ? texts.nothing(view.noun.one) : texts.quiet;
  const time = step.at <= view.now ? texts.soon : view.time(step.at);
  if (step.type === 'reminder') return texts.reminder(time);
  const names = contactsOf(step.level.notify, incident, view.rules);
  return view.outside || names.length === 0 ? texts.outsideLevel(time) : texts.level(listed(names, view.language), time);
}
