import { describe, expect, test } from 'vitest';
import type { MaintenanceRule } from '../../src/core/rules.ts';
import { check, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';
const login = 'Website/http:login';
const minute = 60_000;
const start = Date.parse('2026-11-24T09:00:00Z');

/** A window between two minutes of the story. */
function window(from: number, to: number, services: MaintenanceRule['services'] = ['Website']): MaintenanceRule {
  return { key: `${from}-${to}`, services, from: start + from * minute, to: start + to * minute, reason: 'Updates' };
}

async function office(...maintenance: MaintenanceRule[]): Promise<VirtualOffice> {
  const checks = [check('Website'), check('Website', { target: 'login' })];
  return await VirtualOffice.open(rules({ services: [service('Website', { impact: 'high', checks })], maintenance }));
}

describe('a failure inside a window', () => {
  test('is recorded and opens nothing; when it recovers inside, nothing was', async () => {
    const quiet = await office(window(10, 30));
    await quiet.passTo(12);
    quiet.play(website, 'x');
    await quiet.passTo(20);
    expect(quiet.engine.desk.record.cells.get(website)?.hard).toBe('down');
    quiet.play(website, '.');

    await quiet.passTo(60);

    expect(quiet.incidents).toEqual([]);
    expect(quiet.sent).toEqual([]);
    expect(quiet.engine.desk.record.held.size).toBe(0);
  });

  test('that lasts is confirmed afresh at its end, and begins there', async () => {
    const quiet = await office(window(10, 30));
    await quiet.passTo(12);
    quiet.play(website, 'x');

    await quiet.passTo(29.9);
    expect(quiet.incidents).toEqual([]);
    await quiet.passTo(60);

    const { startedAt, openedAt, downSince } = quiet.incident;
    expect(quiet.minuteOf(startedAt)).toBeGreaterThanOrEqual(30);
    expect(quiet.minuteOf(openedAt)).toBeGreaterThanOrEqual(31);
    expect(quiet.minuteOf(openedAt)).toBeLessThan(33);
    expect(downSince).toBe(startedAt);
    expect(quiet.mails).toEqual(['opened>anna', 'escalated>ben']);
  });

  test('that is over by then opens nothing', async () => {
    const quiet = await office(window(10, 30));
    await quiet.passTo(12);
    quiet.play(website, 'x');
    await quiet.passTo(29.9);
    quiet.play(website, 'x.');

    await quiet.passTo(60);

    expect(quiet.incidents).toEqual([]);
  });

  test('whose row began inside needs a whole row after the end', async () => {
    const quiet = await office(window(10, 30));
    await quiet.passTo(29);
    quiet.play(website, 'xx');
    await quiet.passTo(30);
    const inside = quiet.looks.filter(({ check: key, minute: at }) => key === website && at >= 29 && at < 30).length;
    expect(inside).toBeGreaterThan(0);
    quiet.play(website, 'xx.');

    await quiet.passTo(60);

    expect(quiet.incidents).toEqual([]);
  });

  test('of a check that cannot be looked at waits, too', async () => {
    const quiet = await office(window(5, 60));
    await quiet.passTo(6);
    quiet.play(website, '?');
    await quiet.passTo(59);
    expect(quiet.incidents).toEqual([]);

    await quiet.passTo(61);

    expect(quiet.incident).toMatchObject({ service: 'incidentd', failing: [website] });
  });

  test('a report by a person waits for the end as well', async () => {
    const quiet = await office(window(5, 30));
    await quiet.passTo(10);
    await quiet.act({ act: 'report', text: 'no login', service: 'Website' }, 'nobody');
    await quiet.passTo(29.9);
    expect(quiet.sent).toEqual([]);

    await quiet.passTo(31);

    expect(quiet.post).toEqual(['30 reported>anna']);
  });

  test('a service outside the window is not concerned', async () => {
    const both = await VirtualOffice.open(
      rules({ services: [service('Website'), service('Files')], maintenance: [window(1, 30)] }),
    );
    await both.passTo(2);
    both.play(website, 'x');
    both.play('Files/http:example', 'x');

    await both.passTo(10);

    expect(both.incident.service).toBe('Files');
  });
});

describe('an incident that is open when a window begins', () => {
  test('stays open, silent, and its clock stands still; still down afterwards, it goes on where its clock stood', async () => {
    const site = await office(window(10, 40));
    site.play(website, 'x');

    await site.passTo(120);

    expect(site.course()).toEqual(expect.arrayContaining(['10 maintenance-started', '40 maintenance-ended']));
    expect(site.post).toEqual(['1 opened>anna', '46 escalated>ben', '91 escalated>boss']);
  });

  test('that time is no downtime', async () => {
    const site = await office(window(10, 40));
    site.play(website, 'x');
    await site.passTo(60);
    site.play(website, '.');
    await site.passTo(70);

    const { downtimeMs, startedAt, recoveredAt } = site.incident;
    expect(downtimeMs).toBe((recoveredAt ?? 0) - startedAt - 30 * minute);
  });

  test('is confirmed afresh at the end before anything is told', async () => {
    const site = await office(window(15, 40));
    site.play(website, 'x');
    await site.passTo(39.9);
    site.play(website, '.');

    await site.passTo(50);

    expect(site.incident.status).toBe('resolved');
    expect(site.mails).toEqual(['opened>anna', 'recovered>anna']);
  });

  test('recovery inside resolves it and is told', async () => {
    const site = await office(window(10, 40));
    site.play(website, 'x');
    await site.passTo(20);
    site.play(website, '.');

    await site.passTo(30);

    expect(site.incident).toMatchObject({ status: 'resolved', pausedAt: null });
    expect(site.mails).toEqual(['opened>anna', 'recovered>anna']);
    expect(site.incident.downtimeMs).toBe(start + 10 * minute - site.incident.startedAt);
  });

  test('a failure after that waits for the end, and comes back as the same where it is in time', async () => {
    const site = await office(window(10, 40));
    site.play(website, 'x');
    await site.passTo(20);
    site.play(website, '.');
    await site.passTo(30);
    site.play(website, 'x');
    await site.passTo(39.9);
    expect(site.incident.status).toBe('resolved');

    await site.passTo(50);

    expect(site.incident).toMatchObject({ status: 'open', episode: 2 });
  });

  test('a check that goes down inside joins it in silence', async () => {
    const site = await office(window(10, 40));
    site.play(website, 'x');
    await site.passTo(15);
    site.play(login, 'x');

    await site.passTo(39);

    expect(site.incident.failing).toEqual([website, login]);
    expect(site.mails).toEqual(['opened>anna']);
  });

  test('a relapse inside runs no downtime, and one afterwards does', async () => {
    const site = await office(window(10, 40));
    site.play(website, 'x');
    await site.passTo(38);
    site.play(website, '..');
    await site.passTo(39.5);
    expect(site.incident.status).toBe('recovering');
    site.play(website, '.x');
    await site.passTo(50);

    expect(site.incident.status).toBe('open');
    const { downSince, downtimeMs } = site.incident;
    expect(site.minuteOf(downSince ?? 0)).toBeGreaterThanOrEqual(40);
    expect(downtimeMs).toBe(start + 10 * minute - site.incident.startedAt);
  });

  test('a relapse inside is none of its downtime either', async () => {
    const site = await office(window(10, 60));
    site.play(website, 'x');
    await site.passTo(20);
    site.play(website, '..x');
    await site.passTo(30);
    expect(site.entries('relapsed')).toHaveLength(1);
    site.play(website, '.');
    await site.passTo(50);

    expect(site.incident).toMatchObject({ status: 'resolved', downtimeMs: start + 10 * minute - site.incident.startedAt });
  });

  test('an acknowledgement is neither asked about nor ended inside', async () => {
    const site = await office(window(10, 60));
    site.play(website, 'x');
    await site.passTo(5);
    await site.act({ act: 'acknowledge', id: '1', forMs: 25 * minute });
    await site.passTo(59.9);
    expect(site.mails).toEqual(['opened>anna', 'taken>anna']);

    await site.passTo(66);

    expect(site.mails).toEqual(['opened>anna', 'taken>anna', 'acknowledgement-ended>anna']);
  });

  test('the answer to a claim that it is fixed waits for the end', async () => {
    const site = await office(window(10, 30));
    site.play(website, 'x');
    await site.passTo(8);
    await site.act({ act: 'resolve', id: '1', fix: 'restarted' }, 'ben');
    await site.passTo(29.9);
    expect(site.mails).toEqual(['opened>anna']);

    await site.passTo(36);

    expect(site.mails).toEqual(['opened>anna', 'still-failing>ben']);
  });

  test('a check left degraded by its recovery inside is a warning only afterwards', async () => {
    const site = await office(window(10, 40));
    site.play(website, 'x');
    await site.passTo(20);
    site.play(website, '!');
    await site.passTo(39.9);
    expect(site.incidents.map(({ kind, status }) => `${kind} ${status}`)).toEqual(['outage resolved']);

    await site.passTo(50);

    expect(site.incidents.map(({ kind, status }) => `${kind} ${status}`)).toEqual(['outage resolved', 'warning open']);
  });
});

describe('windows', () => {
  test('that overlap are one', async () => {
    const site = await office(window(10, 30), window(20, 50));
    site.play(website, 'x');

    await site.passTo(80);

    expect(site.entries('maintenance-started')).toHaveLength(1);
    expect(site.course()).toEqual(expect.arrayContaining(['10 maintenance-started', '50 maintenance-ended']));
    expect(site.post).toEqual(['1 opened>anna', '56 escalated>ben']);
  });

  test('that touch are one: nothing happens at the border', async () => {
    const site = await office(window(10, 30), window(30, 50));
    await site.passTo(12);
    site.play(website, 'x');

    await site.passTo(49.9);

    expect(site.incidents).toEqual([]);
  });

  test('by cron begin and end in the site’s time zone', async () => {
    const weekly: MaintenanceRule = { key: 'w', services: 'all', schedule: '0 3 * * SUN', durationMs: 120 * minute };
    const site = await VirtualOffice.open(rules({ maintenance: [weekly] }), '2026-11-29T01:30:00Z');
    site.play(website, '.');
    await site.passTo(40);
    site.play(website, 'x');
    await site.passTo(149.9);
    expect(site.incidents).toEqual([]);

    await site.passTo(155);

    expect(site.incident.status).toBe('open');
  });

  test('that a person starts last as long as said, are listed, and end when told', async () => {
    const site = await office();
    const started = await site.act({
      act: 'start-maintenance',
      services: ['website'],
      durationMs: 60 * minute,
      reason: 'Update',
    });
    expect(started).toMatchObject({ ok: true, facts: { until: start + 60 * minute } });
    expect(site.engine.maintenance('Website')).toMatchObject({ to: start + 60 * minute });
    site.play(website, 'x');
    await site.passTo(20);
    expect(site.incidents).toEqual([]);

    expect(await site.act({ act: 'end-maintenance', services: ['Website'] })).toMatchObject({ ok: true });
    await site.passTo(25);

    expect(site.incident.status).toBe('open');
    expect(await site.act({ act: 'end-maintenance', services: ['Website'] })).toMatchObject({
      ok: false,
      reason: 'no-maintenance',
    });
  });

  test('that a person started for several end for one alone', async () => {
    const site = await VirtualOffice.open(rules({ services: [service('Website'), service('Files')] }));
    await site.act({ act: 'start-maintenance', services: ['Website', 'Files'], durationMs: 60 * minute });

    await site.act({ act: 'end-maintenance', services: ['Files'] });

    expect(site.engine.maintenance('Website')).not.toBeNull();
    expect(site.engine.maintenance('Files')).toBeNull();
  });

  test('survive a crash', async () => {
    const site = await office();
    await site.act({ act: 'start-maintenance', services: 'all', durationMs: 60 * minute });
    site.play(website, 'x');
    await site.passTo(10);
    await site.crash('5m');
    await site.passTo(59.9);
    expect(site.incidents).toEqual([]);

    await site.passTo(65);

    expect(site.incident.status).toBe('open');
  });
});
