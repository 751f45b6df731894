import { describe, expect, test } from 'vitest';
import { check, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';
const login = 'Website/http:login';
const escalation = { default: [{ notify: ['owner'], afterMs: 0 }] };

/** So often down and up again, never twice in a row. */
const restless = (times: number) => 'x.'.repeat(times);

/** Nobody but anna is told of the website. */
function office(start?: string): Promise<VirtualOffice> {
  return VirtualOffice.open(rules({ services: [service('Website')], escalation }), start);
}

/** The log without what is about mails and the record. */
function course(site: VirtualOffice): string[] {
  const types = site.incident.timeline.map(({ type }) => type);
  return types.filter((type) => type !== 'escalated' && type !== 'closed' && type !== 'recalled');
}

describe('a status that changes too often and is never confirmed', () => {
  test('has one incident, with one mail at its start and one at its end, and no downtime', async () => {
    const site = await office();
    site.play(website, `${restless(20)}.`);

    await site.pass('50m');

    expect(site.incident).toMatchObject({ kind: 'outage', flapping: false, status: 'resolved', downtimeMs: 0 });
    expect(course(site)).toEqual(['opened', 'flapping-started', 'flapping-ended', 'recovering', 'resolved']);
    expect(site.mails).toEqual(['opened>anna', 'recovered>anna']);
  });

  test('opens at the sixth change, and says what its bad looks showed', async () => {
    const site = await office();
    site.play(website, `.${restless(3)}`);

    await site.pass('5m');

    expect(site.incident).toMatchObject({ flapping: true, failing: [], downSince: null });
    expect(site.incident.cause).toMatchObject({ code: 'port-closed', evidence: ['connection refused'] });
    expect(site.incident.headline.code).toBe('port-closed');
  });

  test('waits for the answer why, as any first message does', async () => {
    const site = await office();
    site.diagnosis = () => ({ code: 'host-unreachable', findings: [] });
    site.play(website, `${restless(20)}`);

    await site.pass('10m');

    expect(site.incident).toMatchObject({ cause: { code: 'host-unreachable' }, headline: { code: 'host-unreachable' } });
  });

  test('opens nothing before its sixth change', async () => {
    const site = await office();
    site.play(website, '.x.x.x..............');

    await site.pass('2m');
    site.play(website, '.');
    await site.pass('30m');

    expect(site.incidents).toEqual([]);
  });

  test('is held open, and escalates, as long as it goes on', async () => {
    const site = await VirtualOffice.open(rules({ services: [service('Website')] }));
    site.play(website, restless(60));

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

  test('goes on as an outage when it stays down, which is told, and is downtime since then', async () => {
    const site = await office();
    site.play(website, `${restless(8)}x`);

    await site.pass('40m');

    expect(site.incident).toMatchObject({ flapping: false, status: 'open', failing: [website] });
    expect(site.mails).toEqual(['opened>anna', 'flapping-ended>anna']);
    expect(site.minuteOf(site.incident.downSince ?? 0)).toBeCloseTo(8, 0);
  });

  test('reopens what has just recovered', async () => {
    const site = await office();
    site.play(website, `xxx${'.'.repeat(12)}${restless(20)}.`);

    await site.pass('80m');

    expect(site.incident).toMatchObject({ episode: 2, downtimeMs: expect.closeTo(90_000, -4) });
    expect(site.mails.slice(0, 4)).toEqual(['opened>anna', 'recovered>anna', 'reopened>anna', 'recovered>anna']);
  });
});

describe('an outage that begins to come and go', () => {
  test('is held open in silence after one mail, and recovers once it is steady', async () => {
    const site = await office();
    site.play(website, `${'xxx..'.repeat(8)}.`);

    await site.pass('60m');

    expect(site.mails).toEqual(['opened>anna', 'flapping-started>anna', 'recovered>anna']);
    expect(course(site).slice(-4)).toEqual(['flapping-started', 'flapping-ended', 'recovering', 'resolved']);
  });

  test('counts as down only while it is confirmed as down', async () => {
    const site = await office();
    site.play(website, `xxx..${restless(12)}.`);

    await site.pass('50m');

    expect(site.incident).toMatchObject({ status: 'resolved', downSince: null });
    expect(site.incident.downtimeMs).toBeLessThan(2.1 * 60_000);
  });

  test('does not fill its log with what that one word says', async () => {
    const site = await office();
    site.play(website, 'xxx..'.repeat(300));

    await site.pass('10h');

    expect(site.incident).toMatchObject({ flapping: true, status: 'open' });
    expect(site.incident.timeline.length).toBeLessThan(20);
    expect(site.mails).toEqual(['opened>anna', 'flapping-started>anna']);
  });

  test('is held open by another check of the service, too', async () => {
    const checks = [check('Website'), check('Website', { target: 'login' })];
    const site = await VirtualOffice.open(rules({ services: [service('Website', { checks })], escalation }));
    site.play(website, `${'x'.repeat(20)}.`);
    await site.pass('5m');
    site.play(login, restless(20));

    await site.pass('20m');

    expect(site.incident).toMatchObject({ status: 'open', flapping: true, failing: [], downSince: null });
    expect(site.mails).toEqual(['opened>anna', 'flapping-started>anna']);
  });
});

test('an outage that comes and goes in a window tells nobody, and goes on after it', async () => {
  const site = await office();
  site.play(website, 'x');
  await site.pass('5m');
  await site.act({ act: 'start-maintenance', services: ['Website'], durationMs: 20 * 60_000 });
  site.play(website, `${restless(12)}x`);

  await site.pass('40m');

  expect(site.mails).toEqual(['opened>anna']);
  expect(site.incident).toMatchObject({ status: 'open', flapping: false, failing: [website] });
});

describe('no incident', () => {
  test('opens in a window, nor after it where all is steady then', async () => {
    const site = await office();
    await site.act({ act: 'start-maintenance', services: ['Website'], durationMs: 15 * 60_000 });
    site.play(website, `${restless(14)}.`);

    await site.pass('40m');

    expect(site.incidents).toEqual([]);
  });

  test('opens in the grace after a boot', async () => {
    const site = await VirtualOffice.open(rules({ services: [service('Website')], startupGraceMs: 10 * 60_000 }));
    await site.pass('5m');
    site.play(website, restless(60));
    await site.crash('5m', { reboot: true });

    await site.pass('9m');
    expect(site.incidents).toEqual([]);
    await site.pass('2m');
    expect(site.incident.flapping).toBe(true);
  });

  test('opens for what depends on a service that is down, or flaps itself', async () => {
    for (const script of ['x', `.${restless(60)}`]) {
      const services = [service('Router'), service('Website', { dependsOn: ['Router'] })];
      const site = await VirtualOffice.open(rules({ services, escalation }));
      site.play('Router/http:example', script);
      site.play(website, restless(60));

      await site.pass('15m');

      expect(site.incidents.filter(({ mergedInto }) => mergedInto === null).map(({ service: of }) => of)).toEqual(['Router']);
    }
  });

  test('stands beside that of a dependency which turns out to flap soon after: it goes over into that one', async () => {
    const services = [service('Router'), service('Website', { dependsOn: ['Router'] })];
    const site = await VirtualOffice.open(rules({ services, escalation }));
    site.play('Router/http:example', `..${restless(12)}.`);
    site.play(website, `${restless(16)}.`);

    await site.pass('45m');

    expect(site.incidents.map(({ service: of, mergedInto }) => [of, mergedInto])).toEqual([
      ['Website', site.incidents[1]?.id],
      ['Router', null],
    ]);
    expect(site.incidents.map(({ status, flapping }) => [status, flapping])).toEqual([
      ['closed', false],
      ['resolved', false],
    ]);
    expect(site.mails).toEqual(['opened>anna', 'merged>anna', 'opened>anna', 'recovered>anna']);
  });

  test('opens anew for what a person closed by force, until it is steady', async () => {
    const site = await office();
    site.play(website, restless(60));
    await site.pass('10m');
    await site.act({ act: 'close', id: '1', force: true });
    await site.pass('10m');
    expect(site.incident).toMatchObject({ status: 'closed', flapping: false });

    site.play(website, '.');
    await site.pass('30m');
    site.play(website, 'x');
    await site.pass('5m');

    expect(site.incidents.map(({ status }) => status)).toEqual(['closed', 'open']);
  });
});

describe('while it is held open', () => {
  test('a window holds its escalation, and is no downtime', async () => {
    const site = await VirtualOffice.open(rules({ services: [service('Website')] }));
    site.play(website, restless(200));
    await site.pass('10m');
    await site.act({ act: 'start-maintenance', services: ['Website'], durationMs: 20 * 60_000 });

    await site.pass('26m');

    expect(site.incident).toMatchObject({ status: 'open', flapping: true, downSince: null, downtimeMs: 0 });
    expect(site.mails).toEqual(['opened>anna']);
    await site.pass('4m');
    expect(site.mails).toEqual(['opened>anna', 'escalated>ben']);
  });

  test('nobody is called outside the hours in which it is observed', async () => {
    const checks = [check('Website', { watch: 'office' })];
    const site = await VirtualOffice.open(rules({ services: [service('Website', { checks })] }), '2026-11-24T16:50:00Z');
    site.play(website, restless(60));

    await site.pass('12h');

    expect(site.mails).toEqual(['opened>anna']);
  });

  test('after our own outage it is looked at before anybody is called', async () => {
    const site = await VirtualOffice.open(rules({ services: [service('Website')] }));
    site.play(website, `${restless(12)}......${restless(100)}`);
    await site.pass('14m');
    expect(site.engine.desk.record.cells.get(website)).toMatchObject({ suspect: false, flapping: true });
    await site.crash('3h');

    await site.pass('2m');
    expect(site.mails).toEqual(['opened>anna']);
    await site.pass('5m');
    expect(site.mails).toEqual(['opened>anna', 'escalated>ben', 'escalated>boss']);
  });

  test('the check that flaps is removed: it ends as no longer watched; another one is: it goes on', async () => {
    const both = service('Website', { checks: [check('Website'), check('Website', { target: 'login' })] });
    for (const [script, left, status] of [
      ['xxxxxxxx.', check('Website'), 'open'],
      ['x', check('Website'), 'open'],
      ['xxxxxxxx.', check('Website', { target: 'login' }), 'closed'],
    ] as const) {
      const site = await VirtualOffice.open(rules({ services: [both], escalation }));
      site.play(login, script);
      site.play(website, restless(60));
      await site.pass('10m');

      await site.reload(rules({ services: [service('Website', { checks: [left] })], escalation }));

      expect(site.incident).toMatchObject({ status, flapping: status === 'open', failing: [], downSince: null });
    }
  });
});

describe('killed once, at any commit and any delivery', async () => {
  /** Long enough that no single look decides, since one may be lost. */
  const script = `${'x'.repeat(8)}..${restless(10)}.`;
  async function tell(at: 'commit' | 'delivery', number: number, when: 'before' | 'after'): Promise<VirtualOffice> {
    const site = await office();
    site.play(website, script);
    site.crashPoint = { at, number, when };
    await site.pass('45m');
    return site;
  }
  const undisturbed = await tell('commit', 0, 'after');
  const points = (['commit', 'delivery'] as const).flatMap((at) =>
    Array.from(
      { length: at === 'commit' ? undisturbed.commits : undisturbed.deliveries },
      (_, index) => [at, index + 1] as const,
    ),
  );

  test.each(points)('%s %i: one incident, with one mail at its start and one at its end', async (at, number) => {
    for (const when of ['before', 'after'] as const) {
      const site = await tell(at, number, when);

      expect(site.incident).toMatchObject({ status: 'resolved', flapping: false, episode: 1 });
      const told = new Map(site.sent.map(({ key, kind }) => [key, kind]));
      expect([...told.values()]).toEqual(['opened', 'flapping-started', 'recovered']);
      expect(site.sent.length - told.size).toBeLessThanOrEqual(site.inDoubt.size);
    }
  });
});
