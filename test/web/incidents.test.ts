import { describe, expect, it } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import { emptyRecord, type LiveRecord } from '../../src/core/record.ts';
import { allIncidents, findIncident, openIncidents, type Past } from '../../src/web/incidents.ts';
import { incident, notification, rules, start } from '../texts/sample.ts';

const now = start + 3_600_000;

function recordOf(...incidents: readonly Incident[]): LiveRecord {
  const told = notification({ incidents: ['INC-2026-0042'], state: 'sent' });
  return {
    ...emptyRecord,
    ids: { year: 2026, last: 43 },
    incidents: new Map(incidents.map((one) => [one.id, one])),
    outbox: new Map([[told.key, told]]),
  };
}

function pastOf(...incidents: readonly Incident[]): Past {
  const archived = incidents.map((one) => ({ incident: one, notifications: [notification({ incidents: [one.id] })] }));
  return {
    incidents: () => archived,
    incident: (id) => archived.find((one) => one.incident.id === id) ?? null,
  };
}

const closed = incident({ id: 'INC-2026-0041', status: 'closed', openedAt: start - 86_400_000 });
const older = incident({ id: 'INC-2025-0042', status: 'closed', openedAt: start - 365 * 86_400_000 });

describe('the register', () => {
  it('holds what is not closed, with mails and the next escalation', () => {
    const [only, ...others] = openIncidents(recordOf(incident(), closed), rules(), now);

    expect(others).toEqual([]);
    expect(only?.notifications).toHaveLength(1);
    expect(only?.escalation.nextAt).toBe(new Date(start + 900_000).toISOString());
    expect(only?.downtimeMs).toBe(3_600_000);
  });

  it('holds all, the newest first, and each once', async () => {
    const all = await allIncidents(recordOf(incident(), closed), pastOf(closed, older), rules(), now);

    expect(all.map(({ id }) => id)).toEqual(['INC-2026-0042', 'INC-2026-0041', 'INC-2025-0042']);
  });
});

describe('one incident', () => {
  it.each([
    ['INC-2026-0042', 'INC-2026-0042'],
    ['inc-2026-0042', 'INC-2026-0042'],
    ['42', 'INC-2026-0042'],
    ['0042', 'INC-2026-0042'],
    ['41', 'INC-2026-0041'],
    ['INC-2025-0042', 'INC-2025-0042'],
  ])('is found by %s', async (id, expected) => {
    const found = await findIncident(id, recordOf(incident()), pastOf(closed, older), rules(), now);

    expect(found?.id).toBe(expected);
  });

  it('is found in an earlier year when this one has no such number', async () => {
    expect((await findIncident('42', recordOf(), pastOf(older), rules(), now))?.id).toBe('INC-2025-0042');
  });

  it.each(['7', 'INC-2026-0007', '../../etc/passwd', ''])('is not found by %j', async (id) => {
    expect(await findIncident(id, recordOf(incident()), pastOf(closed, older), rules(), now)).toBeNull();
  });
});
