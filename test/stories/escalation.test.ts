import { describe, expect, test } from 'vitest';
import type { Impact } from '../../src/core/rules.ts';
import { always, check, contact, officeHours, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';
const minute = 60_000;
const hour = 60 * minute;
/** Tuesday 10:00 and Tuesday 22:00 in Berlin. */
const byDay = '2026-11-24T09:00:00Z';
const atNight = '2026-11-24T21:00:00Z';

async function failing(input: Parameters<typeof rules>[0], start = byDay, script = 'x'): Promise<VirtualOffice> {
  const office = await VirtualOffice.open(rules(input), start);
  office.play(website, script);
  return office;
}

const site = (impact: Impact, changes: Parameters<typeof service>[1] = {}) => [service('Website', { impact, ...changes })];

describe('how far a priority escalates', () => {
  test('P1: the whole policy at any hour, the delays counted from the opening', async () => {
    const office = await failing({ services: site('high') }, atNight);

    await office.pass('3h30m');

    expect(office.incident.priority).toBe('P1');
    expect(office.post).toEqual([
      '1 opened>anna',
      '16 escalated>ben',
      '61 escalated>boss',
      '121 reminder>boss',
      '181 reminder>boss',
    ]);
  });

  test('P2: as P1', async () => {
    const office = await failing({ services: site('medium') }, atNight);

    await office.pass('1h30m');

    expect(office.incident.priority).toBe('P2');
    expect(office.post).toEqual(['1 opened>anna', '16 escalated>ben', '61 escalated>boss']);
  });

  test('P3: level 1 at once, later levels and repeats in office hours', async () => {
    const office = await failing({ services: site('low') }, atNight);

    await office.pass('9h55m');
    expect(office.post).toEqual(['1 opened>anna']);
    await office.pass('1h10m');

    expect(office.incident.priority).toBe('P3');
    expect(office.post).toEqual(['1 opened>anna', '600 escalated>ben', '600 escalated>boss', '660 reminder>boss']);
  });

  test('P3: a repeat that falls due in the evening waits for the morning', async () => {
    const office = await failing({ services: site('low') }, '2026-11-24T15:30:00Z');

    await office.pass('20h');

    expect(office.post).toEqual([
      '1 opened>anna',
      '16 escalated>ben',
      '61 escalated>boss',
      '930 reminder>boss',
      '990 reminder>boss',
      '1050 reminder>boss',
      '1110 reminder>boss',
      '1170 reminder>boss',
    ]);
  });

  test.each([
    ['P4', 'medium'],
    ['P5', 'low'],
  ] as const)('%s: one digest in office hours, nothing after it, no recovery mail', async (priority, impact) => {
    const office = await failing({ services: site(impact) }, atNight, '!');

    await office.pass('9h55m');
    expect(office.mails).toEqual([]);
    await office.pass('3d');
    office.play(website, '.');
    await office.pass('2h');

    expect(office.incident).toMatchObject({ priority, status: 'closed' });
    expect(office.post).toEqual(['600 opened>anna']);
  });

  test('P4: several wait for the same digest', async () => {
    const office = await VirtualOffice.open(rules({ services: [service('Website'), service('Files')] }), atNight);
    office.play(website, '!');
    await office.pass('1h');
    office.play('Files/http:example', '!');

    await office.pass('12h');

    expect(office.post).toEqual(['600 digest>anna']);
    expect(office.sent[0]?.incidents).toEqual(office.incidents.map(({ id }) => id));
  });

  test('P4: in office hours the digest comes after a short wait', async () => {
    const office = await failing({ services: site('medium') }, byDay, '!');

    await office.pass('5m');

    expect(office.sent.map(({ minute: at }) => at)).toEqual([office.minuteOf(office.incident.openedAt) + 0.5]);
  });
});

describe('who is a level', () => {
  const levels = [
    { notify: ['owner'], afterMs: 0 },
    { notify: ['ben'], afterMs: 5 * minute },
    { notify: ['boss'], afterMs: 10 * minute },
  ];

  test('the service’s own notify stands for level 1', async () => {
    const office = await failing({ services: site('high', { notify: ['boss'], owner: 'ben' }) });

    await office.pass('20m');

    expect(office.post).toEqual(['1 opened>boss', '16 escalated>ben']);
  });

  test('the owner is who the service names, else the admin', async () => {
    const office = await failing({ services: site('high', { owner: 'boss' }) });

    await office.pass('5m');

    expect(office.post).toEqual(['1 opened>boss']);
  });

  test('a priority may start at a later level, which is told at once', async () => {
    const office = await failing({ escalation: { default: levels }, priorities: { P1: { startLevel: 2 } } });

    await office.pass('20m');

    expect(office.post).toEqual(['1 opened>ben', '11 escalated>boss']);
  });

  test('a priority may have a policy of its own, a service too, and the priority’s counts more', async () => {
    const escalation = { own: [{ notify: ['boss'], afterMs: 0 }], urgent: [{ notify: ['ben'], afterMs: 0 }] };
    const services = [service('Website', { impact: 'high', escalation: 'own' }), service('Files', { escalation: 'own' })];
    const office = await VirtualOffice.open(
      rules({ services, escalation, priorities: { P1: { startLevel: 1, escalation: 'urgent' } } }),
    );
    office.play(website, 'x');
    office.play('Files/http:example', 'x');

    await office.pass('5m');

    expect(office.mails.toSorted()).toEqual(['opened>ben', 'opened>boss']);
  });

  test('a person named twice in one step gets one mail', async () => {
    const twice = [{ notify: ['anna', 'owner', 'admin', 'it'], afterMs: 0 }];
    const office = await failing({
      escalation: { default: twice },
      rota: { it: { turn: 'weekly', handover: { minute: 0 }, members: ['anna'] } },
    });

    await office.pass('5m');

    expect(office.mails).toEqual(['opened>anna']);
  });

  test('an address named twice in one step gets one mail, however it is written', async () => {
    const shared = { id: 'email', kind: 'email', address: 'Anna@Office.example' } as const;
    const office = await failing({
      contacts: [contact('anna'), contact('it', { channels: [shared] }), contact('boss')],
      escalation: { default: [{ notify: ['anna', 'it', 'boss'], afterMs: 0 }] },
    });

    await office.pass('5m');

    expect(office.mails).toEqual(['opened>anna', 'opened>boss']);
  });

  test('a contact with two addresses gets a mail at each', async () => {
    const channels = ['one', 'two'].map((id) => ({ id, kind: 'email', address: `${id}@office.example` }) as const);
    const office = await failing({ contacts: [contact('anna', { channels })] });

    await office.pass('5m');

    expect(office.sent.map(({ address }) => address)).toEqual(['one@office.example', 'two@office.example']);
  });
});

describe('a level in which nobody can be reached', () => {
  const daytime = contact('anna', { hours: 'office' });
  const others = [contact('ben'), contact('boss')];
  const asOwner = site('medium', { owner: 'anna' });

  test('is passed on to the next at once, on record', async () => {
    const office = await failing({ contacts: [daytime, ...others], services: asOwner }, atNight);

    await office.pass('20m');

    expect(office.post).toEqual(['1 opened>ben']);
    expect(office.entries('level-skipped')).toMatchObject([{ facts: { level: 1, why: 'nobody-reachable' } }]);
    expect(office.incident.escalation.level).toBe(2);
  });

  test('is told all the same about a P1: hours never hold one', async () => {
    const office = await failing({ contacts: [daytime, ...others] }, atNight);

    await office.pass('5m');

    expect(office.post).toEqual(['1 opened>anna']);
  });

  test('is told within its hours', async () => {
    const office = await failing({ contacts: [daytime, ...others], services: asOwner }, byDay);

    await office.pass('5m');

    expect(office.post).toEqual(['1 opened>anna']);
  });

  test('the admin is told where nobody at all can be reached', async () => {
    const asleep = ['ben', 'boss'].map((id) => contact(id, { hours: 'office' }));
    const office = await failing({ contacts: [daytime, ...asleep], services: asOwner }, atNight);

    await office.pass('2h');

    expect(office.post).toEqual(['1 opened>anna', '61 reminder>anna']);
    expect(office.entries('level-skipped').map(({ facts }) => facts?.level)).toEqual([1, 2, 3]);
  });

  test('a digest asks who can be reached when it is delivered', async () => {
    const contacts = [contact('anna'), contact('ben', { hours: 'office' })];
    const office = await failing({ contacts, services: site('medium', { owner: 'ben' }) }, atNight, '!');

    await office.pass('11h');

    expect(office.post).toEqual(['600 opened>ben']);
  });

  test('whose reminder is due is passed over for the admin', async () => {
    const levels = [{ notify: ['ben'], afterMs: 0, repeatMs: hour }];
    const office = await failing(
      {
        contacts: [contact('anna'), contact('ben', { hours: 'office' })],
        services: site('medium'),
        escalation: { default: levels },
      },
      '2026-11-24T16:30:00Z',
    );

    await office.pass('1h10m');

    expect(office.post).toEqual(['1 opened>ben', '61 reminder>anna']);
  });
});

describe('reminders', () => {
  test('come twelve times, then the admin is told, once', async () => {
    const levels = [{ notify: ['ben'], afterMs: 0, repeatMs: 10 * minute }];
    const office = await failing({ escalation: { default: levels }, hours: { office: always } });

    await office.pass('1d');

    expect(office.mails.filter((mail) => mail === 'reminder>ben')).toHaveLength(12);
    expect(office.post.at(-1)).toBe('131 escalation-exhausted>anna');
    expect(office.mails).toHaveLength(14);
    expect(office.entries('escalation-exhausted')).toHaveLength(1);
  });

  test('of two levels due in the same step give a person named in both one mail', async () => {
    const levels = [
      { notify: ['anna'], afterMs: 0, repeatMs: 30 * minute },
      { notify: ['anna', 'ben'], afterMs: 30 * minute },
    ];
    const office = await failing({ escalation: { default: levels } });

    await office.pass('32m');

    expect(office.post).toEqual(['1 opened>anna', '31 escalated>anna', '31 escalated>ben']);
  });
});

describe('the priority', () => {
  const part = check('Website', { part: true, target: 'part' });
  const whole = check('Website');
  const services = site('medium', { checks: [whole, part] });
  const partKey = 'Website/http:part';

  test('rises when more is down: told to those told, the levels overdue one at a time, five minutes apart', async () => {
    const office = await VirtualOffice.open(rules({ services: site('low', { checks: [whole, part] }) }), atNight);
    office.play(partKey, 'x');
    await office.pass('2h');
    expect(office.incident).toMatchObject({ priority: 'P4', severity: 'major' });
    await office.reload(rules({ services }));
    await office.pass('1m');

    expect(office.incident.priority).toBe('P3');
    office.play(website, 'x');
    await office.pass('20m');

    expect(office.incident).toMatchObject({ priority: 'P2', severity: 'critical' });
    expect(office.post).toEqual(['120 raised>anna', '123 raised>anna', '123 escalated>ben', '128 escalated>boss']);
  });

  test('never falls while a check is down', async () => {
    const office = await VirtualOffice.open(rules({ services }));
    office.play(partKey, 'x');
    office.play(website, 'x');
    await office.pass('5m');
    office.play(website, '.');

    await office.pass('10m');

    expect(office.incident).toMatchObject({ status: 'open', priority: 'P2', severity: 'major', failing: [partKey] });
  });

  test('of a warning follows its severity both ways', async () => {
    const office = await VirtualOffice.open(rules());
    office.play(website, '#');
    await office.pass('5m');
    expect(office.incident).toMatchObject({ kind: 'warning', severity: 'major', priority: 'P2' });
    office.play(website, '!');

    await office.pass('10m');

    expect(office.incident).toMatchObject({ severity: 'minor', priority: 'P3' });
    expect(office.mails).toEqual(['opened>anna']);
  });

  test('that rises from a digest that still waits is told at once, and the digest has nothing left to say', async () => {
    const office = await failing({ services: site('medium') }, atNight, '!');
    await office.pass('10m');
    expect(office.incident.priority).toBe('P4');
    office.play(website, 'x');

    await office.pass('10m');

    expect(office.incident).toMatchObject({ kind: 'outage', priority: 'P2' });
    expect(office.post).toEqual(['12 raised>anna', '16 escalated>ben']);
    expect(office.outbox.map(({ kind, state }) => `${kind} ${state}`)).toContain('opened folded');
    await office.pass('12h');
    expect(office.mails.filter((mail) => mail.startsWith('digest') || mail.startsWith('opened'))).toEqual([]);
  });

  test('that rises into another policy goes on there from the level reached', async () => {
    const escalation = {
      default: [{ notify: ['anna'], afterMs: 0 }],
      urgent: [
        { notify: ['anna', 'ben'], afterMs: 0 },
        { notify: ['boss'], afterMs: 5 * minute },
      ],
    };
    const office = await failing({ escalation, priorities: { P1: { startLevel: 1, escalation: 'urgent' } } }, byDay, '!');
    await office.pass('10m');
    expect(office.incident.priority).toBe('P3');
    office.play(website, 'x');

    await office.pass('10m');

    expect(office.mails).toEqual(['opened>anna', 'raised>anna', 'escalated>boss']);
  });
});

test('hours are read in the site’s time zone, also across a clock change', async () => {
  const office = await failing({ services: site('low'), hours: { office: officeHours } }, '2027-03-26T21:00:00Z');

  await office.pass('3d');

  const monday = (Date.parse('2027-03-29T06:00:00Z') - Date.parse('2027-03-26T21:00:00Z')) / minute;
  expect(office.post.slice(0, 3)).toEqual(['1 opened>anna', `${monday} escalated>ben`, `${monday} escalated>boss`]);
});

test('a rise of priority does not hold back a level that is not due yet', async () => {
  const office = await VirtualOffice.open(
    rules({
      escalation: {
        default: [
          { notify: ['anna'], afterMs: 0 },
          { notify: ['ben'], afterMs: 4 * 60_000 },
        ],
      },
    }),
  );

  office.play('Website/http:example', '!!!!xxxx');
  await office.pass('15m');

  const [opened, raised, escalated] = office.sent;
  expect([opened?.kind, raised?.kind, escalated?.kind]).toEqual(['opened', 'raised', 'escalated']);
  expect((escalated?.minute ?? 0) - (opened?.minute ?? 0)).toBeCloseTo(4, 0);
});
