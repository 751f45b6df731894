import { expect, test } from 'vitest';
import { rules } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';

test('an outage whose cause changes gets a line and the new cause; its subject stays', async () => {
  const office = await VirtualOffice.open(rules());
  office.play(website, 'x');
  await office.pass('6m');
  office.sees(website, { reason: 'http-status', message: 'status 500' });

  await office.pass('5m');

  expect(office.incident.cause.code).toBe('http-status');
  expect(office.incident.headline.code).toBe('port-closed');
  expect(office.entries('cause-changed').map(({ facts }) => facts?.code)).toEqual(['http-status']);
  expect(office.mails).toEqual(['opened>anna']);
});

test('one look that says something else changes nothing', async () => {
  const office = await VirtualOffice.open(rules());
  office.play(website, 'x');
  await office.pass('6m');
  office.sees(website, { reason: 'http-status' });
  await office.pass('1m');
  office.sees(website, {});

  await office.pass('5m');

  expect(office.incident.cause.code).toBe('port-closed');
});

test('what is found out about the new cause counts', async () => {
  const office = await VirtualOffice.open(rules());
  office.diagnosis = ({ code }) => (code === 'http-status' ? { code: 'slow', findings: [] } : null);
  office.play(website, 'x');
  await office.pass('6m');
  office.sees(website, { reason: 'http-status' });

  await office.pass('5m');

  expect(office.incident.cause.code).toBe('slow');
});

test('a warning that is first slow and then about its certificate becomes one about that', async () => {
  const office = await VirtualOffice.open(rules());
  office.play(website, '!');
  office.sees(website, { reason: 'slow', fingerprint: 'AA' });
  await office.pass('6m');
  office.sees(website, { reason: 'tls-expired', fingerprint: 'AA' });

  await office.pass('5m');

  expect(office.incident).toMatchObject({ fingerprint: 'AA', category: 'certificate', cause: { code: 'tls-expired' } });
});
