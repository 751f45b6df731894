import { describe, expect, test } from 'vitest';
import { archivable } from '../../src/core/parts/archive.ts';
import { sinceOf } from '../../src/texts/view.ts';
import { check, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';
const login = 'Website/http:login';
const minute = 60_000;

/** An outage from minute 2 of the story, resolved a few minutes after minute 20. */
async function resolved(changes: Parameters<typeof check>[1] = {}): Promise<VirtualOffice> {
  const checks = [check('Website', changes), check('Website', { target: 'login', ...changes })];
  const office = await VirtualOffice.open(rules({ services: [service('Website', { impact: 'high', checks })] }));
  office.play(website, 'x');
  await office.passTo(20);
  office.play(website, '.');
  await office.passTo(30);
  return office;
}

describe('a failure of the same service within the reopen window', () => {
  test('reopens the same incident from level 1, told as "again" to all who were told', async () => {
    const office = await resolved();
    expect(office.incident.status).toBe('resolved');
    office.sent.length = 0;
    office.play(website, 'x');

    await office.passTo(95);

    expect(office.incident).toMatchObject({ id: 'INC-2026-0001', status: 'open', episode: 2 });
    expect(office.post.map((line) => line.split(' ')[1])).toEqual([
      'reopened>anna',
      'reopened>ben',
      'escalated>ben',
      'escalated>boss',
    ]);
    const [again, , ben, boss] = office.sent.map(({ minute: at }) => at);
    expect([(ben ?? 0) - (again ?? 0), (boss ?? 0) - (again ?? 0)]).toEqual([15, 60]);
  });

  test('is dated from when it came back, whatever stops and starts the downtime after that', async () => {
    const office = await resolved();
    office.play(website, 'x');
    await office.passTo(40);
    const since = office.entries('reopened')[0]?.facts?.since;
    expect(since).toBeLessThanOrEqual(office.entries('reopened')[0]?.at ?? 0);

    await office.crash('5m');
    await office.passTo(60);

    expect(office.incident.downSince).toBeGreaterThan(Number(since));
    expect(sinceOf(office.incident)).toBe(since);
  });

  test('does so by whichever check', async () => {
    const office = await resolved();
    office.play(login, 'x');

    await office.passTo(35);

    expect(office.incident).toMatchObject({ status: 'open', failing: [login], checks: [website, login] });
  });

  test('a degraded check of its own is a warning of its own', async () => {
    const office = await resolved();
    office.play(login, '!');

    await office.passTo(35);

    expect(office.incidents.map(({ kind, status }) => `${kind} ${status}`)).toEqual(['outage resolved', 'warning open']);
  });

  test('what it was last time is no longer its resolution', async () => {
    const office = await resolved();
    await office.act({ act: 'resolve', id: '1', cause: 'cable', fix: 'plugged in' });
    expect(office.incident.resolution).toMatchObject({ cause: 'cable', fix: 'plugged in' });
    office.play(website, 'x');

    await office.passTo(35);

    expect(office.incident.resolution).toBeNull();
    expect(office.entries('resolution-recorded')).toMatchObject([{ facts: { cause: 'cable' } }]);
  });

  test('its downtime sums the episodes without the time between', async () => {
    const office = await resolved();
    const first = office.incident.downtimeMs;
    office.play(website, 'x');
    await office.passTo(40);
    office.play(website, '.');

    await office.passTo(50);

    const total = office.incident.downtimeMs;
    expect(total - first).toBeGreaterThan(9 * minute);
    expect(total - first).toBeLessThan(11 * minute);
    expect((office.incident.recoveredAt ?? 0) - office.incident.startedAt).toBeGreaterThan(total + 8 * minute);
  });

  test('a warning comes back as the same, too', async () => {
    const office = await VirtualOffice.open(rules());
    office.play(website, '!');
    await office.passTo(10);
    office.play(website, '.');
    await office.passTo(20);
    office.play(website, '!');

    await office.passTo(30);

    expect(office.incident).toMatchObject({ kind: 'warning', episode: 2, status: 'open' });
  });

  test('a warning comes back as an outage when its check goes down', async () => {
    const office = await VirtualOffice.open(rules());
    office.play(website, '!');
    await office.passTo(10);
    office.play(website, '.');
    await office.passTo(20);
    office.play(website, 'x');

    await office.passTo(30);

    expect(office.incident).toMatchObject({ kind: 'outage', episode: 2, status: 'open', priority: 'P1' });
  });
});

describe('the window', () => {
  test.each([
    ['is reopen_within', { reopenWithinMs: 40 * minute, intervalMs: minute }, 40],
    ['is at least two intervals', { reopenWithinMs: minute, intervalMs: 30 * minute }, 60],
  ])('%s', async (_, changes, length) => {
    const office = await resolved(changes);
    await office.pass('1h');
    await office.pass('1h');

    const { resolvedAt, closedAt } = office.incident;
    expect((closedAt ?? 0) - (resolvedAt ?? 0)).toBe(length * minute);
  });

  test('after it the record is closed, and the next failure is a new incident', async () => {
    const office = await resolved();
    await office.passTo(60);
    expect(office.incident.status).toBe('closed');
    office.play(website, 'x');

    await office.passTo(70);

    expect(office.incidents.map(({ id, status, episode }) => `${id} ${status} ${episode}`)).toEqual([
      'INC-2026-0001 closed 1',
      'INC-2026-0002 open 1',
    ]);
  });
});

describe('closure', () => {
  test('asks the owner where cause or fix is missing, and nobody else', async () => {
    const office = await resolved();
    office.sent.length = 0;

    await office.passTo(70);

    expect(office.mails).toEqual(['cause-missing>anna']);
  });

  test('asks nobody where both are recorded', async () => {
    const office = await resolved();
    await office.act({ act: 'resolve', id: '1', cause: 'cable', fix: 'plugged in' }, 'ben');
    office.sent.length = 0;

    await office.passTo(70);

    expect(office.incident).toMatchObject({ status: 'closed', resolution: { by: 'ben', cause: 'cable', fix: 'plugged in' } });
    expect(office.mails).toEqual([]);
    expect(office.archived.has('INC-2026-0001')).toBe(true);
  });

  test('leaves the record where the owner can still add them, for a week', async () => {
    const office = await resolved();
    await office.passTo(70);
    expect(office.archived.size).toBe(0);

    const answer = await office.act({ act: 'resolve', id: '1', cause: 'cable', fix: 'plugged in' });
    await office.pass('1m');

    expect(answer).toMatchObject({ ok: true, reason: 'resolution-recorded' });
    expect(office.archived.get('INC-2026-0001')).toMatchObject({ status: 'closed', resolution: { cause: 'cable' } });
    expect(office.engine.desk.record.incidents.size).toBe(0);
    expect(office.engine.desk.record.outbox.size).toBe(0);
  });

  test('a record that nobody completes goes to the history after a week', async () => {
    const office = await resolved();
    await office.passTo(70);
    const { record } = office.engine.desk;
    const closedAt = office.incident.closedAt ?? 0;

    expect(archivable(record, closedAt + 7 * 24 * 60 * minute - 1)).toEqual([]);
    expect(archivable(record, closedAt + 7 * 24 * 60 * minute)).toEqual([office.incident]);
  });
});
