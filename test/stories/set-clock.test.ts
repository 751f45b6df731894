import { describe, expect, test } from 'vitest';
import { rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';
const minute = 60_000;
const hour = 60 * minute;

/** An outage of one service, open since minute 1 of the story; now it is minute 5. */
async function outage(): Promise<VirtualOffice> {
  const office = await VirtualOffice.open(rules());
  office.play(website, 'x');
  await office.passTo(5);
  return office;
}

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

  test('keeps the length of a window that a person started', async () => {
    const office = await VirtualOffice.open(rules());
    await office.act({ act: 'start-maintenance', services: 'all', durationMs: hour });
    await office.passTo(10);

    office.time.set(5 * hour);
    office.play(website, 'x');
    await office.pass('49m');
    expect(office.incidents).toEqual([]);
    await office.pass('5m');

    expect(office.incident.status).toBe('open');
  });

  test('does not shorten the confirmation after a restart', async () => {
    const office = await outage();
    await office.crash('2h');

    office.time.set(5 * hour);
    await office.pass('20s');
    expect(office.mails).toEqual(['opened>anna']);
    await office.pass('2m');

    expect(office.mails).toContain('escalated>ben');
  });

  test('is known of a suspicion that outlives a crash', async () => {
    const office = await VirtualOffice.open(rules());
    await office.passTo(5);
    office.play(website, 'x');
    while (office.engine.desk.record.cells.size === 0) await office.pass('10s');
    office.time.set(5 * hour);
    await office.pass('15s');
    await office.crash('1s');
    await office.pass('3m');

    expect(office.incident.openedAt - office.incident.startedAt).toBeLessThan(2 * minute);
  });

  test('a digest waits for the office hours of the new time', async () => {
    const office = await VirtualOffice.open(rules({ services: [service('Website')] }), '2026-11-29T19:00:00Z');
    office.play(website, '!');
    await office.passTo(10);
    expect(office.incident.priority).toBe('P4');

    office.time.set(3 * hour);
    await office.pass('8h45m');
    expect(office.mails).toEqual([]);
    await office.pass('10m');

    expect(office.mails).toEqual(['opened>anna']);
  });

  test('confirms a recovery for as long as ever', async () => {
    const office = await outage();
    office.play(website, '.');
    await office.passTo(7.4);

    office.time.set(5 * hour);
    await office.pass('20s');
    expect(office.incident.status).toBe('recovering');
    await office.pass('2m');

    expect(office.incident.status).toBe('resolved');
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
