import type { Incident } from '../../core/incident.ts';
import { sentences } from '../language.ts';
import { present, type Row } from '../letter.ts';
import { formatWords } from '../times.ts';
import type { View } from '../view.ts';

const words = sentences({
  en: {
    response: 'Response',
    solution: 'Resolution',
    compared: (time: string, target: string, met: boolean) => `${time} (target ${target}, ${met ? 'met' : 'missed'})`,
    nobody: (target: string) => `nobody took it (target ${target}, missed)`,
  },
  de: {
    response: 'Reaktion',
    solution: 'Behebung',
    compared: (time: string, target: string, met: boolean) => `${time} (Ziel ${target}, ${met ? 'eingehalten' : 'verfehlt'})`,
    nobody: (target: string) => `niemand hat es übernommen (Ziel ${target}, verfehlt)`,
  },
});

/** How an incident that is over compares with the targets of its priority, counted from its opening; none without targets. */
export function targetRows(incident: Incident, view: View): readonly Row[] {
  const targets = view.rules.priorities[incident.priority];
  const texts = words(view.language);
  const endedMs = (incident.recoveredAt ?? incident.resolvedAt ?? view.now) - incident.openedAt;
  const takenAt = incident.timeline.find(({ type }) => type === 'acknowledged' || type === 'assigned')?.at;
  const within = (ms: number, target: number) =>
    texts.compared(formatWords(Math.max(0, ms), view.language), formatWords(target, view.language), ms <= target);
  return present([
    respondRow(targets?.respondWithinMs),
    targets?.resolveWithinMs === undefined ? null : { label: texts.solution, text: within(endedMs, targets.resolveWithinMs) },
  ]);

  /** What was over in time before anybody took it has missed nothing. */
  function respondRow(target: number | undefined): Row | null {
    if (target === undefined) return null;
    if (takenAt !== undefined) return { label: texts.response, text: within(takenAt - incident.openedAt, target) };
    return endedMs <= target ? null : { label: texts.response, text: texts.nobody(formatWords(target, view.language)) };
  }
}
