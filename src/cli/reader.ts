import type { IncidentJson } from '../texts/incident-json.ts';
import type { SiteJson } from '../web/api.ts';
import type { StatusJson } from '../web/status-json.ts';

/** What can be read with a daemon and without. */
export interface Reader {
  readonly site: SiteJson;
  status(): Promise<StatusJson>;
  incidents(all: boolean): Promise<readonly IncidentJson[]>;
  incident(id: string): Promise<IncidentJson | null>;
}
