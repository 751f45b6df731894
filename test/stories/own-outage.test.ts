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
    await office.passTo(6.5);
    expect(office.incident.status).toBe('recovering');

    await office.crash('1h');

    expect(office.incident.status).toBe('recovering');
    await office.pass('3m');
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

  test('what was down before does not wait', async () => {
    const office = await outage();
    await office.passTo(14);

    await office.crash('10s', { reboot: true });
    await office.pass('2m');

    expect(office.mails).toEqual(['opened>anna', 'escalated>ben']);
  });
});

describe('a clock that is set', () => {
  const day = 24 * hour;

  test.each([
    ['an hour on', hour],
    ['an hour back', -hour],
    ['a day on', day],
    ['a day back', -day],
    ['a year on', 365 * day],
  ])('%s opens, closes and escalates nothing, and moves what is due', async (_, byMs) => {
    const office = await VirtualOffice.open(
      rules({ services: [service('Website', { impact: 'high' }), service('Mail', { impact: 'high' }), service('Files')] }),
    );
    office.play(website, 'x');
    office.play('Mail/http:example', 'x');
    await office.passTo(4);
    office.play('Mail/http:example', '.');
    await office.passTo(9);
    await office.act({ act: 'report', text: 'odd noise' }, 'boss');
    await office.passTo(10);
    const before = office.incidents.map(({ id, status, escalation }) => ({ id, status, level: escalation.level }));
    office.sent.length = 0;

    office.time.set(byMs);
    await office.pass('5m');

    expect(office.incidents.map(({ id, status, escalation }) => ({ id, status, level: escalation.level }))).toEqual(before);
    expect(office.sent).toEqual([]);
    await office.pass('2m');
    expect(office.mails).toEqual(['escalated>ben']);
    expect(office.incidents[0]?.downtimeMs).toBe(0);
  });

  test('counts no downtime of its own', async () => {
    const office = await outage();
    office.time.set(5 * hour);
    await office.pass('5m');
    office.play(website, '.');
    await office.pass('10m');

    expect(office.incidents[0]?.downtimeMs).toBeGreaterThan(8 * minute);
    expect(office.incidents[0]?.downtimeMs).toBeLessThan(11 * minute);
  });

  test('keeps an acknowledgement’s length, and an office day where that was the end', async () => {
    const services = [service('Website', { impact: 'high' }), service('Files', { impact: 'low' })];
    const office = await VirtualOffice.open(rules({ services }));
    office.play(website, 'x');
    office.play('Files/http:example', 'x');
    await office.passTo(5);
    for (const { id } of office.incidents) await office.act({ act: 'acknowledge', id });
    const until = (name: string) => office.incidents.find(({ service: of }) => of === name)?.acknowledged?.until ?? 0;
    const [web, files] = [until('Website'), until('Files')];

    office.time.set(hour);
    await office.pass('10s');

    expect(until('Website')).toBe(web + hour);
    expect(until('Files')).toBe(files);
  });

  test('a digest waits for the office hours of the new time', async () => {
    const office = await VirtualOffice.open(rules(), '2026-11-29T19:00:00Z');
    office.play(website, '!');
    await office.reload(rules({ services: [service('Website')] }));
    await office.passTo(10);
    expect(office.incident.priority).toBe('P4');

    office.time.set(24 * hour);
    await office.pass('8h');

    expect(office.mails).toEqual([]);
    await office.pass('5h');
    expect(office.mails).toEqual(['opened>anna']);
  });

  test('back and forth leaves timelines in order', async () => {
    const office = await outage();
    office.time.set(-3 * hour);
    await office.pass('20m');
    office.play(website, '.');
    await office.pass('10m');

    const times = office.incident.timeline.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(office.incident.status).toBe('resolved');
    expect(office.mails).toEqual(['opened>anna', 'escalated>ben', 'recovered>anna', 'recovered>ben']);
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

describe('checks that cannot be looked at', () => {
  const three = rules({ services: ['Website', 'Files', 'Mail'].map((name) => service(name)) });

  test('join one incident about incidentd, told to the admin in the digest, and leave it one by one', async () => {
    const office = await VirtualOffice.open(three);
    for (const name of ['Website', 'Files']) office.play(`${name}/http:example`, '?');

    await office.pass('15m');
    expect(office.incident).toMatchObject({
      service: 'incidentd',
      category: 'monitoring',
      cause: { code: 'not-watched' },
      severity: 'minor',
      impact: 'medium',
      priority: 'P4',
    });
    expect(office.incident.failing).toHaveLength(2);
    expect(office.mails).toEqual(['opened>anna']);
    expect(office.incident.cause.evidence[0]).toContain('cannot look');

    office.play(website, '.');
    await office.pass('5m');
    expect(office.incident).toMatchObject({ status: 'open', failing: ['Files/http:example'] });
    office.play('Files/http:example', '.');
    await office.pass('10m');

    expect(office.incident.status).toBe('resolved');
    expect(office.mails).toEqual(['opened>anna']);
  });

  test('soon again reopen the same', async () => {
    const office = await VirtualOffice.open(three);
    office.play(website, '?');
    await office.pass('15m');
    office.play(website, '.');
    await office.pass('10m');
    office.play(website, '?');

    await office.pass('15m');

    expect(office.incident).toMatchObject({ status: 'open', episode: 2 });
  });

  test('say nothing about the service: a hard state stays, and so does its incident', async () => {
    const office = await outage();
    office.play(website, '?');

    await office.pass('20m');

    expect(office.incidents.map(({ service: of, status }) => `${of} ${status}`)).toEqual(['Website open', 'incidentd open']);
    expect(office.mails).toContain('escalated>ben');
  });

  test('are forgotten with their configuration', async () => {
    const office = await VirtualOffice.open(three);
    office.play(website, '?');
    await office.pass('15m');

    await office.reload(rules({ services: [service('Files')] }));
    await office.pass('5m');

    expect(office.incident).toMatchObject({ service: 'incidentd', status: 'resolved' });
  });

  test('closed by force, its checks open an incident all the same when they really fail', async () => {
    const office = await VirtualOffice.open(rules());
    office.play(website, '?');
    await office.pass('15m');
    await office.act({ act: 'close', id: '1', force: true });
    office.play(website, 'x');

    await office.pass('5m');

    expect(office.incidents.map(({ service: of, status }) => `${of} ${status}`)).toEqual(['incidentd closed', 'Website open']);
  });
});
