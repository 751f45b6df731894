import { resolve } from 'node:path';
import { windowAt } from '../core/calendar/maintenance.ts';
import { freshCell, isStale } from '../core/observe.ts';
import type { LiveRecord } from '../core/record.ts';
import type { CheckRule, Rules } from '../core/rules.ts';
import type { CheckView } from '../engine/engine.ts';
import { type HistoryReader, readHistory } from '../store/history-reader.ts';
import { readLiveRecord } from '../store/live-record.ts';
import { allIncidents, findIncident, openIncidents, type Past } from '../web/incidents.ts';
import { statusJson } from '../web/status-json.ts';
import type { Call } from './commands/contract.ts';
import { noDaemon } from './no-daemon.ts';
import type { Reader } from './reader.ts';
import { rulesOrNone } from './rules-or-none.ts';

/** Reads what a daemon left in its folder. Rejects with a Stop where it left nothing, with a StoreError where that cannot be read. */
export async function leftBehind({ folder, configuration, world }: Call<unknown>): Promise<Reader> {
  const record = await readLiveRecord(folder);
  if (record === null) throw noDaemon(folder, 'and none has left anything there');
  const rules = await rulesOrNone(configuration, world);
  const past = pastOf(folder);
  const now = world.now();
  return {
    site: { name: rules.site, timezone: rules.timezone, language: rules.language },
    status: async () =>
      statusJson({
        rules,
        record,
        degraded: false,
        now,
        checks: (service) => (rules.services[service]?.checks ?? []).map((rule) => checkView(rule, record, now)),
        maintenance: (service) => windowOf(rules, record, service, now),
      }),
    incidents: async (all) => (all ? await allIncidents(record, past, rules, now) : openIncidents(record, rules, now)),
    incident: (id) => findIncident(id, record, past, rules, now),
  };
}

/** A check that was plainly up has left nothing: what it is now, nobody knows. */
function checkView(rule: CheckRule, record: LiveRecord, now: number): CheckView {
  const cell = record.cells.get(rule.key) ?? freshCell;
  return { rule, cell, stale: isStale(cell, rule, 0, now), watched: true };
}

function windowOf(rules: Rules, record: LiveRecord, service: string, now: number): { readonly to: number } | null {
  return windowAt(rules, record.maintenance, service, now);
}

function pastOf(folder: string): Past {
  function read<Value>(reading: (history: HistoryReader) => Value, nothing: Value): Value {
    using history = readHistory(resolve(folder));
    return history === null ? nothing : reading(history);
  }
  return {
    incidents: (options) => read((history) => history.incidents(options), []),
    incident: (id) => read((history) => history.incident(id), null),
  };
}
