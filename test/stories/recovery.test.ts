import { describe, expect, test } from 'vitest';
import { check, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';
const minute = 60_000;

async function outage(changes: Parameters<typeof check>[1] = {}): Promise<VirtualOffice> {
  const office = await VirtualOffice.open(
    rules({ services: [service('Website', { impact: 'high', checks: [check('Website', changes)] })] }),
  );
  office.play(website, 'x');
  await office.passTo(5);
  return office;
}

describe('recovering', () => {
  test('begins with the second good observation, and the first of them is the end of the downtime', async () => {
    const office = await outage();
    office.play(website, '.');

    await office.pass('2m');

    expect(office.incident.status).toBe('recovering');
    const [recovering] = office.entries('recovering');
    expect(office.incident.recoveredAt).toBe((recovering?.at ?? 0) - 30_000);
  });

  test('no level fires meanwhile, and the clock runs on: a relapse is silent, and what fell due fires', async () => {
    const office = await outage({ confirmForMs: 60 * minute });
    await office.passTo(10);
    office.play(website, '.');
    await office.passTo(30);
    expect(office.mails).toEqual(['opened>anna']);
    office.play(website, 'x');

    await office.passTo(32);

    expect(office.course()).toContain('31 relapsed');
    expect(office.post).toEqual(['1 opened>anna', '31 escalated>ben']);
  });

  test('one down observation is enough for a relapse; when it was alone, it recovers again', async () => {
    const office = await outage();
    office.play(website, '..x.');

    await office.pass('10m');

    expect(office.course().map((line) => line.split(' ')[1])).toEqual([
      'opened',
      'escalated',
      'check-recovered',
      'recovering',
      'relapsed',
      'check-recovered',
      'recovering',
      'resolved',
    ]);
    expect(office.mails).toEqual(['opened>anna', 'recovered>anna']);
  });

  test('one degraded observation is no relapse of an outage, and one of a warning', async () => {
    const office = await outage();
    office.play(website, '..!.');
    await office.pass('10m');
    expect(office.entries('relapsed')).toEqual([]);

    const warned = await VirtualOffice.open(rules());
    warned.play(website, '!!!..!.');
    await warned.pass('15m');
    expect(warned.entries('relapsed')).toHaveLength(1);
    expect(warned.incident.status).toBe('resolved');
  });

  test('a check of the same service that never carried it does not make it relapse by one look', async () => {
    const services = [service('Website', { checks: [check('Website'), check('Website', { target: 'login' })] })];
    const office = await VirtualOffice.open(rules({ services }));
    office.play(website, 'x');
    await office.passTo(5);
    office.play(website, '.');
    await office.passTo(6.5);
    office.play('Website/http:login', 'x.');

    await office.pass('10m');

    expect(office.entries('relapsed')).toEqual([]);
    expect(office.incident.status).toBe('resolved');
  });
});

describe('resolved', () => {
  test('comes after confirm_for, and everybody told is told', async () => {
    const office = await outage();
    await office.passTo(20);
    office.play(website, '.');

    await office.pass('10m');

    const [recovering] = office.entries('recovering');
    expect(office.incident.resolvedAt).toBe((recovering?.at ?? 0) + 2 * minute);
    expect(office.mails).toEqual(['opened>anna', 'escalated>ben', 'recovered>anna', 'recovered>ben']);
  });

  test('needs one more good observation, however long ago the recovery was', async () => {
    const office = await outage({ successThreshold: 1 });
    office.play(website, '.?');
    await office.pass('9m');
    expect(office.incident.status).toBe('recovering');
    office.play(website, '.');

    await office.pass('2m');

    expect(office.incident.status).toBe('resolved');
  });

  test('needs it after a relapse, too', async () => {
    const office = await outage({ successThreshold: 1 });
    office.play(website, '.x.?');
    await office.pass('9m');
    expect(office.incident.status).toBe('recovering');
  });
});

describe('downtime', () => {
  test('runs from the first bad observation to the first good one', async () => {
    const office = await VirtualOffice.open(rules());
    await office.passTo(2);
    office.play(website, 'xxxx....');
    await office.passTo(30);

    const bad = office.looks.filter(({ minute: at }) => at >= 2).slice(0, 5);
    const { downtimeMs, startedAt, recoveredAt } = office.incident;
    expect(office.minuteOf(startedAt)).toBe(bad[0]?.minute);
    expect(office.minuteOf(recoveredAt ?? 0)).toBe(bad[4]?.minute);
    expect(downtimeMs).toBe((recoveredAt ?? 0) - startedAt);
  });

  test('counts through a relapse', async () => {
    const office = await outage();
    office.play(website, '..x.');
    await office.pass('10m');

    const { downtimeMs, startedAt, recoveredAt } = office.incident;
    expect(downtimeMs).toBe((recoveredAt ?? 0) - startedAt);
    expect(office.entries('recovering').at(-1)?.at).toBe((recoveredAt ?? 0) + 30_000);
  });

  test('degraded is none: neither of a warning, nor before it went down, nor after', async () => {
    const office = await VirtualOffice.open(rules());
    office.play(website, '!');
    await office.passTo(60);
    expect(office.incident).toMatchObject({ kind: 'warning', downtimeMs: 0, downSince: null });
    office.play(website, 'xxx');
    await office.passTo(70);
    office.play(website, '!');

    await office.passTo(90);

    const [outage, warning] = office.incidents;
    expect(outage).toMatchObject({ kind: 'outage', status: 'resolved' });
    const minutes = (outage?.downtimeMs ?? 0) / minute;
    expect(minutes).toBeGreaterThan(9);
    expect(minutes).toBeLessThan(11);
    expect(warning).toMatchObject({ kind: 'warning', downtimeMs: 0 });
  });
});
