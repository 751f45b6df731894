import { describe, expect, test } from 'vitest';
import { check, contact, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const web = 'Website/http:example';
const login = 'Website/http:login';
const two = [service('Website', { impact: 'high', checks: [check('Website'), check('Website', { target: 'login' })] })];

async function open(): Promise<VirtualOffice> {
  return await VirtualOffice.open(rules({ services: two }));
}

const kinds = (office: VirtualOffice) =>
  office.incidents.map(
    ({ id, kind, status, checks }) => `${id.slice(-1)} ${kind} ${status} ${checks.map((key) => key.slice(-5)).join('+')}`,
  );

describe('an outage', () => {
  test('covers all checks of a service that are down: one incident, one opening mail', async () => {
    const office = await open();
    office.play(web, 'x');
    await office.pass('5m');
    office.play(login, 'x');

    await office.pass('5m');

    expect(kinds(office)).toEqual(['1 outage open ample+login']);
    expect(office.incident.failing).toEqual([web, login]);
    expect(office.mails).toEqual(['opened>anna']);
  });

  test('recovers when none of its checks is down any more', async () => {
    const office = await open();
    office.play(web, 'x');
    office.play(login, 'x');
    await office.pass('5m');
    office.play(web, '.');
    await office.pass('10m');
    expect(office.incident).toMatchObject({ status: 'open', failing: [login] });
    office.play(login, '.');

    await office.pass('5m');

    expect(office.incident.status).toBe('resolved');
    expect(office.mails).toEqual(['opened>anna', 'recovered>anna']);
  });

  test('of two services are two incidents', async () => {
    const office = await VirtualOffice.open(rules({ services: [service('Website'), service('Files')] }));
    office.play(web, 'x');
    office.play('Files/http:example', 'x');

    await office.pass('5m');

    expect(office.incidents.map(({ service: of }) => of).toSorted()).toEqual(['Files', 'Website']);
  });
});

test('the steps of an incident read in the words of the check’s kind', async () => {
  const sentence = { en: 'its door is shut', de: 'die Tür ist zu' };
  const checks = [check('Website', { sentences: { 'port-closed': sentence } }), check('Website', { target: 'login' })];
  const office = await VirtualOffice.open(rules({ services: [service('Website', { checks })] }));
  office.play(web, 'x');
  await office.pass('5m');
  office.play(login, 'x');
  await office.pass('5m');
  office.play(web, '.');
  office.play(login, '.');
  await office.pass('10m');
  office.play(web, 'x');

  await office.pass('5m');

  const told = office.incident.timeline.filter(({ facts }) => facts?.code === 'port-closed');
  expect(told.map(({ type, sentence: own }) => [type, own])).toEqual([
    ['opened', sentence],
    ['check-failed', undefined],
    ['reopened', sentence],
  ]);
});

describe('warnings', () => {
  test('each degraded check has its own, beside an outage too', async () => {
    const office = await open();
    office.play(web, '!');
    office.play(login, '!');
    await office.pass('5m');

    expect(office.incidents.map(({ kind }) => kind)).toEqual(['warning', 'warning']);
    expect(office.incidents.flatMap(({ checks }) => checks).toSorted()).toEqual([web, login].toSorted());
  });

  test('one whose check goes down becomes the outage, under the same id', async () => {
    const office = await open();
    office.play(web, '!');
    await office.pass('5m');
    const [warning] = office.incidents;
    office.play(web, 'x');

    await office.pass('5m');

    expect(office.incident).toMatchObject({
      id: warning?.id,
      kind: 'outage',
      severity: 'critical',
      priority: 'P1',
      startedAt: warning?.startedAt,
    });
    expect(office.incident.headline).toEqual(warning?.headline);
    expect(office.mails).toEqual(['opened>anna', 'raised>anna']);
    expect(office.minuteOf(office.incident.downSince ?? 0)).toBeGreaterThan(office.minuteOf(office.incident.startedAt) + 2);
  });

  test('one whose check goes down is merged into an open outage: one mail, its people count as told, its taker keeps it', async () => {
    const office = await VirtualOffice.open(
      rules({ services: [{ ...two[0]!, escalation: 'own' }], escalation: { own: [{ notify: ['ben'], afterMs: 0 }] } }),
    );
    office.play(login, '!');
    await office.pass('5m');
    await office.act({ act: 'acknowledge', id: '1' }, 'boss');
    await office.reload(rules({ services: two }));
    office.play(web, 'x');
    await office.pass('5m');
    expect(kinds(office)).toEqual(['1 warning open login', '2 outage open ample']);
    office.play(login, 'x');
    await office.pass('3m');

    expect(kinds(office)).toEqual(['1 warning closed login', '2 outage open ample+login']);
    const [warning, outage] = office.incidents;
    expect(warning).toMatchObject({ mergedInto: outage?.id, status: 'closed' });
    expect(outage).toMatchObject({ mergedFrom: [warning?.id], acknowledged: { by: 'boss' } });
    expect(office.mails).toEqual(['opened>ben', 'taken>ben', 'opened>anna', 'merged>ben']);

    const note = await office.act({ act: 'note', id: '1', text: 'on it' });
    expect(note).toMatchObject({ ok: true, incident: outage?.id });
    office.play(web, '.');
    office.play(login, '.');
    await office.pass('10m');
    expect(office.mails.slice(4)).toEqual(['recovered>anna', 'recovered>ben']);
  });

  test('a check that stays degraded when its outage recovers goes on as a warning, named in the recovery mail', async () => {
    const office = await open();
    office.play(web, 'x');
    await office.pass('20m');
    office.play(web, '!');

    await office.pass('10m');

    expect(kinds(office)).toEqual(['1 outage resolved ample', '2 warning open ample']);
    expect(office.mails).toEqual(['opened>anna', 'escalated>ben', 'recovered>anna', 'recovered>ben']);
    expect(office.sent.at(-1)?.incidents).toEqual(office.incidents.map(({ id }) => id));
    expect(office.outbox.find(({ kind }) => kind === 'recovered')?.facts.remaining).toEqual(['http example']);

    const [outage, warning] = office.incidents;
    expect(outage?.timeline.find(({ type }) => type === 'check-recovered')?.facts).toMatchObject({ grade: 'minor' });
    expect(warning?.timeline[1]).toMatchObject({
      type: 'escalated',
      facts: { level: 1, to: ['anna', 'ben'], with: outage?.id },
    });

    office.sent.length = 0;
    await office.pass('2h');
    expect(office.mails).toEqual(expect.arrayContaining(['escalated>ben', 'escalated>boss']));
    expect(office.mails).not.toContain('opened>anna');

    office.play(web, '.');
    await office.pass('10m');
    expect(office.mails.filter((mail) => mail.startsWith('recovered'))).toEqual([
      'recovered>anna',
      'recovered>ben',
      'recovered>boss',
    ]);
  });

  test('one that goes on from an outage whose end is told to nobody is told by itself', async () => {
    const office = await VirtualOffice.open(
      rules({ services: [service('Website', { impact: 'low', checks: [check('Website', { part: true })] })] }),
    );
    office.play(web, 'x');
    await office.pass('5m');
    office.play(web, '!');
    await office.pass('10m');

    expect(kinds(office)).toEqual(['1 outage resolved ample', '2 warning open ample']);
    expect(
      office.outbox.map(({ kind, priority, incidents }) => `${kind} ${priority} ${incidents.map((id) => id.slice(-1))}`),
    ).toEqual(['opened P4 1', 'opened P5 2']);
  });

  test('one that goes on from an outage is told to its own first level, where others heard of the end', async () => {
    const office = await VirtualOffice.open(
      rules({
        services: [service('Website', { impact: 'high' })],
        contacts: [contact('anna'), contact('ben'), contact('boss')],
        escalation: {
          default: [{ notify: ['anna'], afterMs: 0 }],
          minor: [{ notify: ['boss'], afterMs: 0 }],
        },
        priorities: { P3: { escalation: 'minor', startLevel: 1 } },
      }),
    );
    office.play(web, 'x');
    await office.pass('5m');
    office.play(web, '!');

    await office.pass('10m');

    expect(office.mails).toEqual(['opened>anna', 'recovered>anna', 'opened>boss']);
  });

  test('one that goes on from an outage of whose end only its reporter hears is told by itself', async () => {
    const office = await VirtualOffice.open(
      rules({
        services: [service('Website', { impact: 'low', checks: [check('Website', { part: true })] })],
        contacts: [contact('anna'), contact('carl')],
      }),
    );
    office.play(web, 'x');
    await office.pass('5m');
    await office.act({ act: 'report', text: 'I see nothing', service: 'Website' }, 'carl');
    office.play(web, '!');

    await office.pass('10m');

    const told = office.outbox.filter(({ priority }) => priority === 'P5');
    expect(told.map(({ kind, to }) => `${kind}>${to}`)).toEqual(['opened>anna']);
  });

  test('one that goes on from an outage that comes back is merged into it', async () => {
    const office = await open();
    office.play(web, 'x');
    await office.pass('5m');
    office.play(web, '!');
    await office.pass('10m');
    office.play(web, 'x');

    await office.pass('5m');

    expect(kinds(office)).toEqual(['1 outage open ample', '2 warning closed ample']);
    expect(office.incidents[0]).toMatchObject({ episode: 2, mergedFrom: [office.incidents[1]?.id] });
    expect(office.mails).toContain('reopened>anna');
  });

  test('one that goes on from an outage is the only one to relapse, or to get worse, with its check', async () => {
    const office = await open();
    office.play(login, 'x');
    await office.pass('5m');
    office.play(login, '!');
    await office.pass('10m');
    office.play(web, 'x');
    await office.pass('5m');
    office.play(web, '.');
    await office.pass('2m');
    expect(kinds(office)).toEqual(['1 outage recovering login+ample', '2 warning open login']);
    office.play(login, 'x###');
    await office.pass('10m');

    expect(kinds(office)).toEqual(['1 outage resolved login+ample', '2 warning open login']);
    expect(office.incidents[1]).toMatchObject({ severity: 'major', failing: [login] });
  });
});
