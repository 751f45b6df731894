import type { Incident } from '../core/incident.ts';
import { selfService } from '../core/rules.ts';

/** True for the incident that this server itself has no network: what it watches cannot be seen, which is not broken. */
export function isCutOff({ service, headline }: Pick<Incident, 'service' | 'headline'>): boolean {
  return service === selfService && headline.code === 'local-network';
}
