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
