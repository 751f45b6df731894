import { describe, expect, it } from 'vitest';
import { prioritiesOf, tellings, tellingWords, timingOf, timingWords } from '../../src/cli/validate-words.ts';
import { check, contact, rules, service } from '../support/rules.ts';
import { play } from './support/outage.ts';

const minute = 60_000;

describe('how long a failure takes to be confirmed', () => {
  it.each([
    ['the usual pace', {}, [60, 130], 60],
    ['one bad look', { failureThreshold: 1 }, [0, 70], 0],
    ['slow looks', { timeoutMs: 45_000 }, [60, 195], 60],
    ['a retry longer than the interval', { intervalMs: 10_000, timeoutMs: 1000 }, [20, 31], 20],
    ['a schedule', { schedule: '0 * * * *', intervalMs: 60 * minute }, [60, 3670], 60],
  ] as const)('with %s', (_, changes, [from, to], shortest) => {
    expect(timingOf(check('Website', changes))).toMatchObject({
      confirmedMs: { from: from * 1000, to: to * 1000 },
      shortestMs: shortest * 1000,
    });
  });

  it('holds in the engine: a failure is confirmed within these bounds, a shorter one never', async () => {
    const rule = check('Website', { intervalMs: 2 * minute, retryIntervalMs: 20_000, failureThreshold: 4 });
    const { confirmedMs, shortestMs } = timingOf(rule);

    for (const offset of [0, 17, 55, 101, 119]) {
      const confirmed = await play(rule, offset, 10 * minute);
      expect(confirmed).toBeGreaterThanOrEqual(confirmedMs.from);
      expect(confirmed).toBeLessThanOrEqual(confirmedMs.to);
      expect(await play(rule, offset, shortestMs - 1000)).toBeNull();
    }
  });

  it('is said in words', () => {
    expect(timingWords(check('Website'), 'high')).toBe('first mail 1m to 2m 10s after it begins; one under 1m makes none');
    expect(timingWords(check('Website', { failureThreshold: 1 }), 'low')).toBe(
      'first mail at once to 1m 10s after it begins; even the shortest that is seen makes one',
    );
    expect(timingWords(check('Backup', { passive: true }), 'medium')).toContain('after the heartbeat is overdue');
    expect(timingWords(check('Printer', { part: true }), 'low')).toBe(
      'first mail in the next digest in office hours, confirmed 1m to 2m 10s after it begins; one under 1m makes none',
    );
  });
});

describe('who is told', () => {
  const [website, printer] = [service('Website', { impact: 'high', owner: 'ben' }), service('Printer', { impact: 'low' })];
  const office = rules({ services: [website, printer] });

  it('follows the policy, level by level', () => {
    expect(tellings(website, 'P1', office)).toEqual([
      { afterMs: 0, repeatMs: null, to: ['ben'] },
      { afterMs: 15 * minute, repeatMs: null, to: ['ben'] },
      { afterMs: 60 * minute, repeatMs: 60 * minute, to: ['boss'] },
    ]);
    expect(tellingWords(website, 'P1', office)).toBe('at once ben; after 15m ben; after 1h boss, again every 1h');
  });

  it('waits for office hours after the first level of a P3, and ends there for a P4 and P5', () => {
    expect(tellingWords(website, 'P3', office)).toMatch(/\(after the first in office hours\)$/);
    expect(tellingWords(printer, 'P5', office)).toBe('in a digest in office hours anna');
  });

  it('says so when a level names nobody', () => {
    const nobody = rules({ services: [website], contacts: [], escalation: { default: [{ notify: ['owner'], afterMs: 0 }] } });

    expect(tellingWords(website, 'P1', nobody)).toBe('at once nobody');
  });

  it('names nobody whose channels do not tell of the priority, and the hours that may hold a person', () => {
    const picky = [
      contact('anna', { hours: 'office' }),
      contact('ben', { channels: [{ id: 'email', kind: 'email', address: 'ben@office.example', only: ['P3'] }] }),
      contact('boss', { channels: [{ id: 'email', kind: 'email', address: 'boss@office.example', events: ['opened'] }] }),
    ];
    const few = rules({ services: [website, printer], contacts: picky });

    expect(tellingWords(website, 'P1', few)).toBe('at once nobody; after 15m nobody; after 1h nobody, again every 1h');
    expect(tellingWords(website, 'P3', few)).toMatch(/^at once ben; after 15m ben; after 1h nobody/);
    expect(tellingWords(printer, 'P2', few)).toMatch(/^at once anna \(hours office\); /);
    expect(tellingWords(printer, 'P1', few)).toMatch(/^at once anna; /);
    expect(tellingWords(printer, 'P5', few)).toBe('in a digest in office hours anna');
  });

  it('depends on how bad it can be', () => {
    const plain = check('Website', { thresholds: [] });
    const part = check('Website', { part: true, target: 'part', thresholds: [] });
    const words = (checks: readonly ReturnType<typeof check>[]) =>
      prioritiesOf({ ...website, checks }).map(({ priority, when }) => `${priority} ${when}`);

    expect(words([plain])).toEqual(['P1 down', 'P3 degraded']);
    expect(words([plain, part])).toEqual(['P1 down', 'P2 partly down', 'P3 degraded']);
    expect(words([part])).toEqual(['P2 partly down', 'P3 degraded']);
    expect(words([])).toEqual(['P2 reported']);
    const full = { measure: 'used', sort: 'forewarning', worse: 'above', warning: 0.85, critical: 0.95 } as const;
    expect(words([check('Website', { thresholds: [full] })])).toEqual(['P1 down', 'P2 critical', 'P3 degraded']);
    expect(words([check('Website', { thresholds: [{ ...full, sort: 'current' }] })])).toEqual(['P1 down', 'P3 degraded']);
  });
});
