import { describe, expect, test } from 'vitest';
import { contact, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';
const hour = 60;
const day = 24 * hour;

async function open(input: Parameters<typeof rules>[0] = {}): Promise<VirtualOffice> {
  return await VirtualOffice.open(rules(input));
}

function report(
  office: VirtualOffice,
  by: string,
  changes: { service?: string; severity?: 'minor' | 'major' | 'critical' } = {},
) {
  return office.act({ act: 'report', text: 'The login page is blank', ...changes }, by);
}

describe('a report', () => {
  test('is an incident like any other: severity major × the impact of the service, told and escalated', async () => {
    const office = await open();

    const answer = await report(office, 'carla', { service: 'Website' });
    await office.passTo(20);

    expect(answer).toMatchObject({ ok: true, reason: 'reported', incident: 'INC-2026-0001', facts: { priority: 'P2' } });
    expect(office.incident).toMatchObject({
      kind: 'report',
      source: 'person',
      severity: 'major',
      impact: 'high',
      headline: { words: 'The login page is blank' },
      cause: { code: 'reported' },
    });
    expect(office.post).toEqual(['0 reported>anna', '15 escalated>ben']);
  });

  test.each([
    ['without a service: medium', {}, 'P3'],
    ['of a severity that is said', { severity: 'critical', service: 'Website' }, 'P1'],
    ['of a small one', { severity: 'minor', service: 'Website' }, 'P3'],
  ] as const)('%s', async (_, changes, priority) => {
    const office = await open();

    await report(office, 'carla', changes);

    expect(office.incident.priority).toBe(priority);
  });

  test('counts no downtime, and its end is when a person resolves it', async () => {
    const office = await open();
    await report(office, 'carla', { service: 'Website' });
    await office.passTo(30);

    const answer = await office.act({ act: 'resolve', id: '1', cause: 'cache', fix: 'emptied' }, 'anna');
    await office.pass('1m');

    expect(answer).toMatchObject({ ok: true, reason: 'resolved' });
    expect(office.incident).toMatchObject({ status: 'resolved', downtimeMs: 0 });
    expect(office.mails).toEqual(['reported>anna', 'escalated>ben', 'recovered>anna', 'recovered>ben']);
  });

  test('may be closed at once', async () => {
    const office = await open();
    await report(office, 'carla');

    expect(await office.act({ act: 'close', id: '1', force: false })).toMatchObject({ ok: true, reason: 'closed' });
    expect(office.incident.status).toBe('closed');
  });
});

describe('the reporter', () => {
  test('who is a contact gets the number and the end, also when nobody else hears the end', async () => {
    const office = await open({ services: [service('Website', { impact: 'low' })] });
    await report(office, 'ben', { service: 'Website' });
    expect(office.incident.priority).toBe('P4');
    await office.act({ act: 'resolve', id: '1', cause: 'cache', fix: 'emptied' });
    await office.pass('1m');

    expect(office.mails.filter((mail) => mail.endsWith('>ben'))).toEqual(['reported>ben', 'recovered>ben']);
    expect(office.mails).not.toContain('recovered>anna');
  });

  test('who wrote from an address gets them there', async () => {
    const office = await open();
    await report(office, 'carla@office.example', { service: 'Website' });
    await office.act({ act: 'resolve', id: '1', cause: 'cache', fix: 'emptied' });
    await office.pass('1m');

    expect(
      office.sent.filter(({ to }) => to === 'carla@office.example').map(({ kind, address }) => `${kind} ${address}`),
    ).toEqual(['reported carla@office.example', 'recovered carla@office.example']);
  });

  test('whose address is a contact’s is that contact, and hears each thing once', async () => {
    const office = await open();
    await report(office, 'Anna@office.example', { service: 'Website' });
    await office.act({ act: 'resolve', id: '1', cause: 'cache', fix: 'emptied' });
    await office.pass('1m');

    expect(office.mails).toEqual(['reported>anna', 'recovered>anna']);
  });

  test('who is of the first level as well is told once, and counts as told', async () => {
    const office = await open();
    await report(office, 'anna', { service: 'Website' });
    await office.act({ act: 'acknowledge', id: '1' }, 'ben');
    await office.pass('1m');

    expect(office.mails).toEqual(['reported>anna', 'taken>anna']);
  });

  test('who is of no level hears the number and the end, and nothing between', async () => {
    const office = await open();
    await report(office, 'boss', { service: 'Website' });
    await office.act({ act: 'acknowledge', id: '1' }, 'anna');
    await office.act({ act: 'resolve', id: '1', cause: 'cache', fix: 'emptied' });
    await office.pass('1m');

    expect(office.mails.filter((mail) => mail.endsWith('>boss'))).toEqual(['reported>boss', 'recovered>boss']);
  });

  test.each(['carla', 'Carla <carla@office.example>', 'a@b@c', 'carla@office.example\nBcc: x@y.example'])(
    'called %j is written down, and nothing is sent to that',
    async (by) => {
      const office = await open();
      await report(office, by, { service: 'Website' });
      await office.pass('1m');

      expect(office.incident.reporters).toEqual([by]);
      expect(office.mails).toEqual(['reported>anna']);
    },
  );
});

describe('a report on a service with an open incident', () => {
  test('joins it: known since when, and who is on it; the reporter hears that and the end', async () => {
    const office = await open();
    office.play(website, 'x');
    await office.passTo(5);
    await office.act({ act: 'acknowledge', id: '1' }, 'anna');

    const answer = await report(office, 'boss', { service: 'Website' });
    office.play(website, '.');
    await office.passTo(20);

    expect(answer).toMatchObject({
      ok: true,
      reason: 'joined',
      incident: 'INC-2026-0001',
      facts: { since: office.incident.startedAt, taker: 'anna' },
    });
    expect(office.entries('joined')).toMatchObject([{ by: 'boss', text: 'The login page is blank' }]);
    expect(office.mails).toEqual(['opened>anna', 'taken>anna', 'report-joined>boss', 'recovered>anna', 'recovered>boss']);
  });

  test('twice by the same person is noted twice and answered by one mail', async () => {
    const office = await open();
    office.play(website, 'x');
    await office.passTo(5);
    await report(office, 'boss', { service: 'Website' });
    await office.pass('1m');
    await report(office, 'boss', { service: 'Website' });
    await office.pass('1m');

    expect(office.incident.reporters).toEqual(['boss']);
    expect(office.entries('joined')).toHaveLength(2);
    expect(office.mails.filter((mail) => mail === 'report-joined>boss')).toHaveLength(1);
  });

  test('that is over already is a new one', async () => {
    const office = await open();
    office.play(website, 'x');
    await office.passTo(5);
    office.play(website, '.');
    await office.passTo(15);

    expect(await report(office, 'boss', { service: 'Website' })).toMatchObject({ reason: 'reported' });
  });
});

describe('a report on which nobody acts', () => {
  const slow = { services: [], escalation: { default: [{ notify: ['owner'], afterMs: 0 }] } };
  const asks = (office: VirtualOffice) =>
    office.sent.filter(({ kind }) => kind === 'report-unanswered').map(({ minute: at }) => Math.round(at / hour));

  test('is asked about after three office days, then daily, and closes after 14 days; the reporter is told', async () => {
    const office = await open(slow);
    await report(office, 'ben');

    await office.pass('15d');

    expect(asks(office).slice(0, 2)).toEqual([3 * 24, 4 * 24]);
    expect(asks(office)).toHaveLength(11);
    expect(office.incident).toMatchObject({ status: 'closed' });
    expect(office.minuteOf(office.incident.closedAt ?? 0)).toBe(14 * day);
    expect(office.entries('resolved')).toMatchObject([{ facts: { why: 'no-answer' } }]);
    expect(office.sent.at(-1)).toMatchObject({ kind: 'recovered', to: 'ben', reason: 'no-answer' });
    expect(office.mails.filter((mail) => !mail.startsWith('report-unanswered'))).toEqual([
      'reported>ben',
      'reported>anna',
      'recovered>ben',
    ]);
  });

  test('over a weekend waits for office days, and any act begins the count anew', async () => {
    const office = await VirtualOffice.open(rules(slow), '2026-11-27T09:00:00Z');
    await report(office, 'ben');
    await office.pass('4d');
    expect(asks(office)).toEqual([]);
    await office.act({ act: 'note', id: '1', text: 'waiting for a part' });

    await office.pass('3d1h');
    expect(asks(office)).toEqual([4 * 24 + 3 * 24]);
  });

  test('is not asked about while somebody has it', async () => {
    const office = await open(slow);
    await report(office, 'ben');
    await office.act({ act: 'acknowledge', id: '1', forMs: 5 * day * 60_000 });

    await office.pass('4d23h');

    expect(asks(office)).toEqual([]);
  });

  test('is asked about once, not once for each day that this daemon was off or its clock jumped', async () => {
    const office = await open(slow);
    await report(office, 'ben');
    await office.pass('1h');
    await office.crash('6d');
    await office.pass('2h');
    expect(asks(office)).toHaveLength(1);

    office.time.set(3 * day * 60_000);
    await office.pass('2h');
    expect(asks(office)).toHaveLength(1);
  });
});

test('the owner of an outside firm is asked like any other', async () => {
  const office = await open({
    contacts: [contact('anna'), contact('firm', { outside: true })],
    services: [service('Files', { owner: 'firm' })],
  });

  await report(office, 'anna', { service: 'Files' });
  await office.pass('1m');

  expect(office.mails).toEqual(['reported>anna', 'reported>firm']);
});
