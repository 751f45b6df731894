import { describe, expect, test } from 'vitest';
import { rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';
const router = 'Router/http:example';
const restless = 'x.'.repeat(60);

/** Nobody but anna is told of the website. */
function office(): Promise<VirtualOffice> {
  const escalation = { default: [{ notify: ['owner'], afterMs: 0 }] };
  return VirtualOffice.open(rules({ services: [service('Website')], escalation }));
}

describe('a status that changes too often and is never confirmed', () => {
  test('has one incident, with one mail at its start and one at its end', async () => {
    const site = await office();
    site.play(website, restless.slice(0, 12).concat('.'));

    await site.pass('50m');

    expect(site.incident).toMatchObject({ kind: 'outage', flapping: false, status: 'resolved', downtimeMs: 0 });
    expect(site.course().filter((line) => line.includes('flapping'))).toHaveLength(2);
    expect(site.mails).toEqual(['opened>anna', 'recovered>anna']);
  });

  test('is held open, and escalates, as long as it goes on', async () => {
    const site = await office();
    await site.reload(rules({ services: [service('Website')] }));
    site.play(website, restless);

    await site.pass('20m');

    expect(site.incident).toMatchObject({ flapping: true, status: 'open' });
    expect(site.mails).toEqual(['opened>anna', 'escalated>ben']);
  });

  test('is a warning where it is never down', async () => {
    const site = await office();
    site.play(website, '!.'.repeat(40));

    await site.pass('20m');

    expect(site.incident).toMatchObject({ kind: 'warning', flapping: true });
  });

  test('opens nothing in maintenance', async () => {
    const site = await office();
    await site.act({ act: 'start-maintenance', services: ['Website'], durationMs: 15 * 60_000 });
    site.play(website, restless);

    await site.pass('14m');

    expect(site.incidents).toEqual([]);
  });

  test('opens nothing of its own while a dependency is down', async () => {
    const site = await VirtualOffice.open(
      rules({ services: [service('Router'), service('Website', { dependsOn: ['Router'] })] }),
    );
    site.play(router, 'x');
    site.play(website, restless);

    await site.pass('15m');

    expect(site.incidents.map(({ service: of }) => of)).toEqual(['Router']);
  });

  test('that a person closed by force stays closed', async () => {
    const site = await office();
    site.play(website, restless);
    await site.pass('10m');
    await site.act({ act: 'close', id: '1', force: true });

    await site.pass('10m');

    expect(site.incidents).toHaveLength(1);
  });

  test('changes nothing in a kill', async () => {
    for (const number of [3, 6, 9, 12]) {
      const site = await office();
      site.play(website, restless.slice(0, 12).concat('.'));
      site.crashPoint = { at: 'commit', number, when: 'after' };

      await site.pass('38m');

      expect(site.incident.flapping).toBe(false);
      expect(site.incident.status).toMatch(/resolved|closed/);
      expect(site.mails).toEqual(['opened>anna', 'recovered>anna']);
    }
  });
});

describe('an outage that begins to come and go', () => {
  test('is held open in silence after one mail, and recovers once it is steady', async () => {
    const site = await office();
    site.play(website, `${'xxx..'.repeat(8)}.`);

    await site.pass('70m');

    const flapping = site.mails.filter((mail) => mail.startsWith('flapping-started'));
    expect(site.incidents).toHaveLength(1);
    expect(flapping.length).toBeLessThanOrEqual(2);
    expect(site.mails.filter((mail) => mail === 'recovered>anna').length).toBeLessThanOrEqual(2);
    expect(site.incident.status).toMatch(/resolved|closed/);
  });

  test('goes on as an outage when it stays down, which is told', async () => {
    const site = await office();
    site.play(website, `${restless.slice(0, 16)}x`);

    await site.pass('40m');

    expect(site.incident).toMatchObject({ kind: 'outage', flapping: false, status: 'open' });
    expect(site.mails.filter((mail) => mail.startsWith('flapping-ended'))).not.toEqual([]);
    expect(site.incident.downSince).not.toBeNull();
  });
});
