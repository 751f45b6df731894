import type { MaintenanceJson } from '../../web/maintenance-json.ts';
import { table } from './layout.ts';
import type { View } from './view.ts';

/** Windows, one a row. */
export function maintenanceText(windows: readonly MaintenanceJson[], view: View): readonly string[] {
  if (windows.length === 0) return ['No maintenance, and none is planned.'];
  const rows = windows.map(({ services, from, to, reason, by, active }) => [
    services === 'all' ? 'all services' : services.join(', '),
    active ? 'now' : 'planned',
    view.time(from),
    view.time(to),
    [reason, by === null ? null : `(${by})`].filter((part) => part !== null).join(' '),
  ]);
  return table(['SERVICES', '', 'FROM', 'TO', 'WHY'], rows, view.width);
}
