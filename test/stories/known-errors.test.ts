import { describe, expect, test } from 'vitest';
import type { EarlierIncident } from '../../src/core/known-error.ts';
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
