import { expect, test } from 'vitest';
import { duties } from '../../src/core/duties.ts';
import type { DeskEvent, Now } from '../../src/core/event.ts';
import { freshCell, observe } from '../../src/core/observe.ts';
import { type Cell, emptyRecord, type LiveRecord } from '../../src/core/record.ts';
import { foldEvents } from '../../src/core/step.ts';
import { rules, service } from '../support/rules.ts';
import { type Seen, seen } from '../support/seen.ts';

const count = 2_000;
const office = rules({
  services: Array.from({ length: count }, (_, index) => service(`S${index}`, { impact: 'low' })),
  maintenance: [{ key: 'm', services: 'all', schedule: '0 3 * * SUN', durationMs: 3_600_000 }],
});
const checks = Object.values(office.services).flatMap((one) => one.checks);
const start = Date.parse('2026-11-24T09:00:00Z');

/** Thousands of incidents through their whole life, folded as the desk folds them. */
class Crowd {
  record: LiveRecord = emptyRecord;
  readonly #cells = new Map<string, Cell>();

  take(minute: number, events: readonly DeskEvent[] = []): void {
    const now: Now = { wall: start + minute * 60_000, mono: minute * 60_000, boot: start - 1e9 };
    const { record, failed } = foldEvents(this.record, [...events, { type: 'time' }], now, office);
    expect(failed).toEqual([]);
    this.record = record;
    duties(record, now, office);
  }

  lookAtAll(minute: number, sees: Seen): void {
    for (let from = 0; from < checks.length; from += 500) {
      const events = checks.slice(from, from + 500).flatMap((rule): DeskEvent[] => {
        const { cell, transition } = observe(this.#cells.get(rule.key) ?? freshCell, seen[sees], rule, start + minute * 60_000);
        this.#cells.set(rule.key, cell);
        return transition === undefined ? [] : [{ type: 'transition', transition }];
      });
      this.take(minute, events);
    }
  }

  states(): Record<string, number> {
    const groups = Map.groupBy(this.record.incidents.values(), ({ status }) => status);
    return Object.fromEntries([...groups].map(([status, list]) => [status, list.length]));
  }
}

test('two thousand incidents at once open, escalate, remind, recover and close', () => {
  const crowd = new Crowd();

  for (const minute of [1, 1.5, 2]) crowd.lookAtAll(minute, 'x');
  expect(crowd.states()).toEqual({ open: count });
  for (const minute of [3, 20, 70, 140]) crowd.take(minute);
  for (const minute of [150, 151, 152]) crowd.lookAtAll(minute, '.');
  crowd.take(155);
  expect(crowd.states()).toEqual({ resolved: count });
  crowd.take(200);

  expect(crowd.states()).toEqual({ closed: count });
  expect(crowd.record.outbox.size).toBeGreaterThan(3 * count);
});
