import { describe, expect, test } from 'vitest';
import type { Rules, ServiceRule } from '../../src/core/rules.ts';
import { check, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const router = 'Router/http:example';
const internet = 'Internet/http:example';
const website = 'Website/http:example';

/** Website needs the internet, which needs the router. */
function chain(changes: Partial<Record<'Router' | 'Internet' | 'Website', Partial<ServiceRule>>> = {}): Rules {
  return rules({
    services: [
      service('Router', changes.Router),
      service('Internet', { dependsOn: ['Router'], ...changes.Internet }),
      service('Website', { dependsOn: ['Internet'], ...changes.Website }),
    ],
  });
}

function quick(name: string, failureThreshold: number): Partial<ServiceRule> {
  return { checks: [check(name, { failureThreshold })] };
}

function affectedIn(office: VirtualOffice, index = 0): string[] {
  const affected = office.incidents[index]?.affected ?? [];
  const minutes = (at: number | null) => (at === null ? '' : office.minuteOf(at));
  return affected.map(({ name, from, to }) => `${name} ${minutes(from)}-${minutes(to)}`);
}

describe('while a dependency is down', () => {
  test('its dependents are affected in its incident, near and far, and nobody is told of them', async () => {
    const office = await VirtualOffice.open(chain());
    for (const key of [router, internet, website]) office.play(key, '..x');

    await office.pass('10m');

    expect(office.incident.service).toBe('Router');
    expect(office.incident.affected.map(({ name }) => name).sort()).toEqual(['Internet', 'Website']);
    expect(office.mails).toEqual(['opened>anna']);
  });

  test('a dependent that is confirmed first waits for its verdict', async () => {
    const office = await VirtualOffice.open(chain({ Website: quick('Website', 1) }));
    for (const key of [router, internet, website]) office.play(key, '..x');

    await office.pass('10m');

    expect(office.incidents.map(({ service }) => service)).toEqual(['Router']);
    expect(office.incident.affected.map(({ name }) => name).sort()).toEqual(['Internet', 'Website']);
    expect(office.mails).toEqual(['opened>anna']);
  });

  test('each dependent has its own from and to', async () => {
    const office = await VirtualOffice.open(chain());
    office.play(router, 'x');
    await office.pass('5m');
    office.play(internet, 'x');
    await office.pass('5m');
    office.play(router, '.');
    await office.pass('2m');
    office.play(internet, '.');
    await office.pass('8m');

    const [from, to] = affectedIn(office)[0]?.split(/[ -]/).slice(1).map(Number) ?? [];
    expect(office.incident.affected.map(({ name }) => name)).toEqual(['Internet']);
    expect(from).toBeGreaterThan(4.9);
    expect(from).toBeLessThan(6.1);
    expect(to).toBeGreaterThan(11.9);
    expect(to).toBeLessThan(13.1);
    expect(office.mails).toEqual(['opened>anna', 'recovered>anna']);
  });

  test('the impact of what is affected raises its priority, which is told', async () => {
    const office = await VirtualOffice.open(chain({ Router: { impact: 'low' }, Website: { impact: 'high' } }));
    office.play(router, 'x');
    office.play(website, '.....x');

    await office.pass('12m');

    expect(office.incident.priority).toBe('P1');
    expect(office.mails).toEqual(['opened>anna', 'raised>anna']);
  });

  test('a kill at any moment changes nothing of it', async () => {
    for (const when of ['before', 'after'] as const) {
      for (const number of [2, 4, 6, 8]) {
        const office = await VirtualOffice.open(chain({ Website: quick('Website', 1) }));
        for (const key of [router, internet, website]) office.play(key, '..x');
        office.crashPoint = { at: 'commit', number, when };

        await office.pass('12m');

        expect(office.incidents.map(({ service }) => service)).toEqual(['Router']);
        expect(new Set(office.incident.affected.map(({ name }) => name))).toEqual(new Set(['Internet', 'Website']));
        expect(new Set(office.mails)).toEqual(new Set(['opened>anna']));
      }
    }
  });
});

describe('what explains nothing', () => {
  test('a dependency that works: the dependent’s incident opens as soon as that has been looked at', async () => {
    const office = await VirtualOffice.open(chain());
    office.play(website, '..x');

    await office.pass('5m');

    expect(office.incident.service).toBe('Website');
    expect(office.incident.openedAt - office.incident.startedAt).toBeLessThan(61_000);
  });

  test('a degraded one', async () => {
    const office = await VirtualOffice.open(chain());
    office.play(router, '!');
    office.play(website, '......x');

    await office.pass('12m');

    expect(office.incidents.map(({ service, kind }) => `${service} ${kind}`)).toEqual(['Router warning', 'Website outage']);
  });

  test('an unknown one', async () => {
    const office = await VirtualOffice.open(chain());
    office.play(router, '?');
    office.play(internet, '?');
    office.play(website, '..x');

    await office.pass('8m');

    expect(office.incidents.filter(({ kind }) => kind === 'outage').map(({ service }) => service)).toEqual(['Website']);
  });

  test('one that is down in parts only', async () => {
    const parts = { checks: [check('Router', { part: true }), check('Router', { target: 'other' })] };
    const office = await VirtualOffice.open(chain({ Router: parts }));
    office.play(router, 'x');
    office.play(website, '......x');

    await office.pass('12m');

    expect(office.incidents.map(({ service }) => service)).toEqual(['Router', 'Website']);
  });

  test('one that fails now and then, and is never confirmed, for longer than a confirmation takes', async () => {
    const office = await VirtualOffice.open(chain());
    office.play(router, '.'.concat('xx.'.repeat(40)));
    office.play(website, '..x');

    await office.pass('9m');

    const own = office.incidents.find(({ service }) => service === 'Website');
    expect(own).toBeDefined();
    expect((own?.openedAt ?? 0) - (own?.startedAt ?? 0)).toBeLessThanOrEqual(60_000 + 3 * 30_000 + 10_000 + 1_000);
  });

  test('a failure of a check that looks at this very machine', async () => {
    const local = { checks: [check('Website', { independent: true, local: true })] };
    const office = await VirtualOffice.open(chain({ Website: local }));
    for (const key of [router, website]) office.play(key, '..x');

    await office.pass('6m');

    expect(office.incidents.map(({ service }) => service).sort()).toEqual(['Router', 'Website']);
  });
});

describe('in maintenance', () => {
  test('a dependency that is down explains its dependents, without an incident', async () => {
    const office = await VirtualOffice.open(chain());
    await office.act({ act: 'start-maintenance', services: ['Router'], durationMs: 20 * 60_000 });
    for (const key of [router, website]) office.play(key, '..x');

    await office.pass('15m');

    expect(office.incidents).toEqual([]);
    expect(office.mails).toEqual([]);
  });

  test('a dependent that still fails five minutes after the window has an incident of its own', async () => {
    const office = await VirtualOffice.open(chain());
    await office.act({ act: 'start-maintenance', services: ['Router'], durationMs: 20 * 60_000 });
    office.play(router, '..'.concat('x'.repeat(12), '.'));
    office.play(website, '..x');

    await office.pass('40m');

    expect(office.incident.service).toBe('Website');
    expect(office.minuteOf(office.incident.openedAt)).toBeGreaterThan(10);
  });
});

describe('after a dependency is back', () => {
  test('its dependents are looked at soon, and recover without a word', async () => {
    const office = await VirtualOffice.open(chain());
    for (const key of [router, website]) office.play(key, 'x');
    await office.pass('6m');
    for (const key of [router, website]) office.play(key, '.');
    await office.pass('10m');

    expect(office.incident.service).toBe('Router');
    expect(office.mails).toEqual(['opened>anna', 'recovered>anna']);
    expect(affectedIn(office)).toHaveLength(1);
    expect(office.incident.affected[0]?.to).not.toBeNull();
  });

  test('one that is really broken has its own incident five minutes later, linked', async () => {
    const office = await VirtualOffice.open(chain());
    office.play(router, '..xxxxxx.');
    office.play(website, '..x');

    await office.pass('40m');

    const [first, second] = office.incidents;
    expect(second?.service).toBe('Website');
    expect(second?.linked).toEqual([first?.id]);
    const back = office.entries('recovering', first)[0]?.at ?? 0;
    expect((second?.openedAt ?? 0) - back).toBe(5 * 60_000);
    expect(first?.affected[0]?.to).toBe(second?.openedAt);
    expect(second?.startedAt).toBeLessThan(back);
  });
});

describe('a dependency confirmed late', () => {
  const late = () => chain({ Router: quick('Router', 3), Website: quick('Website', 1) });

  test('within five minutes: the dependent’s incident is merged, and its acknowledgement goes along', async () => {
    const office = await VirtualOffice.open(late());
    office.play(router, '....x');
    office.play(website, '..x');
    await office.pass('3m');
    expect(office.incidents.map(({ service }) => service)).toEqual(['Website']);
    await office.act({ act: 'acknowledge', id: '1' });

    await office.pass('5m');

    const [own, cause] = office.incidents;
    expect(own?.mergedInto).toBe(cause?.id);
    expect(cause?.service).toBe('Router');
    expect(cause?.acknowledged?.by).toBe('anna');
    expect(cause?.affected.map(({ name }) => name)).toEqual(['Website']);
    expect(office.mails.filter((mail) => mail.startsWith('merged'))).toEqual(['merged>anna']);
    const answer = await office.act({ act: 'release', id: own?.id ?? '' });
    expect(answer.incident).toBe(cause?.id);
  });

  test('later than that: both stay', async () => {
    const office = await VirtualOffice.open(late());
    office.play(router, '...........x');
    office.play(website, '..x');

    await office.pass('20m');

    expect(office.incidents.map(({ service, mergedInto }) => `${service} ${mergedInto}`)).toEqual([
      'Website null',
      'Router null',
    ]);
  });
});

describe('people and changes meanwhile', () => {
  test('an acknowledgement is kept when the impact of something affected raises the priority', async () => {
    const office = await VirtualOffice.open(chain({ Router: { impact: 'low' }, Website: { impact: 'high' } }));
    office.play(router, 'x');
    await office.pass('4m');
    await office.act({ act: 'acknowledge', id: '1' });
    office.play(website, 'x');

    await office.pass('5m');

    expect(office.incident.priority).toBe('P1');
    expect(office.incident.acknowledged?.by).toBe('anna');
    expect(office.mails).toEqual(['opened>anna', 'taken>anna', 'raised>anna']);
  });

  test('a person’s report about what is affected joins the incident that explains it', async () => {
    const office = await VirtualOffice.open(chain());
    for (const key of [router, website]) office.play(key, '..x');
    await office.pass('6m');

    const answer = await office.act({ act: 'report', text: 'the shop is gone', service: 'Website' }, 'ben');

    expect(answer).toMatchObject({ ok: true, reason: 'joined', incident: office.incident.id });
    expect(office.mails).toEqual(['opened>anna', 'report-joined>ben']);
  });

  test('a dependent that is removed is affected no longer, in silence', async () => {
    const office = await VirtualOffice.open(chain());
    for (const key of [router, website]) office.play(key, '..x');
    await office.pass('6m');
    const { services } = chain();

    await office.reload({ ...chain(), services: { Router: services.Router, Internet: services.Internet } as Rules['services'] });

    expect(office.incident.affected[0]?.to).toBe(office.time.now().wall);
    expect(office.engine.desk.record.explained.size).toBe(0);
    expect(office.mails.filter((mail) => !mail.startsWith('services-removed'))).toEqual(['opened>anna']);
  });

  test.each(['removed', 'no longer one'])(
    'a dependency that is %s: its dependent stands for itself five minutes later',
    async (how) => {
      const office = await VirtualOffice.open(chain());
      for (const key of [router, website]) office.play(key, '..x');
      await office.pass('6m');
      const { Router: _, ...without } = chain().services;
      const lonely = chain({ Internet: { dependsOn: [] }, Website: { dependsOn: ['Internet'] } }).services;

      await office.reload({ ...chain(), services: how === 'removed' ? without : lonely });
      await office.pass('4m');
      expect(office.incidents).toHaveLength(1);
      await office.pass('2m');

      expect(office.incidents[1]?.service).toBe('Website');
    },
  );

  test('a dependent’s own outage that is older than five minutes stays when its dependency fails', async () => {
    const office = await VirtualOffice.open(chain());
    office.play(website, '..x');
    await office.pass('10m');
    office.play(router, 'x');

    await office.pass('8m');

    expect(office.incidents.map(({ service, status }) => `${service} ${status}`)).toEqual(['Website open', 'Router open']);
  });

  test('a dependency that fails again within the five minutes explains on', async () => {
    const office = await VirtualOffice.open(chain());
    for (const key of [router, website]) office.play(key, 'x');
    await office.pass('6m');
    office.play(router, '.');
    await office.pass('4m');
    office.play(router, 'x');

    await office.pass('15m');

    expect(office.incidents.map(({ service }) => service)).toEqual(['Router']);
    expect(office.incident.affected).toHaveLength(1);
    expect(office.incident.affected[0]?.to).toBeNull();
  });
});

test.each([30, 300])('%i services behind one: one incident, all of them affected, one mail and one at its end', async (count) => {
  const names = Array.from({ length: count }, (_, index) => `Service ${index + 1}`);
  const office = await VirtualOffice.open(
    rules({ services: [service('Switch'), ...names.map((name) => service(name, { dependsOn: ['Switch'] }))] }),
  );
  const all = ['Switch', ...names].map((name) => `${name}/http:example`);
  await office.pass('3m');
  for (const key of all) office.play(key, 'x');
  await office.pass('6m');
  for (const key of all) office.play(key, '.');
  await office.pass('10m');

  expect(office.incident.affected).toHaveLength(count);
  expect(office.incident.affected.every(({ to }) => to !== null)).toBe(true);
  expect(office.mails).toEqual(['opened>anna', 'recovered>anna']);
});
