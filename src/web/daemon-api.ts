import type { Act, Answer } from '../core/event.ts';
import type { Engine } from '../engine/engine.ts';
import type { Api } from './api.ts';
import { allIncidents, findIncident, openIncidents, type Past } from './incidents.ts';
import { contactId, strangerIn, withKnownNames } from './known-names.ts';
import { maintenanceJson } from './maintenance-json.ts';
import { statusJson } from './status-json.ts';

/** The API of a running engine; `now` is the wall clock, epoch ms. */
export function daemonApi(engine: Engine, past: Past, now: () => number): Api {
  const { desk } = engine;

  /** Whoever acts on what is closed is told since when, also where it has left the record. A history that cannot be read tells nothing. */
  async function withEnd(act: Act, answer: Answer): Promise<Answer> {
    if (!('id' in act) || (answer.reason !== 'unknown-id' && answer.reason !== 'already-closed')) return answer;
    const id = answer.incident ?? act.id;
    const found = await findIncident(id, desk.record, past, desk.rules, now()).catch(() => null);
    if (found === null || found.closedAt === null) return answer;
    const kept = answer.reason === 'unknown-id' ? { kept: 'history' } : {};
    return { ok: false, reason: 'already-closed', incident: found.id, facts: { since: Date.parse(found.closedAt), ...kept } };
  }

  return {
    site: () => ({ name: desk.rules.site, timezone: desk.rules.timezone, language: desk.rules.language }),
    status: () =>
      statusJson({
        rules: desk.rules,
        record: desk.record,
        degraded: desk.degraded,
        now: now(),
        checks: (service) => engine.checks(service),
        maintenance: (service) => engine.maintenance(service),
      }),
    incidents: async (all) =>
      all ? await allIncidents(desk.record, past, desk.rules, now()) : openIncidents(desk.record, desk.rules, now()),
    incident: (id) => findIncident(id, desk.record, past, desk.rules, now()),
    maintenance: () => maintenanceJson(desk.record, desk.rules, now()),
    act: async (act, by) => {
      const meant = withKnownNames(act, desk.rules);
      const service = strangerIn(meant, desk.rules, desk.record);
      if (service === undefined) return await withEnd(meant, await engine.act(meant, contactId(by, desk.rules)));
      return { ok: false, reason: 'unknown-service', facts: { service, known: Object.keys(desk.rules.services) } };
    },
  };
}
