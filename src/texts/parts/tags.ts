import type { Incident } from '../../core/incident.ts';
import { sentences } from '../language.ts';
import { endingOf, isOver, type View } from '../view.ts';

const words = sentences({
  en: { resolved: 'resolved', 'closed-by-force': 'closed', 'no-answer': 'closed', 'no-longer-watched': 'no longer watched' },
  de: {
    resolved: 'behoben',
    'closed-by-force': 'geschlossen',
    'no-answer': 'geschlossen',
    'no-longer-watched': 'nicht mehr überwacht',
  },
});

/** The tag of a mail that tells the end: what works again is resolved, and nothing else. */
export function closedTag({ language, notification: { kind, reason } }: View): string {
  const texts = words(language);
  if (kind === 'no-longer-watched') return texts[kind];
  return reason === 'no-answer' || reason === 'closed-by-force' ? texts[reason] : texts.resolved;
}

/** The tag that tells the state: the priority while anything is open, else how it ended. */
export function stateTag(view: View): string {
  const open = view.incidents.filter((incident) => !isOver(incident) || incident.mergedInto !== null);
  if (view.incidents.length > 0 && open.length === 0) return endTag(view);
  return mostUrgent(open) ?? view.notification.priority ?? 'incidentd';
}

/** Several that ended in different ways are resolved where any of them is. */
function endTag({ incidents, language }: View): string {
  const endings = new Set(incidents.map(endingOf));
  const [ending = null] = endings;
  return words(language)[endings.size === 1 && ending !== null ? ending : 'resolved'];
}

function mostUrgent(incidents: readonly Incident[]): string | null {
  return incidents.map(({ priority }) => priority).sort()[0] ?? null;
}
