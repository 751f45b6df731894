import { describe, expect, it } from 'vitest';
import { daemonApi } from '../../src/web/daemon-api.ts';
import { check, contact, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const office = rules({
  services: [service('web', { name: 'Website', impact: 'high', checks: [check('web')] })],
  contacts: [contact('anna'), contact('ben'), contact('boss')],
});

async function failing() {
  const virtual = await VirtualOffice.open(office);
  const api = daemonApi(
    virtual.engine,
    {
      incidents: () => [...virtual.archived.values()].map((incident) => ({ incident, notifications: [] })),
      incident: (id) => {
        const incident = virtual.archived.get(id);
        return incident === undefined ? null : { incident, notifications: [] };
      },
    },
    () => Date.parse('2026-11-24T10:00:00Z'),
  );
  virtual.play('web/http:example', 'x');
  await virtual.pass('5m');
  return { virtual, api };
}

describe('the API of a running engine', () => {
  it('tells services, incidents and mails as they are', async () => {
    const { api } = await failing();

    const status = api.status();

    expect(status.services).toMatchObject([
      { id: 'web', name: 'Website', status: 'down', checks: [{ message: 'connection refused' }] },
    ]);
    expect(status.incidents).toMatchObject([{ id: 'INC-2026-0001', priority: 'P1', services: ['Website'] }]);
    expect(status.outbox.pending).toBe(0);
    expect(await api.incidents(false)).toHaveLength(1);
    expect((await api.incident('1'))?.notifications).toMatchObject([{ to: 'anna', kind: 'opened', state: 'sent' }]);
    expect(api.site()).toEqual({ name: 'Test office', timezone: 'Europe/Berlin', language: 'en' });
  });

  it('lets a person act under the name of a contact, however it is written', async () => {
    const { api } = await failing();

    expect(await api.act({ act: 'acknowledge', id: '1' }, 'BEN')).toMatchObject({ ok: true, facts: { by: 'ben' } });
    expect(await api.act({ act: 'assign', id: '1', contact: 'Boss' }, 'Carla')).toMatchObject({
      ok: true,
      facts: { to: 'boss' },
    });
    expect((await api.incident('1'))?.timeline.map(({ type, by }) => [type, by])).toContainEqual(['assigned', 'Carla']);
  });

  it('knows services by id and by name', async () => {
    const { api, virtual } = await failing();

    expect(await api.act({ act: 'report', text: 'slow', service: 'website' }, 'Carla')).toMatchObject({
      ok: true,
      reason: 'joined',
    });
    expect(await api.act({ act: 'start-maintenance', services: ['Website'], durationMs: 60_000 }, 'ben')).toMatchObject({
      ok: true,
    });
    expect([...virtual.engine.desk.record.maintenance.values()]).toMatchObject([{ services: ['web'] }]);
    expect(await api.act({ act: 'end-maintenance', services: ['WEB'] }, 'ben')).toMatchObject({ ok: true });
  });

  it('says of a closed incident since when it is closed, as long as it is in the record and after that', async () => {
    const { api, virtual } = await failing();
    virtual.play('web/http:example', '.');
    await virtual.pass('2h');
    const closedAt = Date.parse((await api.incident('1'))?.closedAt ?? '');
    const closed = { ok: false, reason: 'already-closed', incident: 'INC-2026-0001' };

    expect(await api.act({ act: 'close', id: '1', force: false }, 'ben')).toEqual({ ...closed, facts: { since: closedAt } });
    await virtual.pass('8d');
    expect(virtual.engine.desk.record.incidents.size).toBe(0);
    for (const act of [{ act: 'close', id: '1', force: true } as const, { act: 'note', id: 'INC-2026-0001', text: 'x' } as const])
      expect(await api.act(act, 'ben')).toEqual({ ...closed, facts: { since: closedAt, kept: 'history' } });
    expect(await api.act({ act: 'release', id: '2' }, 'ben')).toEqual({ ok: false, reason: 'unknown-id', facts: { id: '2' } });
  });

  it('refuses to end a window of a service that nobody knows', async () => {
    const { api } = await failing();

    expect(await api.act({ act: 'end-maintenance', services: ['Websit'] }, 'ben')).toEqual({
      ok: false,
      reason: 'unknown-service',
      facts: { service: 'Websit', known: ['web', 'incidentd'] },
    });
  });
});
