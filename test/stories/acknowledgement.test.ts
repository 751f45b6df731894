import { describe, expect, test } from 'vitest';
import type { Impact } from '../../src/core/rules.ts';
import { check, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';
const minute = 60_000;

/** An outage of a service of this impact, open since minute 1 of the story. */
async function outage(impact: Impact = 'high', start?: string, script = 'x'): Promise<VirtualOffice> {
  const office = await VirtualOffice.open(rules({ services: [service('Website', { impact })] }), start);
  office.play(website, script);
  await office.passTo(5);
  return office;
}

function take(office: VirtualOffice, by = 'anna', forMs?: number) {
  const { id } = office.incidents[0]!;
  return office.act({ act: 'acknowledge', id, ...(forMs === undefined ? {} : { forMs }) }, by);
}

describe('how long it lasts', () => {
  test.each([
    ['P1', 'high', 'x', undefined, '2026-11-24T11:05:00Z'],
    ['P2', 'medium', 'x', undefined, '2026-11-24T13:05:00Z'],
    ['P3', 'low', 'x', undefined, '2026-11-25T09:00:00Z'],
    ['P4', 'medium', '!', undefined, '2026-11-25T09:00:00Z'],
    ['P3 on a Friday', 'low', 'x', '2026-11-27T09:00:00Z', '2026-11-30T09:00:00Z'],
    ['P3 over a clock change', 'low', 'x', '2027-03-26T09:00:00Z', '2027-03-29T08:00:00Z'],
  ] as const)('%s', async (_, impact, script, start, until) => {
    const office = await outage(impact, start, script);

    const answer = await take(office);

    expect(answer).toMatchObject({ ok: true, reason: 'acknowledged', facts: { by: 'anna', until: Date.parse(until) } });
    expect(office.incident.acknowledged).toMatchObject({ by: 'anna', until: Date.parse(until) });
  });

  test('what the person said, whatever the priority', async () => {
    const office = await outage();

    await take(office, 'anna', 30 * minute);

    expect(office.minuteOf(office.incident.acknowledged?.until ?? 0)).toBe(35);
  });
});

describe('while somebody has it', () => {
  test('nothing escalates, and those told hear who it is', async () => {
    const office = await outage();
    await office.passTo(20);
    await take(office, 'ben');

    await office.passTo(120);

    expect(office.post).toEqual(['1 opened>anna', '16 escalated>ben', '20 taken>anna', '20 taken>ben']);
  });

  test('the taker is asked 15 minutes before the end; at the end the level reached is told again and delays count from there', async () => {
    const office = await outage();
    await office.passTo(20);
    await take(office, 'anna', 60 * minute);
    office.sent.length = 0;

    await office.passTo(200);

    expect(office.post).toEqual([
      '65 acknowledgement-ending>anna',
      '80 acknowledgement-ended>ben',
      '125 escalated>boss',
      '185 reminder>boss',
    ]);
    expect(office.incident.acknowledged).toBeNull();
  });

  test('a taker who said less than a quarter of an hour is not asked', async () => {
    const office = await outage();
    await take(office, 'anna', 10 * minute);

    await office.passTo(16);

    expect(office.post).toEqual(['1 opened>anna', '5 taken>anna', '15 acknowledgement-ended>anna']);
  });

  test('taking it again counts from now, and the taker is asked again', async () => {
    const office = await outage();
    await take(office, 'anna', 60 * minute);
    await office.passTo(55);
    await take(office, 'anna', 60 * minute);
    office.sent.length = 0;

    await office.passTo(101);

    expect(office.post).toEqual(['100 acknowledgement-ending>anna']);
  });

  test('another person may take it over: those told hear that', async () => {
    const office = await outage();
    await take(office, 'anna');
    const answer = await take(office, 'ben');

    expect(answer).toMatchObject({ facts: { by: 'ben', before: 'anna' } });
    expect(office.incident.acknowledged?.by).toBe('ben');
    expect(office.mails).toEqual(['opened>anna', 'taken>anna', 'taken>anna']);
  });

  test('reminders told again later never take an old one’s key', async () => {
    const office = await outage();
    await office.passTo(190);
    await take(office, 'boss', 30 * minute);
    office.sent.length = 0;

    await office.passTo(350);

    expect(office.post).toEqual([
      '205 acknowledgement-ending>boss',
      '220 acknowledgement-ended>boss',
      '280 reminder>boss',
      '340 reminder>boss',
    ]);
    expect(new Set(office.sent.map(({ key }) => key)).size).toBe(4);
  });
});

describe('it is kept', () => {
  test('on a relapse', async () => {
    const office = await outage();
    await take(office);
    office.play(website, '..x');
    await office.pass('5m');

    expect(office.course()).toContain('7 relapsed');
    expect(office.incident).toMatchObject({ status: 'open', acknowledged: { by: 'anna' } });
  });

  test('on a rise of impact', async () => {
    const office = await outage('medium');
    await take(office);

    await office.reload(rules());
    await office.pass('1m');

    expect(office.incident).toMatchObject({ priority: 'P1', acknowledged: { by: 'anna' } });
    expect(office.mails).toEqual(['opened>anna', 'taken>anna', 'raised>anna']);
  });

  test('while it is recovering, even past its end; a relapse after that tells the level reached again', async () => {
    const office = await outage();
    await take(office, 'anna', 10 * minute);
    await office.passTo(14);
    office.play(website, '..........x');
    const slow = rules({
      services: [service('Website', { impact: 'high', checks: [check('Website', { confirmForMs: 60 * minute })] })],
    });
    await office.reload(slow);
    office.sent.length = 0;

    await office.passTo(40);

    expect(office.entries('relapsed')).toHaveLength(1);
    expect(office.mails[0]).toBe('acknowledgement-ended>anna');
  });
});

describe('it ends', () => {
  test('with a reopen', async () => {
    const office = await outage();
    await take(office);
    office.play(website, '.');
    await office.passTo(15);
    office.play(website, 'x');

    await office.passTo(20);

    expect(office.incident).toMatchObject({ episode: 2, status: 'open', acknowledged: null });
  });

  test('with a rise of severity: the taker is told first', async () => {
    const part = check('Website', { part: true, target: 'part' });
    const office = await VirtualOffice.open(rules({ services: [service('Website', { checks: [check('Website'), part] })] }));
    office.play('Website/http:part', 'x');
    await office.passTo(20);
    await take(office, 'ben');
    office.sent.length = 0;
    office.play(website, 'x');

    await office.passTo(25);

    expect(office.incident).toMatchObject({ severity: 'critical', priority: 'P2', acknowledged: null });
    expect(office.mails.slice(0, 2)).toEqual(['raised>ben', 'raised>anna']);
    expect(office.outbox.filter(({ kind }) => kind === 'raised').map(({ to, facts }) => [to, facts.by])).toEqual([
      ['ben', 'ben'],
      ['anna', undefined],
    ]);
    expect(office.entries('acknowledgement-ended')).toMatchObject([{ by: 'ben', facts: { why: 'severity-risen' } }]);
  });

  test('when it is given back: those told hear that, and later delays count from there', async () => {
    const office = await outage();
    await take(office);
    await office.passTo(100);
    const answer = await office.act({ act: 'release', id: office.incident.id }, 'anna');
    office.sent.splice(0, 2);

    await office.passTo(170);

    expect(answer).toMatchObject({ ok: true, reason: 'released' });
    expect(office.post).toEqual(['100 released>anna', '115 escalated>ben', '160 escalated>boss']);
  });
});

describe('on behalf of another', () => {
  test('the other is told, the rest hear who has it', async () => {
    const office = await outage();
    await office.passTo(20);

    const answer = await office.act({ act: 'assign', id: office.incident.id, contact: 'boss' }, 'anna');

    expect(answer).toMatchObject({ ok: true, reason: 'assigned', facts: { to: 'boss' } });
    expect(office.mails).toEqual(['opened>anna', 'escalated>ben', 'assigned>boss', 'taken>anna', 'taken>ben']);
    expect(office.incident.acknowledged?.by).toBe('boss');
  });

  test('nobody unknown can be given it', async () => {
    const office = await outage();

    const answer = await office.act({ act: 'assign', id: office.incident.id, contact: 'constructor' });

    expect(answer).toMatchObject({ ok: false, reason: 'unknown-contact', facts: { known: ['anna', 'ben', 'boss'] } });
    expect(office.incident.acknowledged).toBeNull();
  });
});

describe('what cannot be taken or given back', () => {
  test.each([
    ['an id that does not exist', { act: 'acknowledge', id: 'INC-2026-0099' }, 'unknown-id'],
    ['what nobody has', { act: 'release', id: '1' }, 'not-acknowledged'],
  ] as const)('%s', async (_, act, reason) => {
    const office = await outage();

    expect(await office.act(act)).toMatchObject({ ok: false, reason });
  });

  test('what is over', async () => {
    const office = await outage();
    const { id } = office.incident;
    office.play(website, '.');
    await office.passTo(15);
    expect(await take(office)).toMatchObject({ ok: false, reason: 'already-resolved' });

    await office.passTo(60);
    expect(await take(office)).toMatchObject({ ok: false, reason: 'already-closed', incident: id });
  });
});

test('an incident may be named by its number alone, in any case', async () => {
  const office = await outage();

  expect(await office.act({ act: 'note', id: '1', text: 'one' })).toMatchObject({ ok: true, incident: office.incident.id });
  expect(await office.act({ act: 'note', id: office.incident.id.toLowerCase(), text: 'two' })).toMatchObject({ ok: true });
  expect(office.entries('noted').map(({ text }) => text)).toEqual(['one', 'two']);
});
