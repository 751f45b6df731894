import { describe, expect, test } from 'vitest';
import { duties } from '../../src/core/duties.ts';
import type { DeskEvent, Now, Transition } from '../../src/core/event.ts';
import type { Incident } from '../../src/core/incident.ts';
import { freshCell } from '../../src/core/observe.ts';
import { emptyRecord, type LiveRecord } from '../../src/core/record.ts';
import { foldEvents, step } from '../../src/core/step.ts';
import { LooseDesk } from '../support/loose-desk.ts';
import { rules, service } from '../support/rules.ts';

const start = Date.parse('2026-11-24T09:00:00Z');
const now: Now = { wall: start, mono: 1_000, boot: start - 1e9 };
const office = rules({ services: [service('Website'), service('Files')] });
const started: DeskEvent = { type: 'started', aliveAt: null };

/** Once the first messages have waited for what they are to say. */
function later(ms: number): Now {
  return { ...now, wall: now.wall + ms, mono: now.mono + ms };
}

function confirmed(name: string): DeskEvent {
  const cell = { ...freshCell, hard: 'down' as const, row: [{ grade: 'down' as const, at: start }], lastAt: start };
  const observation = { reason: 'timeout' as const, message: 'no answer', evidence: [], grade: 'down' as const };
  const transition: Transition = {
    type: 'confirmed',
    check: `${name}/http:example`,
    from: 'up',
    to: 'down',
    since: start,
    cell,
    observation,
  };
  return { type: 'transition', transition };
}

const broken = { type: 'transition', transition: { check: 'Website/http:example' } } as unknown as DeskEvent;

describe('events that came together', () => {
  test('are decided one after the other', () => {
    const { record, failed } = foldEvents(emptyRecord, [started, confirmed('Website'), confirmed('Files')], now, office);

    expect(failed).toEqual([]);
    expect([...record.incidents.values()].map(({ service: of }) => of)).toEqual(['Website', 'Files']);
  });

  test('one that cannot be digested is left out, and its neighbours are decided all the same', () => {
    const { record, failed } = foldEvents(emptyRecord, [started, confirmed('Website'), broken, confirmed('Files')], now, office);

    expect(failed.map(({ event }) => event)).toEqual([broken]);
    expect([...record.incidents.values()].map(({ service: of }) => of)).toEqual(['Website', 'Files']);
    expect(record).toEqual(foldEvents(emptyRecord, [started, confirmed('Website'), confirmed('Files')], now, office).record);
  });

  test('one that cannot be digested leaves the record as it was', () => {
    const { record } = step(emptyRecord, started, now, office);

    expect(() => step(record, broken, now, office)).toThrow();
    expect(foldEvents(record, [broken], now, office).record).toBe(record);
  });
});

describe('an incident that time cannot be passed over', () => {
  function damaged(): LiveRecord {
    const opened = foldEvents(emptyRecord, [started, confirmed('Website'), confirmed('Files')], now, office);
    const { record } = step(opened.record, { type: 'time' }, later(6_000), office);
    const [first] = record.incidents.values();
    const broken = { ...first, escalation: null } as unknown as Incident;
    return { ...record, incidents: new Map([...record.incidents, [broken.id, broken]]) };
  }

  test('keeps no other one waiting, and the admin is told', () => {
    const { record } = step(damaged(), { type: 'time' }, later(9_000), office);

    expect([...record.outbox.values()].map(({ kind, incidents }) => `${kind} ${incidents}`)).toEqual([
      'self-trouble ',
      'opened INC-2026-0002',
    ]);
  });

  test('does not stop the duties of the others', () => {
    const { record } = step(damaged(), { type: 'time' }, later(9_000), office);

    const { deliver, wakeAt } = duties(record, later(9_000), office);

    expect(deliver).toHaveLength(1);
    expect(wakeAt).toBeGreaterThan(now.wall);
  });
});

describe('where nothing changes', () => {
  test('the record is the very same', () => {
    const { record } = step(emptyRecord, started, now, office);

    expect(step(record, { type: 'time' }, now, office).record).toBe(record);
    expect(step(record, { type: 'act', act: { act: 'release', id: '9' }, by: 'anna', ticket: 1 }, now, office).record).toBe(
      record,
    );
    expect(step(record, { type: 'delivery-ended', key: 'no such', state: 'sent', response: '' }, now, office).record).toBe(
      record,
    );
  });
});

describe('what is due', () => {
  test('one mail at a time for each recipient, the oldest first', () => {
    const desk = new LooseDesk(rules({ services: [service('Website', { notify: ['anna', 'ben'] }), service('Files')] }), start);
    desk.take(confirmed('Website'));
    desk.pass(6_000);
    desk.pass(54_000);
    desk.take(confirmed('Files'));

    const due = duties(desk.record, desk.now, desk.rules).deliver.map(({ incidents, to }) => `${to} ${incidents}`);

    expect(due).toEqual(['anna INC-2026-0001', 'ben INC-2026-0001']);
  });

  test('ids begin anew with each year of the site, and never go back', () => {
    const desk = new LooseDesk(office, Date.parse('2026-12-31T22:59:00Z'));
    desk.act({ act: 'report', text: 'odd' }, 'anna');
    desk.pass(60_000);
    desk.act({ act: 'report', text: 'odd' }, 'anna');
    desk.setClock(-3_600_000);
    desk.act({ act: 'report', text: 'odd' }, 'anna');

    expect([...desk.record.incidents.keys()]).toEqual(['INC-2026-0001', 'INC-2027-0001', 'INC-2027-0002']);
  });
});

describe('the history', () => {
  test('that has taken an incident to which a person has added meanwhile is offered it again', () => {
    const desk = new LooseDesk(office, start);
    desk.act({ act: 'report', text: 'odd' }, 'somebody');
    desk.deliver(() => 'sent');
    desk.act({ act: 'resolve', id: '1', cause: 'cable', fix: 'plugged in' }, 'anna');
    desk.deliver(() => 'sent');
    desk.act({ act: 'close', id: '1', force: false }, 'anna');
    const [handedOver] = duties(desk.record, desk.now, desk.rules).archive;
    desk.act({ act: 'note', id: '1', text: 'it was the cat' }, 'ben');
    desk.take({ type: 'archived', incident: handedOver! });

    expect(duties(desk.record, desk.now, desk.rules).archive).toEqual([desk.record.incidents.get('INC-2026-0001')]);
    desk.archive();
    expect(desk.record.incidents.size).toBe(0);
    expect(desk.record.outbox.size).toBe(0);
  });
});
