import { resolve } from 'node:path';
import { windowAt } from '../core/calendar/maintenance.ts';
import { freshCell, isStale } from '../core/observe.ts';
import type { Cell, LiveRecord } from '../core/record.ts';
import type { CheckRule, Rules } from '../core/rules.ts';
import type { CheckView } from '../engine/engine.ts';
import { type HistoryReader, readHistory } from '../store/history-reader.ts';
import type { LastSeen } from '../store/history-types.ts';
import { readLiveRecord } from '../store/live-record.ts';
import { readOrigin } from '../store/origin.ts';
import { allIncidents, findIncident, openIncidents, type Past } from '../web/incidents.ts';
import { type StatusJson, statusJson } from '../web/status-json.ts';
import type { Call } from './commands/contract.ts';
import { noDaemon } from './no-daemon.ts';
import type { Reader } from './reader.ts';
import { rulesOrNone } from './rules-or-none.ts';
import type { World } from './world.ts';

/**
 * Reads what a daemon left in its folder, and says on standard error that it is only that. The configuration is the one
 * that is named, else the one that the daemon had. Rejects with a Stop where it left nothing, with a StoreError where that
 * cannot be read.
 */
export async function leftBehind({ folder, world, ...call }: Call<unknown>): Promise<Reader> {
  const record = await readLiveRecord(folder);
  if (record === null) throw noDaemon(folder, 'and none has left anything there');
  const origin = call.isConfigurationNamed ? null : await readOrigin(folder);
  const configuration = origin ?? call.configuration;
  const { rules, trouble } = await rulesOrNone(configuration, world);
  const means = trouble === null ? `, read with ${configuration}` : '';
  world.err(`incidentd: no daemon is running on ${resolve(folder)}; this is what it left behind${means}\n`);
  if (trouble !== null) world.err(`incidentd: ${trouble}\n`);
  const past = pastOf(folder);
  const now = world.now();
  return {
    site: { name: rules.site, timezone: rules.timezone, language: rules.language },
    status: async () => lastStatus(rules, record, lastSeen(folder, world), now),
    incidents: async (all) => (all ? await allIncidents(record, past, rules, now) : openIncidents(record, rules, now)),
    incident: (id) => findIncident(id, record, past, rules, now),
  };
}

function lastStatus(rules: Rules, record: LiveRecord, seen: ReadonlyMap<string, LastSeen>, now: number): StatusJson {
  return statusJson({
    rules,
    record,
    degraded: false,
    now,
    isLeftBehind: true,
    checks: (service) =>
      (rules.services[service]?.checks ?? []).map((rule) =>
        checkView(rule, record.cells.get(rule.key) ?? cellOf(seen.get(rule.key)), now),
      ),
    maintenance: (service) => windowAt(rules, record.maintenance, service, now),
  });
}

function checkView(rule: CheckRule, cell: Cell, now: number): CheckView {
  return { rule, cell, stale: isStale(cell, rule, 0, now), watched: true };
}

/** A check that was plainly up is not in the record: the history knows since when, and when it was looked at. */
function cellOf(last: LastSeen | undefined): Cell {
  if (last === undefined) return freshCell;
  const { seen, since, lastAt, message } = last;
  const known = { ...freshCell, lastAt, last: { reason: 'unknown' as const, message, evidence: [], measures: [] } };
  return seen === 'up' ? { ...known, hard: 'up', since, lastKnownAt: lastAt } : known;
}

const nothingSeen: ReadonlyMap<string, LastSeen> = new Map();

/** Nothing where the history cannot be read, which is said. */
function lastSeen(folder: string, world: World): ReadonlyMap<string, LastSeen> {
  try {
    return fromHistory(folder, (history) => history.last(), nothingSeen);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'HistoryError')) throw error;
    world.err(`incidentd: ${error.message}; what was up is shown as unknown\n`);
    return nothingSeen;
  }
}

function pastOf(folder: string): Past {
  return {
    incidents: (options) => fromHistory(folder, (history) => history.incidents(options), []),
    incident: (id) => fromHistory(folder, (history) => history.incident(id), null),
  };
}

function fromHistory<Value>(folder: string, reading: (history: HistoryReader) => Value, nothing: Value): Value {
  using history = readHistory(resolve(folder));
  return history === null ? nothing : reading(history);
}
