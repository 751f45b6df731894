import type { Incident, TimelineEntry, TimelineType } from '../../core/incident.ts';
import { sentences } from '../language.ts';
import type { Section } from '../letter.ts';
import { timelineText } from '../timeline.ts';
import { besideText } from '../times.ts';
import type { View } from '../view.ts';

const words = sentences({
  en: { course: 'What happened', left: (count: number) => `… ${count} more steps: incidentd show` },
  de: { course: 'Was geschah', left: (count: number) => `… ${count} weitere Schritte: incidentd show` },
});

/** Steps of one kind that may repeat endlessly: only their first is told in a mail. */
const repeating: ReadonlySet<TimelineType> = new Set(['check-failed', 'check-recovered', 'relapsed', 'recovering', 'reminded']);

const shownLimit = 25;

/** The course of an incident, step by step; not for outsiders, as it holds people's words. */
export function course(incident: Incident, view: View): readonly Section[] {
  if (view.outside || incident.timeline.length === 0) return [];
  const texts = words(view.language);
  const steps = telling(incident.timeline);
  const first = steps.slice(0, Math.min(10, steps.length));
  const last = steps.slice(Math.max(10, steps.length - (shownLimit - 10)));
  const left = steps.length - first.length - last.length;
  const lines = [
    ...first.map((entry) => line(entry, incident, view)),
    ...(left > 0 ? [`${texts.left(left)} ${incident.id}`] : []),
    ...last.map((entry) => line(entry, incident, view)),
  ];
  return [{ title: texts.course, lines, as: 'list' }];
}

/** The entries without repetitions of what a flapping check does. */
function telling(timeline: readonly TimelineEntry[]): readonly TimelineEntry[] {
  const seen = new Set<string>();
  return timeline.filter((entry) => {
    if (!repeating.has(entry.type)) return true;
    const what = `${entry.type}/${String(entry.facts?.check ?? '')}`;
    return !seen.has(what) && seen.add(what);
  });
}

function line(entry: TimelineEntry, incident: Incident, view: View): string {
  const at = besideText(entry.at, incident.startedAt, view.timezone, view.language);
  return `${at} ${timelineText(entry, view.language, view.timezone)}`;
}
