import { describe, expect, test } from 'vitest';
import type { Hours } from '../../src/core/rules.ts';
import { check, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const printer = 'Printer/http:example';
const other = 'Printer/http:queue';
const hour = 60;

/** Every day 08:00–12:00 and 13:00–18:00; the story begins Tuesday at 10:00 in Berlin. */
const day = [
  { from: 8 * hour, to: 12 * hour },
  { from: 13 * hour, to: 18 * hour },
];
const shop: Hours = { spans: Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((weekday) => [weekday, day])) };
const opensAgain = 22 * hour;

async function office(checks = [check('Printer', { watch: 'shop' })]): Promise<VirtualOffice> {
  return await VirtualOffice.open(rules({ services: [service('Printer', { impact: 'high', checks })], hours: { shop } }));
}

function hoursOf({ looks }: VirtualOffice, from: number, to: number): number {
  return looks.filter(({ minute }) => minute >= from && minute < to).length;
}

describe('a check that is watched at some hours', () => {
  test('is looked at in each of its spans and at no other time', async () => {
    const quiet = await office();

    await quiet.passTo(24 * hour);

    expect(hoursOf(quiet, 0, 2 * hour)).toBeGreaterThan(100);
    expect(hoursOf(quiet, 2 * hour, 3 * hour)).toBe(0);
    expect(hoursOf(quiet, 3 * hour, 8 * hour)).toBeGreaterThan(280);
    expect(hoursOf(quiet, 8 * hour, opensAgain)).toBe(0);
    expect(hoursOf(quiet, opensAgain, 24 * hour)).toBeGreaterThan(100);
  });

  test('is neither stale nor missed while nobody looks', async () => {
    const quiet = await office();

    await quiet.passTo(21 * hour);

    expect(quiet.engine.checks('Printer')).toMatchObject([{ watched: false, stale: false }]);
    expect(quiet.incidents).toEqual([]);
    await quiet.passTo(opensAgain + 5);
    expect(quiet.engine.checks('Printer')).toMatchObject([{ watched: true, stale: false }]);
  });

  test('needs a whole row after them: what was seen before they ended is not held against it', async () => {
    const quiet = await office();
    await quiet.passTo(8 * hour - 0.8);
    quiet.play(printer, 'xx');
    await quiet.passTo(8 * hour + 1);
    quiet.play(printer, 'x.');

    await quiet.passTo(24 * hour);

    expect(quiet.incidents).toEqual([]);
  });
});

describe('an open incident whose hours end', () => {
  test('waits: no level, no reminder and no downtime until somebody looks again', async () => {
    const site = await office();
    await site.passTo(7 * hour + 50);
    site.play(printer, 'x');
    await site.passTo(8 * hour + 1);
    const told = site.mails;

    await site.passTo(opensAgain - 1);

    expect(told).toEqual(['opened>anna']);
    expect(site.mails).toEqual(told);
    expect(site.incident).toMatchObject({ status: 'open', downSince: null });
    expect(site.incident.downtimeMs).toBeLessThanOrEqual(10 * 60_000);
    expect(site.course()).toContain('480 watch-hours-ended');
  });

  test('goes on where its clock stood when it is still failing, confirmed afresh', async () => {
    const site = await office();
    await site.passTo(7 * hour + 50);
    site.play(printer, 'x');

    await site.passTo(23 * hour + 30);

    expect(site.course()).toContain('1320 watch-hours-began');
    const [opened, escalated, last] = site.sent;
    expect([opened?.kind, escalated?.kind, last?.kind]).toEqual(['opened', 'escalated', 'escalated']);
    const waited = (escalated?.minute ?? 0) - (opened?.minute ?? 0) - (opensAgain - 8 * hour);
    expect(waited).toBeGreaterThanOrEqual(15);
    expect(waited).toBeLessThan(18);
  });

  test('is resolved when it works again by then, and its night was no downtime', async () => {
    const site = await office();
    await site.passTo(7 * hour + 50);
    site.play(printer, 'x');
    await site.passTo(12 * hour);
    site.play(printer, '.');

    await site.passTo(opensAgain + 10);

    expect(site.incident.status).toBe('resolved');
    expect(site.mails).toEqual(['opened>anna', 'recovered>anna']);
    expect(site.incident.downtimeMs).toBeLessThanOrEqual(11 * 60_000);
  });

  test('does not wait while another of its failing checks is watched at any hour', async () => {
    const site = await office([check('Printer', { watch: 'shop' }), check('Printer', { target: 'queue' })]);
    await site.passTo(7 * hour + 50);
    site.play(printer, 'x');
    site.play(other, 'x');

    await site.passTo(9 * hour);

    expect(site.mails.slice(0, 2)).toEqual(['opened>anna', 'escalated>ben']);
    expect(site.incident.pausedAt).toBeNull();
    expect(site.entries('watch-hours-ended')).toEqual([]);
  });

  test('waits as well after a restart in the night', async () => {
    const site = await office();
    await site.passTo(7 * hour + 50);
    site.play(printer, 'x');
    await site.passTo(12 * hour);

    await site.crash('30m');
    await site.passTo(opensAgain - 1);

    expect(site.mails).toEqual(['opened>anna']);
    expect(site.incident.downtimeMs).toBeLessThanOrEqual(11 * 60_000);
    await site.passTo(opensAgain + 30);
    expect(site.mails.slice(0, 2)).toEqual(['opened>anna', 'escalated>ben']);
  });

  test('goes on at once when a reload lets it be watched at any hour', async () => {
    const site = await office();
    await site.passTo(7 * hour + 50);
    site.play(printer, 'x');
    await site.passTo(9 * hour);

    await site.reload(rules({ services: [service('Printer', { impact: 'high' })], hours: { shop } }));
    await site.passTo(10 * hour);

    expect(site.incident.pausedAt).toBeNull();
    expect(site.mails.slice(0, 2)).toEqual(['opened>anna', 'escalated>ben']);
  });

  test('in a window as well goes on after both', async () => {
    const window = {
      key: 'night',
      services: 'all' as const,
      from: Date.parse('2026-11-24T17:30:00Z'),
      to: Date.parse('2026-11-25T08:00:00Z'),
    };
    const input = { services: [service('Printer', { impact: 'high', checks: [check('Printer', { watch: 'shop' })] })] };
    const site = await VirtualOffice.open(rules({ ...input, hours: { shop }, maintenance: [window] }));
    await site.passTo(7 * hour + 50);
    site.play(printer, 'x');

    await site.passTo(23 * hour - 1);
    expect(site.mails).toEqual(['opened>anna']);
    await site.passTo(24 * hour);

    expect(site.mails.slice(0, 2)).toEqual(['opened>anna', 'escalated>ben']);
  });
});
