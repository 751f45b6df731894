import { describe, expect, test } from 'vitest';
import { rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';

/** An outage of one service, open since minute 1 of the story; now it is minute 5. */
async function outage(): Promise<VirtualOffice> {
  const office = await VirtualOffice.open(rules());
  office.play(website, 'x');
  await office.passTo(5);
  return office;
}

describe('checks that cannot be looked at', () => {
  const three = rules({ services: ['Website', 'Files', 'Mail'].map((name) => service(name)) });

  test('join one incident about incidentd, told to the admin in the digest, and leave it one by one', async () => {
    const office = await VirtualOffice.open(three);
    for (const name of ['Website', 'Files']) office.play(`${name}/http:example`, '?');

    await office.pass('15m');
    expect(office.incident).toMatchObject({
      service: 'incidentd',
      category: 'monitoring',
      cause: { code: 'not-watched' },
      severity: 'minor',
      impact: 'medium',
      priority: 'P4',
    });
    expect(office.incident.failing).toHaveLength(2);
    expect(office.mails).toEqual(['opened>anna']);
    expect(office.incident.cause.evidence).toEqual([`${website}: cannot look`, 'Files/http:example: cannot look']);

    office.play(website, '.');
    await office.pass('5m');
    expect(office.incident).toMatchObject({ status: 'open', failing: ['Files/http:example'] });
    office.play('Files/http:example', '.');
    await office.pass('10m');

    expect(office.incident.status).toBe('resolved');
    expect(office.mails).toEqual(['opened>anna']);
  });

  test('soon again reopen the same', async () => {
    const office = await VirtualOffice.open(three);
    office.play(website, '?');
    await office.pass('15m');
    office.play(website, '.');
    await office.pass('10m');
    office.play(website, '?');

    await office.pass('15m');

    expect(office.incident).toMatchObject({ status: 'open', episode: 2 });
  });

  test('say nothing about the service: a hard state stays, and so does its incident', async () => {
    const office = await outage();
    office.play(website, '?');

    await office.pass('20m');

    expect(office.incidents.map(({ service: of, status }) => `${of} ${status}`)).toEqual(['Website open', 'incidentd open']);
    expect(office.mails).toContain('escalated>ben');
  });

  test('are forgotten with their configuration', async () => {
    const office = await VirtualOffice.open(three);
    office.play(website, '?');
    await office.pass('15m');

    await office.reload(rules({ services: [service('Files')] }));
    await office.pass('5m');

    expect(office.incident).toMatchObject({ service: 'incidentd', status: 'resolved' });
  });

  test('closed by force, its checks open an incident all the same when they really fail', async () => {
    const office = await VirtualOffice.open(rules());
    office.play(website, '?');
    await office.pass('15m');
    await office.act({ act: 'close', id: '1', force: true });
    office.play(website, '!');

    await office.pass('5m');

    expect(office.incidents.map(({ service: of, status }) => `${of} ${status}`)).toEqual(['incidentd closed', 'Website open']);
  });
});
