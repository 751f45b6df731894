import { describe, expect, test } from 'vitest';
import { check, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';

async function outage(): Promise<VirtualOffice> {
  const office = await VirtualOffice.open(rules());
  office.play(website, 'x');
  await office.passTo(5);
  return office;
}

describe('a person who says that it is fixed', () => {
  test('is recorded, and the check looks at once; it alone ends the incident', async () => {
    const office = await outage();
    const before = office.looks.length;

    const answer = await office.act({ act: 'resolve', id: '1', cause: 'cable', fix: 'plugged in' }, 'ben');
    await office.pass('2s');

    expect(answer).toMatchObject({ ok: true, reason: 'resolution-recorded-checking' });
    expect(office.looks.length).toBe(before + 1);
    expect(office.incident).toMatchObject({ status: 'open', resolution: { by: 'ben', cause: 'cable', fix: 'plugged in' } });
  });

  test('holds escalation for 5 minutes; still failing then, the person hears that and it goes on', async () => {
    const office = await outage();
    await office.passTo(14);
    await office.act({ act: 'resolve', id: '1', fix: 'restarted' }, 'ben');

    await office.passTo(30);

    expect(office.post).toEqual(['1 opened>anna', '19 still-failing>ben', '19 escalated>ben']);
    expect(office.course()).toContain('19 still-failing');
  });

  test('hears nothing more when it was', async () => {
    const office = await outage();
    await office.act({ act: 'resolve', id: '1', cause: 'cable', fix: 'plugged in' }, 'ben');
    office.play(website, '.');

    await office.passTo(70);

    expect(office.incident.status).toBe('closed');
    expect(office.mails).toEqual(['opened>anna', 'recovered>anna']);
  });

  test('who is no contact: those told hear that it still fails', async () => {
    const office = await outage();
    await office.act({ act: 'resolve', id: '1', fix: 'restarted' }, 'the intern');

    await office.passTo(12);

    expect(office.mails).toEqual(['opened>anna', 'still-failing>anna']);
  });

  test('adds to what was recorded before', async () => {
    const office = await outage();
    await office.act({ act: 'resolve', id: '1', cause: 'cable' }, 'ben');
    await office.act({ act: 'resolve', id: '1', fix: 'plugged in' }, 'anna');

    expect(office.incident.resolution).toMatchObject({ cause: 'cable', fix: 'plugged in', by: 'anna' });
  });
});

describe('closing by hand', () => {
  test('is refused while checks fail', async () => {
    const office = await outage();

    expect(await office.act({ act: 'close', id: '1', force: false })).toMatchObject({ ok: false, reason: 'still-open' });
    expect(office.incident.status).toBe('open');
  });

  test('works from resolved', async () => {
    const office = await outage();
    office.play(website, '.');
    await office.passTo(15);

    expect(await office.act({ act: 'close', id: '1', force: false })).toMatchObject({ ok: true, reason: 'closed' });
    expect(office.incident).toMatchObject({ status: 'closed' });
  });

  test('by force ends a failing one; the check is quiet until it recovers', async () => {
    const office = await outage();
    await office.act({ act: 'close', id: '1', force: true }, 'boss');
    expect(office.incident).toMatchObject({ status: 'closed', closedAt: expect.any(Number), recoveredAt: null });
    expect(office.entries('resolved')).toMatchObject([{ by: 'boss', facts: { why: 'closed-by-force' } }]);
    office.play(website, 'xxxx.xxxx');
    await office.pass('10m');
    expect(office.incidents).toHaveLength(1);
    await office.crash('1m');
    office.play(website, 'xxxxxx..x');
    await office.pass('3m');
    expect(office.incidents).toHaveLength(1);

    await office.pass('10m');

    expect(office.incidents).toHaveLength(2);
  });

  test('by force of a warning keeps no outage quiet', async () => {
    const office = await VirtualOffice.open(rules());
    office.play(website, '!');
    await office.passTo(5);
    await office.act({ act: 'close', id: '1', force: true });
    office.play(website, 'x');

    await office.passTo(10);

    expect(office.incidents.map(({ kind, status }) => `${kind} ${status}`)).toEqual(['warning closed', 'outage open']);
  });

  test('by force of a warning lasts beyond an outage of another check', async () => {
    const checks = [check('Website'), check('Website', { target: 'login' })];
    const office = await VirtualOffice.open(rules({ services: [service('Website', { checks })] }));
    office.play('Website/http:login', '!');
    await office.passTo(5);
    await office.act({ act: 'close', id: '1', force: true });
    office.play(website, 'x');
    await office.passTo(10);
    office.play(website, '.');

    await office.passTo(20);

    expect(office.incidents.map(({ kind, status }) => `${kind} ${status}`)).toEqual(['warning closed', 'outage resolved']);
  });

  test('by force tells the reason, never that it works again', async () => {
    const office = await outage();
    await office.act({ act: 'close', id: '1', force: true }, 'boss');
    await office.pass('1s');

    expect(office.sent.find(({ kind }) => kind === 'recovered')).toMatchObject({ to: 'anna', reason: 'closed-by-force' });
  });
});

describe('names of services', () => {
  test.each(['constructor', '__proto__', 'toString', 'Web site'])('%s is none', async (name) => {
    const office = await VirtualOffice.open(rules());

    expect(await office.act({ act: 'report', text: 'odd', service: name })).toMatchObject({
      ok: false,
      reason: 'unknown-service',
    });
    expect(await office.act({ act: 'beat', service: name, ok: true })).toMatchObject({ ok: false, reason: 'unknown-service' });
    expect(await office.act({ act: 'start-maintenance', services: [name], durationMs: 1 })).toMatchObject({ ok: false });
  });

  test('may be written in any case, and by name instead of id', async () => {
    const office = await VirtualOffice.open(rules({ services: [{ ...service('web'), name: 'Our website' }] }));

    expect(await office.act({ act: 'report', text: 'odd', service: 'OUR WEBSITE' })).toMatchObject({ ok: true });
    expect(office.incident).toMatchObject({ service: 'web', serviceName: 'Our website' });
  });
});

test('what was closed by force between two bad looks stays quiet until it recovers', async () => {
  const office = await VirtualOffice.open(rules());
  office.play(website, '!!!..!');
  await office.pass('3m');
  expect(office.incident).toMatchObject({ status: 'open', failing: [website] });
  expect(office.engine.desk.record.cells.get(website)).toMatchObject({ hard: 'up', suspect: true });
  await office.act({ act: 'close', id: '1', force: true });

  await office.pass('30m');

  expect(office.incidents).toHaveLength(1);
});
