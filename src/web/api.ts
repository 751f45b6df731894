import type { Act, Answer } from '../core/event.ts';
import type { Language } from '../core/rules.ts';
import type { IncidentJson } from '../texts/incident-json.ts';
import type { MaintenanceJson } from './maintenance-json.ts';
import type { StatusJson } from './status-json.ts';

/** Where texts and times belong to. */
export interface SiteJson {
  readonly name: string;
  /** IANA name. */
  readonly timezone: string;
  readonly language: Language;
}

/** Everything that the command line and the pages ask of a running daemon. */
export interface Api {
  site(): SiteJson;
  status(): StatusJson;
  /** Incidents that are not closed; with `all` those too, the newest first. Rejects where the history cannot be read. */
  incidents(all: boolean): Promise<readonly IncidentJson[]>;
  /** One incident by its id or its bare number, closed ones too; null where there is none. */
  incident(id: string): Promise<IncidentJson | null>;
  /** Windows in force and to come. */
  maintenance(): readonly MaintenanceJson[];
  /** Settles once the act is written down, or refused. */
  act(act: Act, by: string): Promise<Answer>;
}
