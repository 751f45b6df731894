import { describe, expect, test } from 'vitest';
import type { CauseCode } from '../../src/core/observation.ts';
import { check, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';
const mail = 'Mail/http:example';

function office(failureThreshold = 3): Promise<VirtualOffice> {
  const site = { impact: 'high' as const, checks: [check('Website', { failureThreshold })] };
  return VirtualOffice.open(rules({ services: [service('Website', site), service('Mail')] }));
}

function finding(code: CauseCode) {
  return () => ({ code, findings: [] });
}

describe('a server that is cut off', () => {
  test('has one incident, which affects all that it cannot see', async () => {
    const cutOff = await office();
    cutOff.diagnosis = finding('local-network');
    for (const key of [website, mail]) cutOff.play(key, 'x');
    await cutOff.pass('6m');
    for (const key of [website, mail]) cutOff.play(key, '.');
    await cutOff.pass('10m');

    const { incident } = cutOff;
    expect([incident.service, incident.kind, incident.category, incident.cause.code]).toEqual([
      'incidentd',
      'outage',
      'network',
      'local-network',
    ]);
    expect(incident.priority).toBe('P1');
    expect(incident.affected.map(({ name }) => name).sort()).toEqual(['Mail', 'Website']);
    expect(incident.affected.every(({ to }) => to !== null)).toBe(true);
    expect(incident.downtimeMs).toBe(0);
    expect(incident.status).toBe('resolved');
    expect(cutOff.mails).toEqual(['opened>anna', 'recovered>anna']);
  });

  test('takes in what opened before that was known', async () => {
    const cutOff = await office(1);
    cutOff.diagnosis = finding('local-network');
    for (const key of [website, mail]) cutOff.play(key, 'x');

    await cutOff.pass('6m');

    const running = cutOff.incidents.filter(({ status }) => status === 'open');
    expect(running.map(({ service }) => service)).toEqual(['incidentd']);
    expect(running[0]?.affected.map(({ name }) => name).sort()).toEqual(['Mail', 'Website']);
    expect(cutOff.mails).toEqual(['opened>anna']);
  });

  test('once it has its network back, what still fails has its own incident five minutes later', async () => {
    const cutOff = await office();
    cutOff.diagnosis = finding('local-network');
    for (const key of [website, mail]) cutOff.play(key, 'x');
    await cutOff.pass('6m');
    cutOff.diagnosis = finding('port-closed');
    cutOff.play(website, '.');

    await cutOff.pass('10m');

    const [first, second] = cutOff.incidents;
    expect(first?.status).toBe('resolved');
    expect([second?.service, second?.linked]).toEqual(['Mail', [first?.id]]);
  });

  test('says nothing of services that fail for reasons of their own', async () => {
    const cutOff = await office();
    cutOff.diagnosis = ({ check: key }) => (key === mail ? finding('local-network')() : finding('http-status')());
    for (const key of [website, mail]) cutOff.play(key, 'x');

    await cutOff.pass('6m');

    expect(cutOff.incidents.map(({ service: name }) => name).sort()).toEqual(['Website', 'incidentd']);
  });
});
