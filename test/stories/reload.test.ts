import { describe, expect, test } from 'vitest';
import { check, contact, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';
const login = 'Website/http:login';
const minute = 60_000;

async function outage(input: Parameters<typeof rules>[0] = {}): Promise<VirtualOffice> {
  const office = await VirtualOffice.open(rules(input));
  office.play(website, 'x');
  await office.passTo(20);
  return office;
}

describe('a service that is no longer configured', () => {
  test('ends its incident as no longer watched: told to all who were told, with the list to the admin', async () => {
    const office = await outage();
    office.sent.length = 0;

    await office.reload(rules({ services: [service('Files')] }));
    await office.pass('1m');

    expect(office.incident).toMatchObject({ status: 'closed', failing: [], downSince: null });
    expect(
      office
        .course()
        .map((line) => line.split(' ')[1])
        .slice(-2),
    ).toEqual(['no-longer-watched', 'closed']);
    expect(office.mails.toSorted()).toEqual(['no-longer-watched>anna', 'no-longer-watched>ben', 'services-removed>anna']);
    expect(office.outbox.find(({ kind }) => kind === 'services-removed')?.facts).toEqual({ services: ['Website'] });
    expect(office.engine.desk.record.cells.size).toBe(0);
  });

  test('while this daemon was off, too', async () => {
    const office = await outage();
    office.sent.length = 0;

    await office.crash('1h', { rules: rules({ services: [service('Files')] }) });
    await office.pass('1m');

    expect(office.incident).toMatchObject({ status: 'closed' });
    expect(office.mails.toSorted()).toEqual(['no-longer-watched>anna', 'no-longer-watched>ben', 'services-removed>anna']);
  });

  test('after it was resolved already closes in silence', async () => {
    const office = await outage();
    office.play(website, '.');
    await office.passTo(30);
    office.sent.length = 0;

    await office.reload(rules({ services: [service('Files')] }));
    await office.pass('1m');

    expect(office.incident.status).toBe('closed');
    expect(office.mails).toEqual(['services-removed>anna']);
  });

  test('leaves a person’s report about it to be dealt with', async () => {
    const office = await VirtualOffice.open(rules());
    await office.act({ act: 'report', text: 'odd', service: 'Website' }, 'ben');

    await office.reload(rules({ services: [service('Files')] }));
    await office.passTo(16);

    expect(office.incident).toMatchObject({ status: 'open', kind: 'report' });
    expect(office.mails).toContain('escalated>ben');
  });

  test('that comes back begins anew', async () => {
    const office = await outage();
    await office.reload(rules({ services: [service('Files')] }));
    await office.pass('1m');
    await office.reload(rules());
    await office.pass('5m');

    expect(office.incidents.map(({ status, episode }) => `${status} ${episode}`)).toEqual(['closed 1', 'open 1']);
  });
});

describe('a check that is no longer configured', () => {
  const both = [service('Website', { impact: 'high', checks: [check('Website'), check('Website', { target: 'login' })] })];

  test('leaves an outage that another still carries', async () => {
    const office = await VirtualOffice.open(rules({ services: both }));
    office.play(website, 'x');
    office.play(login, 'x');
    await office.passTo(5);

    await office.reload(rules());
    await office.pass('1m');
    expect(office.incident).toMatchObject({ status: 'open', failing: [website] });
    office.play(website, '.');
    await office.pass('5m');

    expect(office.incident.status).toBe('resolved');
  });

  test('ends an outage that it alone carried, and the service goes on being watched', async () => {
    const office = await VirtualOffice.open(rules({ services: both }));
    office.play(login, 'x');
    await office.passTo(5);

    await office.reload(rules());
    await office.pass('1m');

    expect(office.incident.status).toBe('closed');
    expect(office.mails).toEqual(['opened>anna', 'no-longer-watched>anna']);
  });
});

test('a check that stays degraded goes on as a warning when the outage that covered it is no longer watched', async () => {
  const both = [service('Website', { impact: 'high', checks: [check('Website'), check('Website', { target: 'login' })] })];
  const office = await VirtualOffice.open(rules({ services: both }));
  office.play(website, 'x');
  office.play(login, 'x');
  await office.passTo(5);
  office.play(website, '!');
  await office.passTo(10);

  await office.reload(rules());
  await office.pass('1m');

  expect(office.incidents.map(({ kind, status }) => `${kind} ${status}`)).toEqual(['outage closed', 'warning open']);
});

describe('what follows the rules in force', () => {
  test('later levels, when a policy changes', async () => {
    const office = await VirtualOffice.open(rules());
    office.play(website, 'x');
    await office.passTo(5);
    await office.reload(
      rules({
        escalation: {
          default: [
            { notify: ['anna'], afterMs: 0 },
            { notify: ['boss'], afterMs: 10 * minute },
          ],
        },
      }),
    );

    await office.passTo(30);

    expect(office.post).toEqual(['1 opened>anna', '11 escalated>boss']);
  });

  test('the default policy, when the one in use is deleted', async () => {
    const own = [service('Website', { impact: 'high', escalation: 'own' })];
    const office = await VirtualOffice.open(rules({ services: own, escalation: { own: [{ notify: ['boss'], afterMs: 0 }] } }));
    office.play(website, 'x');
    await office.passTo(5);
    await office.reload(rules({ services: own }));

    await office.passTo(20);

    expect(office.post).toEqual(['1 opened>boss', '16 escalated>ben']);
    expect(office.incident.escalation.policy).toBe('default');
  });

  test('the impact, when it changes: a rise is told', async () => {
    const office = await outage({ services: [service('Website', { impact: 'medium' })] });
    office.sent.length = 0;

    await office.reload(rules());
    await office.pass('1m');

    expect(office.incident).toMatchObject({ impact: 'high', priority: 'P1' });
    expect(office.mails).toEqual(['raised>anna', 'raised>ben']);
  });

  test('a maintenance window that has begun already', async () => {
    const office = await outage();
    office.sent.length = 0;
    const at = office.time.now().wall;

    await office.reload(rules({ maintenance: [{ key: 'm', services: 'all', from: at - minute, to: at + 60 * minute }] }));
    await office.pass('59m');

    expect(office.mails).toEqual([]);
    expect(office.incident.pausedAt).not.toBeNull();
  });

  test('nothing else: the same rules again change nothing', async () => {
    const office = await outage();
    await office.pass('5m');
    await office.engine.desk.turn();
    const before = office.engine.desk.record;

    await office.reload(rules());

    expect(office.engine.desk.record).toBe(before);
  });
});

describe('contacts', () => {
  const renamed = contact('anne', { channels: [{ id: 'mail', kind: 'email', address: 'anna@office.example' }] });
  const staff = [renamed, contact('ben'), contact('boss')];

  test('renamed count as told, by their address', async () => {
    const office = await outage();
    await office.reload(rules({ contacts: staff }));
    office.play(website, '.');

    await office.pass('10m');

    expect(office.mails).toEqual(['opened>anna', 'escalated>ben', 'recovered>anne', 'recovered>ben']);
  });

  test('renamed get what waits for them', async () => {
    const office = await VirtualOffice.open(rules());
    office.mail = () => 'retry';
    office.play(website, 'x');
    await office.passTo(3);

    await office.reload(rules({ contacts: staff }));
    office.mail = () => 'sent';
    await office.passTo(10);

    expect(office.sent[0]).toMatchObject({ kind: 'opened', to: 'anne', key: 'INC-2026-0001/e1/level-1/r0/anna/email' });
  });

  test('removed get nothing more: on record', async () => {
    const office = await VirtualOffice.open(rules());
    office.mail = () => 'retry';
    office.play(website, 'x');
    await office.passTo(3);

    await office.reload(rules({ contacts: [contact('ben'), contact('boss')] }));
    await office.passTo(10);

    expect(office.outbox.find(({ to }) => to === 'anna')).toMatchObject({ state: 'failed' });
    expect(office.entries('notification-failed')).toMatchObject([{ facts: { to: 'anna' } }]);
  });

  test('with a new address get what waits at that', async () => {
    const office = await VirtualOffice.open(rules());
    office.mail = () => 'retry';
    office.play(website, 'x');
    await office.passTo(3);
    const moved = contact('anna', { channels: [{ id: 'email', kind: 'email', address: 'new@office.example' }] });

    await office.reload(rules({ contacts: [moved, contact('ben'), contact('boss')] }));
    office.mail = () => 'sent';
    await office.passTo(10);

    expect(office.sent[0]).toMatchObject({ kind: 'opened', to: 'anna', address: 'new@office.example' });
  });

  test('refused before are tried again under a new configuration', async () => {
    const office = await VirtualOffice.open(rules());
    office.mail = ({ to }) => (to === 'anna' ? 'refused' : 'sent');
    office.play(website, 'x');
    await office.passTo(3);
    office.mail = () => 'sent';
    await office.reload(rules());

    await office.act({ act: 'acknowledge', id: '1' }, 'ben');
    await office.pass('1s');

    expect(office.mails).toContain('taken>anna');
  });
});

describe('the admin', () => {
  test('is told of a refused configuration once for the same mistakes', async () => {
    const office = await VirtualOffice.open(rules());
    for (const digest of ['a', 'a', 'b']) {
      office.engine.desk.post({ type: 'configuration-rejected', digest, problems: ['line 3: unknown key'] });
      await office.pass('1m');
    }

    expect(office.mails).toEqual(['configuration-rejected>anna', 'configuration-rejected>anna']);
  });

  test('is told of the same trouble once a day', async () => {
    const office = await VirtualOffice.open(rules());
    for (let times = 0; times < 3; times += 1) {
      office.engine.desk.post({ type: 'trouble', what: 'record-not-writable', detail: 'no space' });
      await office.pass('9h');
    }

    expect(office.mails).toEqual(['self-trouble>anna', 'self-trouble>anna']);
  });
});
