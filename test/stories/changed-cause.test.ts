import { describe, expect, test } from 'vitest';
import { check, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';
const login = 'Website/http:login';

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

test('a cause that has changed while nobody looked counts once the failure is confirmed again', async () => {
  const office = await VirtualOffice.open(rules());
  office.play(website, 'x');
  await office.pass('6m');
  office.sees(website, { reason: 'http-status', message: 'status 500' });

  await office.crash('20m');
  await office.pass('5m');

  expect(office.incident.cause).toMatchObject({ code: 'http-status', evidence: ['status 500'] });
  expect(office.entries('cause-changed').map(({ facts }) => facts)).toEqual([
    { check: website, code: 'http-status', from: 'port-closed' },
  ]);
});

test('a check that got worse for another reason has one line for both', async () => {
  const office = await VirtualOffice.open(rules());
  office.play(website, '!');
  await office.pass('6m');
  office.play(website, 'x');

  await office.pass('6m');

  expect(office.incident).toMatchObject({ kind: 'outage', cause: { code: 'port-closed' } });
  expect(office.entries('cause-changed')).toEqual([]);
  expect(office.entries('check-failed')).toHaveLength(1);
});

test('a cause that comes and goes is a line each time, and asked about anew', async () => {
  const office = await VirtualOffice.open(rules());
  office.play(website, 'x');
  for (const reason of ['port-closed', 'timeout', 'port-closed'] as const) {
    office.sees(website, { reason });
    await office.pass('5m');
  }

  expect(office.entries('cause-changed').map(({ facts }) => `${facts?.from} ${facts?.code}`)).toEqual([
    'port-closed timeout',
    'timeout port-closed',
  ]);
});

test('of a check that is not the first to fail it is a line, and the cause stays', async () => {
  const checks = [check('Website'), check('Website', { target: 'login' })];
  const office = await VirtualOffice.open(rules({ services: [service('Website', { checks })] }));
  office.play(website, 'x');
  await office.pass('3m');
  office.play(login, 'x');
  await office.pass('5m');
  office.sees(login, { reason: 'content', message: 'no login' });

  await office.pass('5m');

  expect(office.incident.cause.code).toBe('port-closed');
  expect(office.entries('cause-changed')[0]).toMatchObject({
    text: 'no login',
    facts: { check: login, code: 'content', from: 'port-closed' },
  });
});

test('survives a kill: once it is a line', async () => {
  for (const number of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
    const office = await VirtualOffice.open(rules());
    office.play(website, 'x');
    await office.pass('6m');
    office.sees(website, { reason: 'http-status' });
    office.crashPoint = { at: 'commit', number: office.commits + number, when: number % 2 === 0 ? 'before' : 'after' };

    await office.pass('10m');

    expect(office.entries('cause-changed')).toHaveLength(1);
    expect(office.incident.cause.code).toBe('http-status');
  }
});

describe('a warning about a certificate that is about slowness from now on', () => {
  test('carries no fingerprint any more, and takes the certificate up again when that is it', async () => {
    const office = await VirtualOffice.open(rules());
    office.play(website, '!');
    office.sees(website, { reason: 'tls-expired', fingerprint: 'AA' });
    await office.pass('6m');
    office.sees(website, { reason: 'slow', fingerprint: 'AA' });
    await office.pass('5m');
    expect(office.incident).toMatchObject({ fingerprint: null, category: 'performance', cause: { code: 'slow' } });

    office.sees(website, { reason: 'tls-expired', fingerprint: 'AA' });
    await office.pass('5m');

    expect(office.incident).toMatchObject({ fingerprint: 'AA', category: 'certificate', cause: { code: 'tls-expired' } });
  });

  test('leaves the one that others share, and comes back to it', async () => {
    const checks = [check('Website'), check('Website', { target: 'login' })];
    const office = await VirtualOffice.open(rules({ services: [service('Website', { checks })] }));
    for (const key of [website, login]) {
      office.play(key, '!');
      office.sees(key, { reason: 'tls-expired', fingerprint: 'AA' });
    }
    await office.pass('6m');
    expect(office.incident.failing.toSorted()).toEqual([website, login]);

    office.sees(login, { reason: 'slow', fingerprint: 'AA' });
    await office.pass('10m');
    expect(office.incidents.map(({ fingerprint, failing }) => [fingerprint, failing])).toEqual([
      ['AA', [website]],
      [null, [login]],
    ]);
    await office.crash('10m');
    await office.pass('5m');
    expect(office.incidents.map(({ failing }) => failing)).toEqual([[website], [login]]);

    office.sees(login, { reason: 'tls-expired', fingerprint: 'AA' });
    await office.pass('5m');

    expect(office.incidents.map(({ failing, mergedInto }) => [failing, mergedInto])).toEqual([
      [[website, login], null],
      [[], office.incidents[0]?.id],
    ]);
    expect(office.mails).toEqual(['opened>anna', 'opened>anna', 'merged>anna']);
  });
});
