import { describe, expect, test } from 'vitest';
import type { EarlierIncident } from '../../src/core/known-error.ts';
import { earlierOf } from '../../src/core/known-errors.ts';
import { check, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';
const minute = 60_000;

const earlier: EarlierIncident = {
  id: 'INC-2026-0900',
  service: 'Website',
  serviceName: 'Website',
  code: 'port-closed',
  openedAt: Date.parse('2026-05-12T10:00:00Z'),
  tookMs: 8 * minute,
  cause: 'out of memory',
  fix: 'restarted nginx',
};

function office(): Promise<VirtualOffice> {
  const checks = [check('Website', { reopenWithinMs: 5 * minute })];
  return VirtualOffice.open(rules({ services: [service('Website', { impact: 'high', checks })] }));
}

describe('what is known of an incident', () => {
  test('comes from the history, and is there with the first mail', async () => {
    const site = await office();
    site.recalled = ({ code, service: of }) => ({
      seen: of === 'Website' && code === 'port-closed' ? 3 : 0,
      lastAt: earlier.openedAt,
      similar: [earlier],
    });
    site.play(website, 'x');

    await site.pass('5m');

    expect(site.incident.known).toMatchObject({
      seen: 3,
      lastAt: earlier.openedAt,
      fix: { text: 'restarted nginx', by: 'person', incident: 'INC-2026-0900', tookMs: 8 * minute },
    });
    expect(site.outbox[0]?.at).toBe(site.incident.openedAt);
  });

  test('comes from the record where an incident has not gone to the history yet', async () => {
    const site = await office();
    site.play(website, 'x');
    await site.pass('5m');
    await site.act({ act: 'resolve', id: '1', fix: 'plugged in' });
    site.play(website, '.');
    await site.pass('15m');
    expect(site.incident.status).toBe('closed');
    site.play(website, 'x');

    await site.pass('5m');

    const [first, second] = site.incidents;
    expect(second?.known).toMatchObject({ seen: 1, lastAt: first?.openedAt, fix: { text: 'plugged in', incident: first?.id } });
  });

  test('is a remedy that helped, where nobody recorded a fix', async () => {
    const site = await office();
    const { fix: _, cause: __, ...mended } = earlier;
    site.recalled = () => ({ seen: 1, lastAt: earlier.openedAt, similar: [{ ...mended, remedy: 'systemctl restart nginx' }] });
    site.play(website, 'x');

    await site.pass('5m');

    expect(site.incident.known?.fix).toMatchObject({ text: 'systemctl restart nginx', by: 'remedy' });
  });

  test('is a remedy that helped the last time, as it went into the history', async () => {
    const atMost = { times: 2, perMs: 60 * minute };
    const remedy = { key: 'r', label: 'systemctl restart nginx', when: 'any', atMost, waitMs: 30_000, first: false } as const;
    const checks = [check('Website', { reopenWithinMs: 5 * minute })];
    const services = [service('Website', { impact: 'high', checks, remedies: [remedy] })];
    const site = await VirtualOffice.open(rules({ services }));
    site.recalled = () => {
      const similar = [...site.archived.values()].map(earlierOf);
      return { seen: similar.length, lastAt: similar[0]?.openedAt ?? null, similar };
    };
    site.remedy = () => {
      site.play(website, '.');
      return { ok: true, outcome: 'exit status 0', output: '' };
    };
    site.play(website, 'x');
    await site.pass('30m');
    expect([...site.archived.keys()]).toEqual(['INC-2026-0001']);
    site.remedy = () => 'hang';
    site.play(website, 'x');

    await site.pass('5m');

    expect(site.incidents[1]?.known).toMatchObject({
      seen: 1,
      fix: { text: 'systemctl restart nginx', by: 'remedy', incident: 'INC-2026-0001' },
    });
  });

  test('is asked for again when an incident opens again of which nothing was known', async () => {
    const site = await office();
    site.recalled = () => 'hang';
    site.play(website, 'x');
    await site.pass('5m');
    expect(site.incident.known).toMatchObject({ seen: 0 });
    site.play(website, '.');
    await site.passTo(9);
    site.recalled = () => ({ seen: 1, lastAt: earlier.openedAt, similar: [earlier] });
    site.play(website, 'x');

    await site.pass('5m');

    expect(site.incident).toMatchObject({ episode: 2, known: { seen: 1, fix: { text: 'restarted nginx' } } });
  });

  test('keeps no later level waiting once somebody has been told', async () => {
    const checks = [check('Website', { reopenWithinMs: 60 * minute })];
    const escalation = {
      default: [
        { notify: ['anna'], afterMs: 0 },
        { notify: ['ben'], afterMs: 1_000 },
      ],
    };
    const site = await VirtualOffice.open(rules({ services: [service('Website', { impact: 'high', checks })], escalation }));
    site.recalled = () => 'hang';
    site.play(website, 'x');
    await site.pass('5m');
    site.play(website, '.');
    await site.pass('10m');
    site.play(website, 'x');

    await site.pass('5m');

    expect(site.incident.episode).toBe(2);
    const times = site.incident.timeline.filter(({ type }) => type === 'reopened' || type === 'escalated').slice(-2);
    expect((times[1]?.at ?? 0) - (times[0]?.at ?? 0)).toBe(1_000);
  });

  test('is recalled once: an incident of which something is known does not ask again', async () => {
    const site = await office();
    const asked: string[] = [];
    site.recalled = ({ incident }) => {
      asked.push(incident);
      return { seen: 1, lastAt: earlier.openedAt, similar: [earlier] };
    };
    site.play(website, 'x');
    await site.pass('5m');
    site.play(website, '.');
    await site.passTo(9);
    site.play(website, 'x');

    await site.pass('5m');

    expect(site.incident.episode).toBe(2);
    expect(asked).toEqual(['INC-2026-0001']);
  });

  test('may be missing: a history that does not answer keeps nobody waiting for long', async () => {
    const site = await office();
    site.recalled = () => {
      throw new Error('blocked');
    };
    site.play(website, 'x');

    await site.pass('5m');

    expect(site.incident.known).toEqual({ seen: 0, lastAt: null, fix: null, similar: [] });
    expect(site.mails).toEqual(['opened>anna']);
  });
});
