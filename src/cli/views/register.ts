import type { IncidentJson } from '../../texts/incident-json.ts';
import { table } from './layout.ts';
import type { View } from './view.ts';

/** Incidents, one a row. */
export function registerRows(incidents: readonly IncidentJson[], view: View): readonly string[] {
  const rows = incidents.map((incident) => [
    incident.id,
    incident.priority,
    stateWords(incident),
    view.time(incident.startedAt),
    incident.title + taker(incident),
  ]);
  const style = (cell: string, column: number) => (column === 1 && cell === 'P1' ? view.paint(cell, 'red') : cell);
  return table(['INCIDENT', '', 'STATUS', 'SINCE', 'WHAT'], rows, view.width, style);
}

/** `open, flapping` */
export function stateWords({ status, flapping, recurring, mergedInto }: IncidentJson): string {
  const marks = [flapping ? 'flapping' : '', recurring ? 'recurring' : '', mergedInto === null ? '' : 'merged'];
  return [status, ...marks].filter((word) => word !== '').join(', ');
}

function taker({ acknowledged, status }: IncidentJson): string {
  const isOver = status === 'resolved' || status === 'closed';
  return acknowledged === null || isOver ? '' : ` (${acknowledged.by} is on it)`;
}
