import { describe, expect, test } from 'vitest';
import type { Observation } from '../../src/core/observation.ts';
import { check, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';
const minute = 60_000;

/** A website whose incidents close ten minutes after they have recovered. */
function office(): Promise<VirtualOffice> {
  const checks = [check('Website', { reopenWithinMs: 10 * minute })];
  return VirtualOffice.open(rules({ services: [service('Website', { checks })] }), '2026-11-24T00:00:00Z');
}

/** One outage of five minutes, then quiet: long enough for an incident to close that is not recurring. */
async function fail(site: VirtualOffice, sees: Partial<Observation> = {}): Promise<void> {
  site.sees(website, sees);
  site.play(website, 'x');
  await site.pass('5m');
  site.sees(website, {});
  site.play(website, '.');
  await site.pass('35m');
}

describe('the third incident of one service and cause within a day', () => {
  test('is marked as recurring, the ones before are not', async () => {
    const site = await office();
    for (let time = 0; time < 3; time += 1) await fail(site);

    expect(site.incidents.map(({ recurring }) => recurring)).toEqual([false, false, true]);
    expect(site.entries('recurring', site.incidents[2])[0]?.facts).toEqual({ count: 3, code: 'port-closed' });
    expect(site.mails.filter((mail) => !mail.startsWith('cause-missing'))).toEqual([
      ...['opened>anna', 'recovered>anna'],
      ...['opened>anna', 'recovered>anna'],
      ...['opened>anna', 'recovered>anna'],
    ]);
  });

  test('is reopened by a fourth failure three hours later, and closes after four hours', async () => {
    const site = await office();
    for (let time = 0; time < 3; time += 1) await fail(site);
    await site.pass('2h25m');

    await fail(site);

    expect(site.incidents).toHaveLength(3);
    expect(site.incidents[2]).toMatchObject({ episode: 2, status: 'resolved', recurring: true });
    await site.pass('4h');
    expect(site.incidents[2]?.status).toBe('closed');
  });

  test('is so after a kill, too', async () => {
    const site = await office();
    for (let time = 0; time < 2; time += 1) await fail(site);
    await site.crash();

    await fail(site);

    expect(site.incidents[2]?.recurring).toBe(true);
  });
});

describe('not recurring', () => {
  test('are incidents that went over into that of a dependency', async () => {
    const services = [
      service('Router', { checks: [check('Router', { reopenWithinMs: 10 * minute })] }),
      service('Website', { dependsOn: ['Router'], checks: [check('Website', { reopenWithinMs: 10 * minute })] }),
    ];
    const site = await VirtualOffice.open(rules({ services }), '2026-11-24T00:00:00Z');
    for (let time = 0; time < 2; time += 1) {
      site.play(website, 'x');
      await site.pass('3m');
      site.play('Router/http:example', 'x');
      await site.pass('8m');
      for (const key of [website, 'Router/http:example']) site.play(key, '.');
      await site.pass('40m');
    }
    expect(site.incidents.filter(({ mergedInto }) => mergedInto !== null)).not.toEqual([]);

    await fail(site);

    expect(site.incidents.at(-1)).toMatchObject({ service: 'Website', mergedInto: null, recurring: false });
    expect(site.engine.desk.record.occurrences.get('Website|port-closed')).toHaveLength(1);
  });

  test('are incidents of another cause', async () => {
    const site = await office();
    await fail(site);
    await fail(site, { reason: 'content' });
    await fail(site);

    expect(site.incidents.map(({ recurring }) => recurring)).toEqual([false, false, false]);
  });

  test('is the third one on the next day', async () => {
    const site = await office();
    await fail(site);
    await fail(site);
    await site.pass('23h');

    await fail(site);

    expect(site.incidents.map(({ recurring }) => recurring)).toEqual([false, false, false]);
    expect(site.engine.desk.record.occurrences.size).toBe(1);
  });

  test('is an incident that has only reopened', async () => {
    const site = await office();
    for (let time = 0; time < 3; time += 1) {
      site.play(website, 'x');
      await site.pass('5m');
      site.play(website, '.');
      await site.pass('8m');
    }

    expect(site.incident).toMatchObject({ episode: 3, recurring: false });
  });
});
