import { describe, expect, test } from 'vitest';
import type { DeliveryState } from '../../src/core/event.ts';
import { contact, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';
const minute = 60_000;

async function outage(
  mail: VirtualOffice['mail'] = () => 'sent',
  input: Parameters<typeof rules>[0] = {},
): Promise<VirtualOffice> {
  const office = await VirtualOffice.open(rules(input));
  office.mail = mail;
  office.play(website, 'x');
  await office.passTo(3);
  return office;
}

const states = (office: VirtualOffice) => office.outbox.map(({ kind, to, state }) => `${kind}>${to} ${state}`);

describe('a mail that is not accepted', () => {
  test('is tried again, ever less often, until it is', async () => {
    const tries: number[] = [];
    const office = await outage();
    office.sent.length = 0;
    const later: VirtualOffice['mail'] = (): DeliveryState => (tries.push(office.minute) > 8 ? 'sent' : 'retry');
    office.mail = later;

    await office.passTo(120);

    const seconds = tries.slice(1).map((at, index) => Math.round((at - (tries[index] ?? 0)) * 60));
    expect(seconds.slice(0, 8)).toEqual([6, 12, 30, 60, 120, 300, 600, 900]);
    expect(office.mails).toContain('escalated>ben');
  });

  test('holds back later ones of the same incident to the same person, and no others', async () => {
    const office = await outage(({ kind }) => (kind === 'opened' ? 'retry' : 'sent'));
    await office.act({ act: 'acknowledge', id: '1' });
    await office.act({ act: 'assign', id: '1', contact: 'ben' });
    await office.passTo(10);
    expect(office.mails).toEqual(['assigned>ben']);
    office.mail = () => 'sent';

    await office.passTo(20);

    expect(office.mails).toEqual(['assigned>ben', 'opened>anna', 'taken>anna', 'taken>anna']);
  });

  test('is tried at once when the daemon starts anew', async () => {
    const office = await outage(() => 'retry');
    await office.passTo(60);
    office.mail = () => 'sent';

    await office.crash('1s');
    await office.pass('1s');

    expect(office.mails).toContain('opened>anna');
  });

  test('fails on record after three days, whatever has become of its incident', async () => {
    const office = await outage(() => 'retry', { services: [service('Website', { impact: 'low' })] });
    await office.reload(rules({ services: [service('Files', { checks: [] })] }));
    await office.pass('3d1h');

    expect(office.incident.status).toBe('closed');
    expect(office.archived.size).toBe(1);
    expect(office.notifications.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      'opened failed',
      'no-longer-watched failed',
      'services-removed failed',
    ]);
    expect(office.entries('notification-failed')).toHaveLength(2);
  });

  test('keeps its incident in the record until it has ended', async () => {
    const office = await outage(() => 'retry', { services: [service('Website', { impact: 'low' })] });
    office.play(website, '!');
    await office.reload(rules({ services: [service('Files')] }));
    await office.pass('1h');
    expect(office.incident.status).toBe('closed');
    expect(office.archived.size).toBe(0);
    office.mail = () => 'sent';

    await office.pass('1h');

    expect(office.archived.size).toBe(1);
    expect(office.engine.desk.record.outbox.values().every(({ incidents }) => incidents.length === 0)).toBe(true);
  });
});

describe('a mail whose answer was lost', () => {
  test('is copied after ten minutes, three in all, under the same key', async () => {
    const office = await outage(() => 'uncertain');

    await office.passTo(120);

    const opened = office.sent.filter(({ kind }) => kind === 'opened');
    expect(opened).toHaveLength(3);
    expect(new Set(opened.map(({ key }) => key)).size).toBe(1);
    const [first, second, third] = opened.map(({ minute: at }) => at);
    expect([(second ?? 0) - (first ?? 0), (third ?? 0) - (second ?? 0)].map(Math.round)).toEqual([10, 10]);
    expect(states(office)[0]).toBe('opened>anna uncertain');
  });

  test('holds nothing back', async () => {
    const office = await outage(({ kind }) => (kind === 'opened' ? 'uncertain' : 'sent'));
    await office.act({ act: 'acknowledge', id: '1' });
    await office.pass('1s');

    expect(office.mails).toEqual(['opened>anna', 'taken>anna']);
  });

  test('in a crash is repeated at once, once; in the next crash it waits', async () => {
    const office = await outage(() => 'hang');
    const tries = () => office.deliveries;
    expect(tries()).toBe(1);

    await office.crash('1s');
    expect(tries()).toBe(2);
    await office.crash('1s');
    expect(tries()).toBe(2);
    office.mail = () => 'sent';
    await office.pass('11m');

    expect(office.mails).toEqual(['opened>anna']);
    expect(office.outbox[0]).toMatchObject({ state: 'sent', doubtful: 2 });
  });
});

describe('a recipient that is refused for good', () => {
  test('is shown; the next person is told at once, and the admin by another path', async () => {
    const office = await outage(({ to }) => (to === 'anna' ? 'refused' : 'sent'), {
      admin: 'boss',
      services: [service('Website', { impact: 'high', owner: 'anna' })],
    });

    expect(office.mails.toSorted()).toEqual(['escalated>ben', 'recipient-refused>boss']);
    expect(office.entries('notification-failed')).toMatchObject([{ facts: { to: 'anna', address: 'anna@office.example' } }]);
    expect(office.entries('level-skipped')).toMatchObject([{ facts: { level: 1, why: 'recipient-refused' } }]);
    expect(office.engine.desk.record.refused.has('anna/email')).toBe(true);
  });

  test('who is the admin: somebody else hears of it', async () => {
    const office = await outage(({ to }) => (to === 'anna' ? 'refused' : 'sent'));

    expect(office.mails.toSorted()).toEqual(['escalated>ben', 'recipient-refused>ben']);
  });

  test('does not pass on a level in which somebody else hears it', async () => {
    const levels = [
      { notify: ['anna', 'ben'], afterMs: 0 },
      { notify: ['boss'], afterMs: 15 * minute },
    ];
    const office = await outage(({ to }) => (to === 'anna' ? 'refused' : 'sent'), { escalation: { default: levels } });

    expect(office.mails.toSorted()).toEqual(['opened>ben', 'recipient-refused>ben']);
    await office.passTo(20);
    expect(office.mails).toContain('escalated>boss');
  });

  test('does not pass on while another address of the same person takes it', async () => {
    const channels = ['one', 'two'].map((id) => ({ id, kind: 'email', address: `${id}@office.example` }) as const);
    const office = await outage(({ channel }) => (channel === 'one' ? 'refused' : 'sent'), {
      contacts: [contact('anna', { channels }), contact('ben')],
    });

    expect(office.mails).toContain('opened>anna');
    expect(office.mails).not.toContain('escalated>ben');
  });

  test('is passed over by what follows, and tried again after a day', async () => {
    let refuse = true;
    const office = await outage(({ to }) => (refuse && to === 'anna' ? 'refused' : 'sent'));
    await office.act({ act: 'acknowledge', id: '1', forMs: 40 * 60 * minute }, 'ben');
    await office.passTo(60);
    expect(office.outbox.filter(({ to }) => to === 'anna')).toHaveLength(1);
    refuse = false;

    await office.passTo(26 * 60);
    await office.act({ act: 'acknowledge', id: '1' }, 'boss');
    await office.pass('1s');

    expect(office.mails).toContain('taken>anna');
    expect(office.engine.desk.record.refused.size).toBe(0);
  });

  test('for a group: each of its incidents goes to the next person', async () => {
    const services = ['Website', 'Files', 'Mail'].map((name) => service(name, { impact: 'high' }));
    const office = await VirtualOffice.open(rules({ services }));
    office.mail = ({ kind, to }) => (to === 'anna' && kind === 'group' ? 'refused' : 'sent');
    for (const name of ['Website', 'Files', 'Mail']) await office.act({ act: 'report', text: 'broken', service: name }, 'nobody');
    await office.pass('2m');

    const skipped = office.incidents.filter(({ timeline }) => timeline.some(({ type }) => type === 'level-skipped'));
    expect(skipped).toHaveLength(2);
    expect(
      new Set(office.sent.filter(({ to }) => to === 'ben').flatMap(({ incidents }) => incidents)).size,
    ).toBeGreaterThanOrEqual(2);
  });

  test('the last there is: the admin has the incident at once', async () => {
    const levels = [{ notify: ['ben'], afterMs: 0 }];
    const office = await outage(({ to }) => (to === 'ben' ? 'refused' : 'sent'), { escalation: { default: levels } });

    expect(office.mails.toSorted()).toEqual(['escalated>anna', 'recipient-refused>anna']);
  });
});

describe('a mail server that hangs', () => {
  test('is given up after eleven minutes, and does not hold back other people', async () => {
    const office = await outage(({ to }) => (to === 'anna' ? 'hang' : 'sent'));

    await office.passTo(18);

    expect(office.mails).toContain('escalated>ben');
    expect(office.outbox[0]).toMatchObject({ to: 'anna', state: 'uncertain', doubtful: 1 });
  });
});

describe('a disk that does not take the record', () => {
  test('mails go out all the same, the admin is told once, and nothing spins', async () => {
    const office = await VirtualOffice.open(rules());
    office.disk = 'fails';
    office.play(website, 'x');
    const { commits } = office;

    await office.passTo(20);

    expect(office.engine.desk.degraded).toBe(true);
    expect(office.mails).toEqual(['self-trouble>anna', 'opened>anna', 'escalated>ben']);
    expect(office.commits - commits).toBeLessThan(20 * 6 + 30);
  });

  test('ends being degraded with the first write that works, and a restart goes on from there', async () => {
    const office = await VirtualOffice.open(rules());
    office.disk = 'fails';
    office.play(website, 'x');
    await office.passTo(5);
    office.disk = 'works';
    await office.passTo(6);
    expect(office.engine.desk.degraded).toBe(false);

    await office.crash('1s');
    await office.passTo(20);

    expect(office.mails).toEqual(['self-trouble>anna', 'opened>anna', 'escalated>ben']);
  });

  test('that hangs is waited for five seconds once, then nothing is written on top of it', async () => {
    const office = await VirtualOffice.open(rules());
    office.disk = 'hangs';
    office.play(website, 'x');
    const { commits } = office;

    await office.passTo(20);

    expect(office.commits - commits).toBe(1);
    expect(office.mails).toEqual(['self-trouble>anna', 'opened>anna', 'escalated>ben']);
    await office.unhang();
    await office.pass('1m');
    expect(office.engine.desk.degraded).toBe(false);
    expect(office.committed).toBe(office.engine.desk.record);
  });
});
