import { describe, expect, test } from 'vitest';
import type { Act } from '../../src/core/event.ts';
import type { Incident } from '../../src/core/incident.ts';
import { check, rules, service } from '../support/rules.ts';
import { type CrashPoint, VirtualOffice } from '../support/virtual-office.ts';

/**
 * One whole story with everything in it: an outage that escalates, is taken, given back, relapses, recovers, comes back,
 * recovers and closes; a warning that becomes part of it; a report. It is told once undisturbed, and then once more for
 * every commit and every delivery, with the daemon killed just there.
 */
const web = 'Website/http:example';
const login = 'Website/http:login';
const office = rules({
  services: [
    service('Website', { impact: 'high', checks: [check('Website'), check('Website', { target: 'login' })] }),
    service('Files', { impact: 'low' }),
  ],
});

async function tell(point: CrashPoint | null): Promise<VirtualOffice> {
  const site = await VirtualOffice.open(office);
  site.crashPoint = point;
  const acts = [
    { at: 30, act: { act: 'acknowledge', id: '1' } },
    { at: 37, act: { act: 'release', id: '1' } },
    { at: 40, act: { act: 'note', id: '1', text: 'looking' } },
    { at: 90, act: { act: 'report', text: 'odd noise' } },
    { at: 100, act: { act: 'resolve', id: '1', cause: 'cable', fix: 'plugged in' } },
  ] as const;
  const looks = [
    { at: 2, check: login, script: '!' },
    { at: 5, check: web, script: 'x' },
    { at: 12, check: login, script: 'x' },
    { at: 52, check: login, script: '.' },
    { at: 53, check: web, script: '..x' },
    { at: 62, check: web, script: '.' },
    { at: 75, check: web, script: 'x' },
    { at: 85, check: web, script: '.' },
  ];
  const steps = [...acts, ...looks].toSorted((a, b) => a.at - b.at);
  for (const step of steps) {
    await site.passTo(step.at);
    if ('script' in step) site.play(step.check, step.script);
    else await insist(site, step);
  }
  await site.passTo(200);
  return site;
}

/** A person who gets no answer because the daemon died looks whether it was done, and if not tries again. */
async function insist(site: VirtualOffice, { act }: { readonly act: Act }): Promise<void> {
  const answer = await site.act(act);
  if (answer.reason === 'stopping' && !(act.act === 'report' && site.incidents.length === 3)) await site.act(act);
}

/** What must be the same whatever happened: who the incidents are and how they went, gaps apart. */
function essence(incident: Incident) {
  const { id, kind, status, service: of, episode, mergedInto, mergedFrom, checks, resolution, acknowledged, priority } = incident;
  const course = incident.timeline
    .map(({ type }) => type)
    .filter((type) => type === 'reopened' || type === 'merged' || type === 'resolved');
  return {
    id,
    kind,
    status,
    of,
    episode,
    mergedInto,
    mergedFrom,
    checks: checks.toSorted(),
    fix: resolution?.fix,
    acknowledged,
    priority,
    course,
  };
}

const undisturbed = await tell(null);
const expected = undisturbed.incidents.map(essence);
/** Mails by what they are, since keys of persons' acts carry the time of the act. */
const what = (key: string) => key.replaceAll(/-\d{13}\/r\d+/g, '');
const mails = (site: VirtualOffice) => [...new Set(site.sent.map(({ key }) => what(key)))].toSorted();

describe('told undisturbed', () => {
  test('the story has what it needs', () => {
    expect(expected.map(({ kind, status, episode }) => `${kind} ${status} ${episode}`)).toEqual([
      'warning closed 1',
      'outage closed 2',
      'report open 1',
    ]);
    expect(undisturbed.commits).toBeGreaterThan(60);
    expect(undisturbed.deliveries).toBeGreaterThan(12);
    expect(new Set(undisturbed.sent.map(({ key }) => key)).size).toBe(undisturbed.sent.length);
  });
});

const points: CrashPoint[] = (['commit', 'delivery'] as const).flatMap((at) =>
  Array.from({ length: at === 'commit' ? undisturbed.commits : undisturbed.deliveries }, (_, index) => index + 1).flatMap(
    (number) => (['before', 'after'] as const).map((when) => ({ at, number, when })),
  ),
);

describe('killed once, at any commit and any delivery', () => {
  test.each(points)(
    'just $when $at $number: the same incidents, every mail once, or twice where its answer was lost',
    async (point) => {
      const site = await tell(point);

      expect(site.incidents.map(essence)).toEqual(expected);
      expect(mails(site)).toEqual(mails(undisturbed));
      const copies = Map.groupBy(site.sent, ({ key }) => key);
      for (const [key, list] of copies) expect(list.length, key).toBeLessThanOrEqual(site.inDoubt.has(key) ? 2 : 1);
      expect(site.notifications.every(({ state }) => state === 'sent' || state === 'folded')).toBe(true);
    },
  );
});
