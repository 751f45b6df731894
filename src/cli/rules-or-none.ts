import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { loadConfiguration } from '../config/configuration.ts';
import type { Rules } from '../core/rules.ts';
import { secretPlaces } from './secret-places.ts';
import type { World } from './world.ts';

/** The configured rules; rules without any service, and why, where the configuration cannot be used. */
export async function rulesOrNone(
  configuration: string,
  { env }: World,
): Promise<{ readonly rules: Rules; readonly trouble: string | null }> {
  const loaded = await loadConfiguration(configuration, secretPlaces(env));
  if (loaded.ok) return { rules: loaded.configuration.rules, trouble: null };
  const trouble = existsSync(configuration)
    ? `${configuration} cannot be used, so services are not shown; incidentd validate -c ${configuration} says why`
    : `the configuration ${configuration} is not there, so services are not shown; name another with -c`;
  return { rules: noRules(), trouble };
}

function noRules(): Rules {
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
