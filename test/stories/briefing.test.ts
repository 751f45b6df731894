import { describe, expect, test } from 'vitest';
import type { CauseCode } from '../../src/core/observation.ts';
import type { CheckRule } from '../../src/core/rules.ts';
import { check, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';
const minute = 60_000;

function office(failureThreshold = 3, changes: Partial<CheckRule> = {}): Promise<VirtualOffice> {
  const checks = [check('Website', { failureThreshold, ...changes })];
  return VirtualOffice.open(rules({ services: [service('Website', { impact: 'high', checks })] }));
}

function found(code: CauseCode) {
  const sentence = { de: 'es liegt am Kabel', en: 'it is the cable' };
  return { code, sentence, findings: [{ layer: 'link', verdict: 'bad', subject: 'eth0', detail: 'no carrier' }] } as const;
}

function firstMailAfterOpening(site: VirtualOffice): number {
  const opened = site.outbox.find(({ kind }) => kind === 'opened');
  return ((opened?.at ?? Number.NaN) - site.incident.openedAt) / 1000;
}

describe('why a check fails', () => {
  test('is asked at its first bad look, and known when its incident opens', async () => {
    const site = await office();
    const asked: number[] = [];
    site.diagnosis = () => {
      asked.push(site.minute);
      return found('host-unreachable');
    };
    site.play(website, 'x');

    await site.pass('6m');

    expect(asked).toHaveLength(1);
    expect(site.minuteOf(site.incident.openedAt)).toBeGreaterThan(asked[0] ?? 0);
    expect(site.incident.cause).toMatchObject({ code: 'host-unreachable', sentence: { en: 'it is the cable' } });
    expect(site.incident.headline).toMatchObject({ code: 'host-unreachable', sentence: { en: 'it is the cable' } });
    expect(site.incident).toMatchObject({ category: 'host', diagnosis: { findings: [{ subject: 'eth0' }] } });
    expect(firstMailAfterOpening(site)).toBe(0);
  });

  test('is asked where one look confirms, and the first mail has the answer', async () => {
    const site = await office(1);
    site.diagnosis = () => found('host-unreachable');
    site.play(website, 'x');

    await site.pass('3m');

    expect(site.incident.headline.code).toBe('host-unreachable');
    expect(firstMailAfterOpening(site)).toBeLessThan(1);
    expect(site.mails).toEqual(['opened>anna']);
  });

  test('keeps the first mail waiting for five seconds at most', async () => {
    const site = await office(1);
    site.diagnosis = () => 'hang';
    site.play(website, 'x');

    await site.pass('3m');

    expect(firstMailAfterOpening(site)).toBeCloseTo(5, 1);
    expect(site.incident.cause.code).toBe('port-closed');
  });

  test('and what helped before keep it waiting for seven seconds at most', async () => {
    const site = await office(1);
    site.diagnosis = () => 'hang';
    site.recalled = () => 'hang';
    site.play(website, 'x');

    await site.pass('3m');

    expect(firstMailAfterOpening(site)).toBeGreaterThan(6.9);
    expect(firstMailAfterOpening(site)).toBeLessThanOrEqual(7);
    expect(site.incident).toMatchObject({ briefing: null, known: { seen: 0, similar: [] } });
  });

  test('that is found out late is told by the record; the subject stays', async () => {
    const site = await office(1);
    site.diagnosis = () => null;
    site.play(website, 'x');
    await site.pass('3m');
    const complaint = { check: website, code: 'port-closed' as const, message: '', evidence: [] };

    site.engine.desk.post({ type: 'diagnosed', complaint, diagnosis: { at: 1, ...found('gateway-unreachable') } });
    await site.pass('1m');

    expect(site.incident.cause.code).toBe('gateway-unreachable');
    expect(site.incident.headline.code).toBe('port-closed');
    expect(site.entries('diagnosed')).toHaveLength(1);
    expect(site.mails).toEqual(['opened>anna']);
  });

  test('that changes while a window holds the first mail back moves no subject', async () => {
    const site = await office(1);
    site.diagnosis = ({ code }) => (code === 'http-status' ? found('host-unreachable') : 'hang');
    site.play(website, 'x');
    while (site.incidents.length === 0) await site.pass('1s');
    await site.act({ act: 'start-maintenance', services: ['Website'], durationMs: 20 * minute });
    await site.pass('5m');
    site.sees(website, { reason: 'http-status' });
    await site.pass('10m');
    expect(site.incident).toMatchObject({ cause: { code: 'host-unreachable' }, headline: { code: 'port-closed' } });
    expect(site.mails).toEqual([]);

    await site.pass('10m');

    expect(site.incident.headline.code).toBe('port-closed');
    expect(site.mails).toEqual(['opened>anna']);
  });

  test('and is asked anew after a kill keeps nobody waiting a second time', async () => {
    const site = await office(1);
    site.diagnosis = () => 'hang';
    site.play(website, 'x');
    while (site.incidents.length === 0) await site.pass('1s');
    await site.crash('20s');
    const restart = site.time.now().wall;

    await site.pass('3m');

    const opened = site.outbox.find(({ kind }) => kind === 'opened');
    expect((opened?.at ?? Number.NaN) - restart).toBeLessThan(1_000);
  });

  test('is not asked again and again', async () => {
    const site = await office();
    let asked = 0;
    site.diagnosis = () => {
      asked += 1;
      return null;
    };
    site.play(website, 'x.x.x');

    await site.pass('15m');

    expect(asked).toBeLessThanOrEqual(3);
  });

  test('is asked again where a kill has lost the question', async () => {
    const site = await office();
    let asked = 0;
    site.diagnosis = () => {
      asked += 1;
      return asked === 1 ? 'hang' : found('host-unreachable');
    };
    site.play(website, '.x');
    while (asked === 0) await site.pass('1s');
    await site.crash('1s');

    await site.pass('10m');

    expect(asked).toBe(2);
    expect(site.incident.headline.code).toBe('host-unreachable');
  });

  test('is forgotten once the check is well', async () => {
    const site = await office();
    site.play(website, 'x.');

    await site.pass('10m');

    expect(site.engine.desk.record.inquiries.size).toBe(0);
  });

  test('holds nothing up after a kill', async () => {
    for (const number of [2, 3, 4, 5]) {
      const site = await office(1);
      site.diagnosis = () => 'hang';
      site.play(website, 'x');
      site.crashPoint = { at: 'commit', number, when: 'after' };

      await site.pass('4m');

      expect(new Set(site.mails)).toEqual(new Set(['opened>anna']));
    }
  });
});

describe('what was found out', () => {
  test('before an incident was over says nothing about the next time', async () => {
    const site = await office(3, { reopenWithinMs: 60 * minute });
    site.diagnosis = () => found('host-unreachable');
    site.play(website, 'x');
    await site.pass('5m');
    site.play(website, '.');
    await site.pass('10m');
    expect(site.incident.status).toBe('resolved');
    site.diagnosis = () => null;
    site.play(website, 'x');

    await site.pass('5m');

    expect(site.incident).toMatchObject({ episode: 2, cause: { code: 'port-closed' }, diagnosis: null });
    expect(site.incident.headline.code).toBe('host-unreachable');
  });

  test('about a warning is the cause of the outage that it becomes', async () => {
    const site = await office();
    site.diagnosis = () => found('host-unreachable');
    site.play(website, '!');
    site.sees(website, { reason: 'timeout' });
    await site.pass('5m');
    expect(site.incident).toMatchObject({ kind: 'warning', cause: { code: 'host-unreachable' } });
    site.play(website, 'x');

    await site.pass('5m');

    expect(site.incident).toMatchObject({ kind: 'outage', cause: { code: 'host-unreachable' } });
  });

  test('again after a relapse is no second line in the log', async () => {
    const site = await office(3, { confirmForMs: 10 * minute });
    site.diagnosis = () => found('host-unreachable');
    site.play(website, 'xxxxx...xxxx...x');

    await site.pass('20m');

    expect(site.entries('relapsed')).toHaveLength(2);
    expect(site.entries('diagnosed')).toHaveLength(1);
  });

  test('about a later check of an outage leaves its cause alone', async () => {
    const login = check('Website', { target: 'login' });
    const checks = [check('Website'), login];
    const site = await VirtualOffice.open(rules({ services: [service('Website', { impact: 'high', checks })] }));
    site.diagnosis = ({ check: asked }) => found(asked === login.key ? 'dns-failure' : 'host-unreachable');
    site.play(website, 'x');
    await site.pass('5m');
    site.play(login.key, 'x');

    await site.pass('5m');

    expect(site.incident).toMatchObject({ failing: [website, login.key], cause: { code: 'host-unreachable' } });
    expect(site.entries('diagnosed')).toHaveLength(1);
  });
});
