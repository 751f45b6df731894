import type { Incident } from '../../core/incident.ts';
import { sentences } from '../language.ts';
import { isOver, type View } from '../view.ts';

const words = sentences({
  en: { resolved: 'resolved', closed: 'closed' },
  de: { resolved: 'behoben', closed: 'geschlossen' },
});

/** The tag of a mail that tells the end: a report that nobody answered is closed, all else resolved. */
export function closedTag(view: View): string {
  const texts = words(view.language);
  return view.notification.reason === 'no-answer' ? texts.closed : texts.resolved;
}

/** The tag that tells the state: the priority while anything is open, else that it is resolved. */
export function stateTag(view: View): string {
  const open = view.incidents.filter((incident) => !isOver(incident) || incident.mergedInto !== null);
  if (view.incidents.length > 0 && open.length === 0) return words(view.language).resolved;
  return mostUrgent(open) ?? view.notification.priority ?? 'incidentd';
}

function mostUrgent(incidents: readonly Incident[]): string | null {
  return incidents.map(({ priority }) => priority).sort()[0] ?? null;
}
