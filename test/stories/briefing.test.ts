import { describe, expect, test } from 'vitest';
import type { CauseCode } from '../../src/core/observation.ts';
import { check, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';

function office(failureThreshold = 3): Promise<VirtualOffice> {
  return VirtualOffice.open(
    rules({ services: [service('Website', { impact: 'high', checks: [check('Website', { failureThreshold })] })] }),
  );
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
