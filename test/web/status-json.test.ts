import { describe, expect, it } from 'vitest';
import { freshCell } from '../../src/core/observe.ts';
import type { Cell, LiveRecord } from '../../src/core/record.ts';
import { emptyRecord } from '../../src/core/record.ts';
import type { CheckView } from '../../src/engine/engine.ts';
import { statusJson } from '../../src/web/status-json.ts';
import { check, rules, service } from '../support/rules.ts';
import { incident, notification } from '../texts/sample.ts';

const now = Date.parse('2026-05-12T12:05:00Z');
const minute = 60_000;

const observed: Cell = {
  ...freshCell,
  hard: 'up',
  since: now - 60 * minute,
  lastAt: now - minute,
  lastKnownAt: now - minute,
  lastStatus: 'up',
  last: { reason: 'ok', message: '200 in 12 ms', evidence: [], measures: [] },
};

function view(cell: Partial<Cell>, more: Partial<CheckView> = {}): CheckView {
  return { rule: check('Website'), cell: { ...observed, ...cell }, stale: false, watched: true, ...more };
}

function statusOf(views: readonly CheckView[], record: LiveRecord = emptyRecord, maintenance: { to: number } | null = null) {
  return statusJson({
    rules: rules({ services: [service('Website')] }),
    record,
    degraded: false,
    now,
    checks: () => views,
    maintenance: () => maintenance,
  });
}

function serviceOf(...views: readonly CheckView[]) {
  const [only, ...others] = statusOf(views).services;
  expect(others).toEqual([]);
  return only!;
}

describe('the status of a service', () => {
  it('is that of its worst check, and never the daemon itself among them', () => {
    expect(serviceOf(view({}), view({ hard: 'down' }), view({ hard: 'minor' })).status).toBe('down');
    expect(serviceOf(view({}), view({ hard: 'major' })).status).toBe('degraded');
    expect(serviceOf(view({}), view({ hard: null })).status).toBe('unknown');
    expect(serviceOf(view({ hard: null }), view({ hard: 'minor' })).status).toBe('degraded');
    expect(serviceOf(view({})).status).toBe('up');
  });

  it('is unknown before the first result and without checks', () => {
    expect(serviceOf(view({ hard: null, since: 0, lastAt: null })).status).toBe('unknown');
    expect(serviceOf(view({ hard: null, since: 0, lastAt: null })).since).toBeNull();
    expect(serviceOf().status).toBe('unknown');
  });

  it('stays up while a failure is not confirmed, and says so', () => {
    const soft = serviceOf(view({ suspect: true }));

    expect(soft).toMatchObject({ status: 'up', soft: true });
    expect(soft.checks[0]).toMatchObject({ status: 'up', soft: true });
  });

  it('claims nothing to be up that nobody has looked at for long', () => {
    const lastKnownAt = now - 30 * minute;

    expect(serviceOf(view({ lastKnownAt }, { stale: true }))).toMatchObject({
      status: 'unknown',
      stale: true,
      since: '2026-05-12T11:35:00.000Z',
    });
    expect(serviceOf(view({ lastKnownAt, unwatched: true })).status).toBe('unknown');
    expect(serviceOf(view({ hard: 'down' }, { stale: true })).status).toBe('down');
  });

  it('is down since its first check is, and up since its last one is', () => {
    const [early, late] = [now - 50 * minute, now - 10 * minute];

    expect(serviceOf(view({ hard: 'down', since: late }), view({ hard: 'down', since: early }), view({})).since).toBe(
      '2026-05-12T11:15:00.000Z',
    );
    expect(serviceOf(view({ since: late }), view({ since: early })).since).toBe('2026-05-12T11:55:00.000Z');
  });

  it('carries its checks with the last result', () => {
    expect(serviceOf(view({})).checks).toEqual([
      {
        name: 'http:example',
        kind: 'http',
        target: 'example',
        status: 'up',
        since: '2026-05-12T11:05:00.000Z',
        soft: false,
        stale: false,
        watched: true,
        lastAt: '2026-05-12T12:04:00.000Z',
        message: '200 in 12 ms',
      },
    ]);
  });

  it('says until when it is in maintenance', () => {
    const [one] = statusOf([view({})], emptyRecord, { to: now + minute }).services;

    expect(one?.maintenanceUntil).toBe('2026-05-12T12:06:00.000Z');
  });
});

describe('the status of everything', () => {
  it('lists incidents that are not closed, the most urgent first', () => {
    const all = [
      incident({ id: 'INC-2026-0001', priority: 'P3' }),
      incident({ id: 'INC-2026-0002', status: 'closed' }),
      incident({ id: 'INC-2026-0003', priority: 'P1', openedAt: now }),
      incident({ id: 'INC-2026-0004', priority: 'P1', openedAt: now - minute }),
      incident({ id: 'INC-2026-0005', priority: 'P2', status: 'resolved' }),
    ];
    const record = { ...emptyRecord, incidents: new Map(all.map((one) => [one.id, one])) };

    const ids = statusOf([], record).incidents.map(({ id }) => id.slice(-1));

    expect(ids).toEqual(['4', '3', '5', '1']);
  });

  it('counts mails that have not left, and since when the oldest waits', () => {
    const mails = [
      notification({ key: 'a', state: 'queued', at: now - minute }),
      notification({ key: 'b', state: 'sending', at: now - 5 * minute }),
      notification({ key: 'c', state: 'sent', at: now - 60 * minute }),
      notification({ key: 'd', state: 'folded', at: now - 60 * minute }),
      notification({ key: 'e', state: 'failed', at: now - 60 * minute }),
    ];
    const record = { ...emptyRecord, outbox: new Map(mails.map((one) => [one.key, one])) };

    expect(statusOf([], record).outbox).toEqual({ pending: 2, oldestAt: '2026-05-12T12:00:00.000Z' });
    expect(statusOf([]).outbox).toEqual({ pending: 0, oldestAt: null });
  });

  it('names who is passed over as refused for good, and no longer than that lasts', () => {
    const refused = new Map([
      ['anna/webhook', now - 60 * minute],
      ['ben/email-2', now - 24 * 60 * minute - 1],
    ]);

    expect(statusOf([], { ...emptyRecord, refused }).refused).toEqual([
      { to: 'anna', channel: 'webhook', since: '2026-05-12T11:05:00.000Z', until: '2026-05-13T11:05:00.000Z' },
    ]);
  });
});
