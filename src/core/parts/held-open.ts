import type { Draft } from '../draft.ts';
import type { Incident } from '../incident.ts';

/** True while one of the incident's checks flaps: it is held open. */
export function isHeldOpen(draft: Draft, { flapping, checks }: Incident): boolean {
  return flapping && checks.some((check) => draft.cells.get(check)?.flapping === true);
}
