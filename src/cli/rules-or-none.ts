import { hostname } from 'node:os';
import { loadConfiguration } from '../config/configuration.ts';
import type { Rules } from '../core/rules.ts';
import { secretPlaces } from './secret-places.ts';
import type { World } from './world.ts';

/** The configured rules, or rules without any service where the configuration cannot be used, which is said on standard error. */
export async function rulesOrNone(configuration: string, world: World): Promise<Rules> {
  const loaded = await loadConfiguration(configuration, secretPlaces(world.env));
  if (loaded.ok) return loaded.configuration.rules;
  world.err(`incidentd: ${configuration} cannot be used, so services are not shown; incidentd validate says why\n`);
  return {
    site: hostname(),
    timezone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    language: 'en',
    startupGraceMs: 0,
    groupWaitMs: 0,
    hours: {},
    contacts: {},
    rota: {},
    escalation: {},
    priorities: {},
    services: {},
    maintenance: [],
    keep: {},
  };
}
