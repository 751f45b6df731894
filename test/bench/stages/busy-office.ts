/** An office in which everything is down and everybody has been told. */
import { duties } from '../../../src/core/duties.ts';
import type { DeskEvent, Now } from '../../../src/core/event.ts';
import type { Observation } from '../../../src/core/observation.ts';
import { freshCell, observe } from '../../../src/core/observe.ts';
import { type Cell, emptyRecord, type LiveRecord } from '../../../src/core/record.ts';
import type { CheckRule, Rules } from '../../../src/core/rules.ts';
import { foldEvents } from '../../../src/core/step.ts';
import { check, rules as rulesOf, service } from '../../support/rules.ts';

export interface BusyOffice {
  readonly rules: Rules;
  readonly record: LiveRecord;
  readonly cells: ReadonlyMap<string, Cell>;
  readonly checks: readonly CheckRule[];
  readonly now: Now;
}

const down: Observation = {
  status: 'down',
  reason: 'port-closed',
  message: '192.168.178.10:443 refuses connections',
  measures: [],
  evidence: [],
};
const up: Observation = {
  status: 'up',
  reason: 'ok',
  message: 'HTTP 200 OK after 12 ms',
  measures: [{ name: 'time', value: 12, unit: 'ms' }],
  evidence: ['name 0.1 ms, connection 0.3 ms, TLS 8 ms, first byte 3 ms'],
};
const eventsPerTurn = 500;
const collectedMs = 60_000;
const mostMails = 100;

/** Opens so many incidents, one a service, by the transitions of real observations, and has their mails accepted. */
export function busyOffice(size: number): BusyOffice {
  const pace = { failureThreshold: 1, successThreshold: 1 };
  const services = Array.from({ length: size }, (_, index) => {
    const name = `Service ${index}`;
    return service(name, { impact: 'high', checks: [check(name, pace)] });
  });
  const rules = rulesOf({ services, startupGraceMs: 0 });
  const checks = services.flatMap((one) => one.checks);
  const wall = Temporal.Instant.from('2026-01-05T10:00:00Z').epochMilliseconds;
  const opened = open(rules, checks, { wall, mono: 86_400_000, boot: wall - 86_400_000 });
  return { rules, checks, cells: opened.cells, ...tell(rules, opened.record, opened.now) };
}

/** The event that one of its checks is well again. */
export function recoveryOf({ checks, cells, now }: BusyOffice, index: number): DeskEvent {
  const rule = checks[index];
  if (rule === undefined) throw new Error(`no check ${index}`);
  const { transition } = observe(cells.get(rule.key) ?? freshCell, up, rule, now.wall);
  if (transition?.type !== 'recovered') throw new Error(`${rule.key} did not recover`);
  return { type: 'transition', transition };
}

function open(rules: Rules, checks: readonly CheckRule[], now: Now) {
  const cells = new Map<string, Cell>();
  let { record } = foldEvents(emptyRecord, [{ type: 'started', aliveAt: null }], now, rules);
  for (let from = 0; from < checks.length; from += eventsPerTurn) {
    const events = checks.slice(from, from + eventsPerTurn).flatMap((rule): readonly DeskEvent[] => {
      const { cell, transition } = observe(freshCell, down, rule, now.wall);
      cells.set(rule.key, cell);
      return transition === undefined ? [] : [{ type: 'transition', transition }];
    });
    record = foldEvents(record, [...events, { type: 'time' }], now, rules).record;
  }
  return { record, cells, now };
}

/** Time for openings to be collected, then one mail after the other until none is left. */
function tell(rules: Rules, opened: LiveRecord, begun: Now): { readonly record: LiveRecord; readonly now: Now } {
  const now = { wall: begun.wall + collectedMs, mono: begun.mono + collectedMs, boot: begun.boot };
  let record = foldEvents(opened, [{ type: 'time' }], now, rules).record;
  for (let mail = 0; mail < mostMails; mail += 1) {
    const keys = duties(record, now, rules).deliver.map(({ key }) => key);
    if (keys.length === 0) return { record, now };
    const ended = keys.map((key): DeskEvent => ({ type: 'delivery-ended', key, state: 'sent', response: '250 ok' }));
    record = foldEvents(record, [{ type: 'delivery-started', keys }, ...ended, { type: 'time' }], now, rules).record;
  }
  throw new Error(`more than ${mostMails} mails`);
}
