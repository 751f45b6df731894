import { describe, expect, it } from 'vitest';
import { emptyRecord } from '../../src/core/record.ts';
import { maintenanceJson } from '../../src/web/maintenance-json.ts';
import { rules } from '../support/rules.ts';

/** A Tuesday, 14:05 in Berlin. */
const now = Date.parse('2026-05-12T12:05:00Z');
const hour = 3_600_000;

describe('windows', () => {
  it('are those in force and the next of each that is planned, in order of time', () => {
    const planned = rules({
      maintenance: [
        { key: 'a', services: ['Website'], schedule: '0 3 * * SUN', durationMs: 2 * hour, reason: 'Updates' },
        { key: 'b', services: 'all', schedule: '0 14 * * *', durationMs: hour },
        { key: 'c', services: 'all', from: now - 3 * hour, to: now - hour, reason: 'over' },
        { key: 'd', services: 'all', from: now + hour, to: now + 2 * hour },
      ],
    });
    const byHand = { id: 'M-1', services: ['Mail'], from: now - hour, to: now + hour, reason: null, by: 'anna' };
    const over = { ...byHand, id: 'M-2', to: now };
    const record = { ...emptyRecord, maintenance: new Map([byHand, over].map((one) => [one.id, one])) };

    expect(maintenanceJson(record, planned, now)).toEqual([
      { services: ['Mail'], from: iso(now - hour), to: iso(now + hour), reason: null, by: 'anna', active: true },
      { services: 'all', from: '2026-05-12T12:00:00.000Z', to: '2026-05-12T13:00:00.000Z', reason: null, by: null, active: true },
      { services: 'all', from: iso(now + hour), to: iso(now + 2 * hour), reason: null, by: null, active: false },
      {
        services: ['Website'],
        from: '2026-05-17T01:00:00.000Z',
        to: '2026-05-17T03:00:00.000Z',
        reason: 'Updates',
        by: null,
        active: false,
      },
    ]);
  });

  it('are none where none is planned', () => {
    expect(maintenanceJson(emptyRecord, rules(), now)).toEqual([]);
  });
});

function iso(at: number): string {
  return new Date(at).toISOString();
}
