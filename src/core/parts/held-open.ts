import type { Draft } from '../draft.ts';
import type { Incident } from '../incident.ts';

type Held = Pick<Incident, 'flapping' | 'checks'>;

/** The checks that flap, and hold the incident open. */
export function heldOpenBy(draft: Draft, { flapping, checks }: Held): readonly string[] {
  return flapping ? checks.filter((check) => draft.cells.get(check)?.flapping === true) : [];
}

/** True while one of the incident's checks flaps: it is held open. */
export function isHeldOpen(draft: Draft, incident: Held): boolean {
  return heldOpenBy(draft, incident).length > 0;
}

/** The checks that an incident is about now: those that fail, else those that hold it open. */
export function carriersOf(draft: Draft, incident: Held & Pick<Incident, 'failing'>): readonly string[] {
  return incident.failing.length > 0 ? incident.failing : heldOpenBy(draft, incident);
}
