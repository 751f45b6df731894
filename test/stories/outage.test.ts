import { expect, test } from 'vitest';
import { rules } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';

test('an outage is confirmed, told, escalated, recovers, is resolved and closes by itself', async () => {
  const office = await VirtualOffice.open(rules());
  await office.pass('5m');

  office.play(website, 'x');
  await office.pass('20m');

  expect(office.incident).toMatchObject({
    status: 'open',
    kind: 'outage',
    priority: 'P1',
    severity: 'critical',
    category: 'web',
  });
  expect(office.mails).toEqual(['opened>anna', 'escalated>ben']);

  office.play(website, '.');
  await office.pass('10m');

  expect(office.incident).toMatchObject({ status: 'resolved' });
  expect(office.mails).toEqual(['opened>anna', 'escalated>ben', 'recovered>anna', 'recovered>ben']);

  await office.pass('35m');
  expect(office.incident.status).toBe('closed');
  expect(office.mails.slice(4)).toEqual(['cause-missing>anna']);
});

test('the first bad look makes the next ones come every retry interval, until it is clear what it was', async () => {
  const office = await VirtualOffice.open(rules());
  await office.passTo(5);
  office.looks.length = 0;
  office.play(website, '..xxx....');

  await office.passTo(13);

  const [first] = office.looks;
  const seconds = office.looks.map(({ minute }) => Math.round((minute - (first?.minute ?? 0)) * 60));
  const gaps = seconds.slice(1).map((at, index) => at - (seconds[index] ?? 0));
  expect(gaps.slice(0, 7)).toEqual([60, 60, 30, 30, 60, 30, 30].map((gap) => expect.closeTo(gap, -1)));
  expect(office.incident.status).toBe('resolved');
});

test.each([
  ['one bad look', 'x.'],
  ['two in a row', 'xx.'],
  ['every other one, twice', 'x.x.'],
  ['two of every three, twice', 'xx.xx.'],
])('%s opens nothing and tells nobody', async (_, script) => {
  const office = await VirtualOffice.open(rules());
  await office.passTo(2);
  office.play(website, script);

  await office.passTo(30);

  expect(office.incidents).toEqual([]);
  expect(office.sent).toEqual([]);
  expect(office.engine.desk.record.cells.size).toBe(0);
});

test('a service that fails from the very first look is an incident, too', async () => {
  const office = await VirtualOffice.open(rules());
  office.play(website, 'x');

  await office.passTo(3);

  expect(office.mails).toEqual(['opened>anna']);
});

test('while all is well nothing is written', async () => {
  const office = await VirtualOffice.open(rules());
  await office.passTo(5);
  const { commits } = office;

  await office.pass('3h');

  expect(office.commits).toBe(commits);
});
