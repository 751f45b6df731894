import { describe, expect, test } from 'vitest';
import { check, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';
const minute = 60_000;
const hour = 60 * minute;

async function outage(): Promise<VirtualOffice> {
  const office = await VirtualOffice.open(rules());
  office.play(website, 'x');
  await office.passTo(5);
  return office;
}

/** What happened, without the times. */
const types = (office: VirtualOffice) => office.course().map((line) => line.split(' ')[1]);

describe('a daemon that is killed', () => {
  test('goes on where it was after a moment: nothing is told again', async () => {
    const office = await outage();

    await office.crash('1s');
    await office.passTo(20);

    expect(office.post).toEqual(['1 opened>anna', '16 escalated>ben']);
    expect(types(office)).toEqual(['opened', 'escalated', 'escalated']);
  });

  test('confirms a failure again, then tells the highest level due in one step with those skipped', async () => {
    const office = await outage();

    await office.crash('2h');
    expect(office.mails).toEqual(['opened>anna']);
    await office.pass('5m');

    expect(office.mails).toEqual(['opened>anna', 'escalated>ben', 'escalated>boss']);
    const [, ben, boss] = office.sent;
    expect(ben).toMatchObject({ minute: boss?.minute, reason: 'level-3' });
    expect(ben?.minute).toBeGreaterThanOrEqual(126);
    expect(office.outbox.find(({ to }) => to === 'boss')?.facts).toMatchObject({ level: 3, skipped: ['2'] });
  });

  test('tells the recovery where it is up again, and no level', async () => {
    const office = await outage();
    office.play(website, '.');

    await office.crash('2h');
    await office.pass('10m');

    expect(office.incident.status).toBe('resolved');
    expect(office.mails).toEqual(['opened>anna', 'recovered>anna']);
  });

  test('does not count the time in which it did not look', async () => {
    const office = await outage();

    await office.crash('2h');
    await office.pass('10m');
    office.play(website, '.');
    await office.pass('10m');

    const { downtimeMs, startedAt, recoveredAt } = office.incident;
    const gap = office.entries('watching-resumed')[0]?.facts;
    expect(downtimeMs).toBe((recoveredAt ?? 0) - startedAt - (Number(gap?.to) - Number(gap?.from)));
    expect(Number(gap?.to) - Number(gap?.from)).toBeGreaterThanOrEqual(2 * hour);
  });

  test('does not count it twice when it was just recovering', async () => {
    const office = await outage();
    office.play(website, '.');
    await office.passTo(7);
    const { recoveredAt, startedAt } = office.incident;

    await office.crash('1h');
    await office.pass('10m');

    expect(office.incident).toMatchObject({ status: 'resolved', recoveredAt, downtimeMs: (recoveredAt ?? 0) - startedAt });
  });

  test('goes on confirming a recovery for as long as was left', async () => {
    const office = await outage();
    office.play(website, '.');
    await office.passTo(7.4);
    expect(office.engine.desk.record.cells.size).toBe(0);
    expect(office.incident.status).toBe('recovering');

    await office.crash('1h');

    expect(office.incident.status).toBe('recovering');
    await office.pass('2m');
    expect(office.incident.status).toBe('resolved');
  });

  test('an unknown check does not keep it silent for good', async () => {
    const office = await outage();
    office.play(website, '?');

    await office.crash('2h');
    await office.pass('8m');

    expect(office.mails).toContain('escalated>boss');
  });

  test('again and again still confirms and still escalates', async () => {
    const office = await VirtualOffice.open(rules());
    office.play(website, 'x');
    for (let life = 0; life < 60; life += 1) {
      await office.pass('25s');
      await office.crash('5s');
    }

    expect(office.incident).toMatchObject({ status: 'open', kind: 'outage' });
    expect(office.mails).toEqual(['opened>anna', 'escalated>ben']);
  });

  test('again and again with a check that cannot be looked at any more escalates all the same', async () => {
    const office = await outage();
    office.play(website, '?');
    for (let life = 0; life < 20; life += 1) {
      await office.pass('55s');
      await office.crash('5s');
    }

    expect(office.mails).toContain('escalated>ben');
  });

  test('again and again while all is well does nothing', async () => {
    const office = await VirtualOffice.open(rules());
    for (let life = 0; life < 20; life += 1) await office.crash('90s');

    expect(office.incidents).toEqual([]);
    expect(office.sent).toEqual([]);
  });

  test('a suspicion from before a long gap does not count', async () => {
    const office = await VirtualOffice.open(rules());
    await office.passTo(2);
    office.play(website, 'xx');
    await office.pass('1m15s');
    expect(office.engine.desk.record.cells.get(website)?.row).toHaveLength(2 + 1);
    await office.crash('1h');
    office.play(website, 'x.');

    await office.pass('10m');

    expect(office.incidents).toEqual([]);
  });

  test('keeps an acknowledgement until its end, and asks late rather than never', async () => {
    const office = await outage();
    await office.act({ act: 'acknowledge', id: '1', forMs: 2 * hour });

    await office.crash('1h50m');
    await office.pass('30m');

    expect(office.post.slice(2)).toEqual([
      '115 acknowledgement-ending>anna',
      '125 acknowledgement-ended>anna',
      '140 escalated>ben',
    ]);
  });
});

describe('a machine that was off', () => {
  test('what was up before waits for three minutes', async () => {
    const office = await VirtualOffice.open(rules({ services: [service('Website'), service('Files')] }));
    await office.passTo(5);

    await office.crash('1h', { reboot: true });
    office.play(website, 'x');
    office.play('Files/http:example', 'xxx.');
    await office.pass('2m20s');
    expect(office.engine.desk.record.held.get(website)).toBe('grace');
    expect(office.incidents).toEqual([]);
    await office.pass('1m');

    expect(office.incident).toMatchObject({ service: 'Website', status: 'open' });
  });

  test('a daemon that was off while the machine ran on gives no grace', async () => {
    const office = await VirtualOffice.open(rules());
    await office.passTo(5);

    await office.crash('1h');
    office.play(website, 'x');
    await office.pass('2m20s');

    expect(office.incident.status).toBe('open');
  });

  test('what was down before does not wait', async () => {
    const office = await outage();
    await office.passTo(14);

    await office.crash('10s', { reboot: true });
    await office.pass('2m');

    expect(office.mails).toEqual(['opened>anna', 'escalated>ben']);
  });
});

describe('a machine that sleeps, or a process that is stopped', () => {
  test.each([
    ['sleep', (office: VirtualOffice) => office.time.sleep(8 * hour)],
    ['a long stop', (office: VirtualOffice) => office.time.stall(8 * hour)],
  ])('%s: the time counts as unknown, and failures are confirmed before anything is told', async (_, away) => {
    const office = await outage();

    away(office);
    await office.pass('30s');
    expect(office.mails).toEqual(['opened>anna']);
    await office.pass('5m');

    expect(office.mails).toEqual(['opened>anna', 'escalated>ben', 'escalated>boss']);
    office.play(website, '.');
    await office.pass('10m');
    const { downtimeMs } = office.incident;
    expect(downtimeMs).toBeLessThan(15 * minute);
  });

  test('a look that was under way proves nothing', async () => {
    const office = await VirtualOffice.open(
      rules({ services: [service('Website', { checks: [check('Website', { failureThreshold: 1 })] })] }),
    );
    await office.passTo(5);
    const looks = office.looks.length;
    office.lookMs = 9_000;
    while (office.looks.length === looks) await office.pass('1s');
    office.play(website, 'x.');
    await office.pass('53s');

    office.time.sleep(8 * hour);
    await office.pass('20s');

    expect(office.looks.length).toBeGreaterThan(looks + 1);
    expect(office.engine.checks('Website')[0]?.cell.recent).not.toContain('down');
  });

  test('what was up before waits for the grace after a resume', async () => {
    const office = await VirtualOffice.open(rules());
    await office.passTo(5);
    office.time.sleep(8 * hour);
    office.play(website, 'x');

    await office.pass('2m30s');
    expect(office.incidents).toEqual([]);
    await office.pass('2m');

    expect(office.incident.status).toBe('open');
  });

  test('checks are not called stale for it', async () => {
    const office = await VirtualOffice.open(
      rules({ services: [service('Website', { checks: [check('Website', { intervalMs: 4 * minute })] })] }),
    );
    await office.passTo(30);

    office.time.sleep(8 * hour);
    await office.pass('30s');

    expect(office.incidents).toEqual([]);
    expect(office.engine.checks('Website')[0]?.stale).toBe(false);
  });
});
