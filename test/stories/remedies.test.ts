import { describe, expect, test } from 'vitest';
import type { Incident } from '../../src/core/incident.ts';
import { isUndocumented } from '../../src/core/parts/archive.ts';
import type { RemedyRule, Rules } from '../../src/core/rules.ts';
import { check, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

const website = 'Website/http:example';
const minute = 60_000;

function remedy(label: string, changes: Partial<RemedyRule> = {}): RemedyRule {
  const usual = { when: 'any', atMost: { times: 2, perMs: 60 * minute }, waitMs: 30_000, first: false } as const;
  return { key: `Website/remedy ${label}`, label, ...usual, ...changes };
}

interface House {
  readonly remedies: readonly RemedyRule[];
  readonly impact?: 'low' | 'medium' | 'high';
  readonly maintenance?: Rules['maintenance'];
}

/** One website that is down for good from its first look on; its incident opens at about minute 2. */
async function outage({ remedies, impact = 'medium', maintenance = [] }: House): Promise<VirtualOffice> {
  const services = [service('Website', { impact, remedies, checks: [check('Website')] })];
  const office = await VirtualOffice.open(rules({ services, maintenance }));
  office.play(website, 'x');
  return office;
}

function runs({ remedies }: Incident): string[] {
  return remedies.map(({ label, state }) => `${label} ${state}`);
}

/** The remedy brings the website back. */
function mends(office: VirtualOffice): void {
  office.remedy = () => {
    office.play(website, '.');
    return { ok: true, outcome: 'exit status 0', output: 'restarted\nall fine' };
  };
}

describe('a remedy that mends', () => {
  test('is started with the opening, told in the log, and stands for how it was fixed', async () => {
    const office = await outage({ remedies: [remedy('restart')] });
    mends(office);

    await office.passTo(20);

    expect(runs(office.incident)).toEqual(['restart helped']);
    expect(office.incident.remedies[0]).toMatchObject({
      key: 'INC-2026-0001/e1/remedy-1/r0',
      outcome: 'exit status 0',
      output: 'restarted\nall fine',
      judgeAt: null,
    });
    const types = office.incident.timeline.map(({ type }) => type).filter((type) => /remed|recover|resolved/.test(type));
    expect(types).toEqual(['remedy-started', 'check-recovered', 'recovering', 'remedy-ended', 'resolved']);
    expect(office.entries('remedy-ended')[0]).toMatchObject({
      text: 'restarted',
      facts: { remedy: 'restart', result: 'helped', outcome: 'exit status 0' },
    });
    expect(office.mails).toEqual(['opened>anna', 'recovered>anna']);
    expect(isUndocumented(office.incident)).toBe(false);
  });

  test('leaves the question for the cause where it came back without one later', async () => {
    const office = await outage({ remedies: [remedy('restart')] });
    let tries = 0;
    office.remedy = () => {
      tries += 1;
      if (tries === 2) office.play(website, '.');
      return { ok: true, outcome: 'exit status 0', output: '' };
    };
    await office.passTo(20);
    expect(runs(office.incident)).toEqual(['restart no-effect', 'restart helped']);
    expect(isUndocumented(office.incident)).toBe(false);

    office.play(website, 'x');
    await office.passTo(30);
    office.play(website, '.');
    await office.passTo(45);

    expect(office.incident).toMatchObject({ status: 'resolved', episode: 2 });
    expect(isUndocumented(office.incident)).toBe(true);
  });
});

describe('a remedy that has no effect', () => {
  test('is tried until its budget ends, which the log says once, and again when it has budget', async () => {
    const office = await outage({ remedies: [remedy('restart')] });

    await office.passTo(60);

    expect(runs(office.incident)).toEqual(['restart no-effect', 'restart no-effect']);
    expect(office.entries('remedies-exhausted')).toHaveLength(1);

    await office.passTo(70);

    expect(office.repairs).toHaveLength(4);
    expect((office.repairs[2]?.minute ?? 0) - (office.repairs[0]?.minute ?? 0)).toBeCloseTo(60, 0);
    expect(office.entries('remedies-exhausted')).toHaveLength(1);
  });

  test('waits until all others have been tried once, in the order of the list', async () => {
    const office = await outage({ remedies: [remedy('first'), remedy('second'), remedy('third')] });
    office.remedy = ({ run }) => ({ ok: run.label !== 'second', outcome: 'exit status 1', output: '' });

    await office.passTo(50);

    expect(runs(office.incident)).toEqual([
      'first no-effect',
      'second failed',
      'third no-effect',
      'first no-effect',
      'second failed',
      'third no-effect',
    ]);
    expect(office.mails).toEqual(['opened>anna', 'escalated>ben']);
  });

  test('is left alone for a while where it has failed', async () => {
    const office = await outage({ remedies: [remedy('restart', { waitMs: 5 * minute })] });
    office.remedy = () => ({ ok: false, outcome: 'exit status 1', output: 'no such unit' });

    await office.passTo(20);

    expect(runs(office.incident)).toEqual(['restart failed', 'restart failed']);
    expect((office.repairs[1]?.minute ?? 0) - (office.repairs[0]?.minute ?? 0)).toBeCloseTo(5, 1);
  });

  test('is not called so while the last looks were good', async () => {
    const office = await outage({ remedies: [remedy('restart', { waitMs: 0 })] });
    mends(office);

    await office.passTo(20);

    expect(runs(office.incident)).toEqual(['restart helped']);
  });

  test('is not one that had begun when the service came back by itself', async () => {
    const office = await outage({ remedies: [remedy('restart')] });
    office.play(website, 'xxx..');
    office.remedy = () => 'hang';

    await office.passTo(1.5);
    await office.passTo(20);

    expect(runs(office.incident)).toEqual(['restart failed']);
  });
});

describe('a budget', () => {
  test('counts across incidents', async () => {
    const office = await outage({ remedies: [remedy('restart', { atMost: { times: 2, perMs: 24 * 60 * minute } })] });
    mends(office);
    await office.passTo(60);
    office.play(website, 'x');
    await office.passTo(120);
    office.play(website, 'x');
    await office.passTo(150);

    expect(office.incidents.map(runs)).toEqual([['restart helped'], ['restart helped'], []]);
    expect(office.incidents[2]?.timeline.map(({ type }) => type)).toContain('remedies-exhausted');
    expect(office.repairs).toHaveLength(2);
  });

  test('survives restarts and a change of the configuration', async () => {
    const remedies = [remedy('restart', { atMost: { times: 1, perMs: 24 * 60 * minute } })];
    const office = await outage({ remedies });
    await office.passTo(10);

    await office.crash('1m');
    await office.reload(
      rules({ services: [service('Website', { remedies: [...remedies, remedy('other', { when: ['slow'] })] })] }),
    );
    await office.passTo(120);

    expect(office.repairs.map(({ label }) => label)).toEqual(['restart']);
  });

  test('is shared by two incidents of the service, which never run the same remedy at once', async () => {
    const checks = [check('Website'), check('Website', { target: 'login' }), check('Website', { target: 'shop' })];
    const services = [service('Website', { remedies: [remedy('restart', { waitMs: 5 * minute })], checks })];
    const office = await VirtualOffice.open(rules({ services }));
    office.play('Website/http:login', '!');
    office.play('Website/http:shop', '!');

    await office.passTo(60);

    const all = office.incidents.flatMap(({ remedies }) => remedies);
    expect(all).toHaveLength(2);
    expect(all[1]?.startedAt ?? 0).toBeGreaterThanOrEqual((all[0]?.endedAt ?? 0) + 5 * minute);
  });
});

describe('the daemon is killed', () => {
  const remedies = [remedy('restart', { atMost: { times: 1, perMs: 24 * 60 * minute } })];

  test('between the request and the start: it is run once, when the failure is certain again', async () => {
    const office = await outage({ remedies });
    await office.passTo(1);
    while (office.incidents.length === 0 && office.minute < 5) {
      office.crashPoint = { at: 'commit', number: office.commits + 2, when: 'before' };
      await office.pass('1s');
    }
    office.crashPoint = null;

    await office.passTo(30);

    expect(office.repairs).toHaveLength(1);
    expect(runs(office.incident)).toEqual(['restart no-effect']);
  });

  test('while it runs: nobody knows what came of it, it is not started again under its key', async () => {
    const office = await outage({ remedies: [remedy('restart')] });
    office.remedy = () => 'hang';
    await office.passTo(3);
    expect(runs(office.incident)).toEqual(['restart running']);

    await office.crash();
    office.remedy = () => ({ ok: true, outcome: 'exit status 0', output: '' });
    await office.passTo(30);

    expect(runs(office.incident)).toEqual(['restart uncertain', 'restart no-effect']);
    expect(office.repairs.map(({ key }) => key)).toEqual(['INC-2026-0001/e1/remedy-1/r0', 'INC-2026-0001/e1/remedy-1/r1']);
    expect(office.entries('remedy-ended')[0]?.facts).toMatchObject({ result: 'uncertain' });
  });

  test('after it has ended: it is judged all the same, when the checks have looked again', async () => {
    const office = await outage({ remedies: [remedy('restart', { waitMs: 10 * minute })] });
    office.remedy = () => ({ ok: true, outcome: 'exit status 0', output: '' });
    await office.passTo(4);
    expect(runs(office.incident)).toEqual(['restart waiting']);
    office.play(website, '.');

    await office.crash('20m');
    await office.passTo(40);

    expect(runs(office.incident)).toEqual(['restart helped']);
    expect(office.repairs).toHaveLength(1);
  });

  test('at each commit around it: never more starts than the budget allows, and always a result', {
    timeout: 60_000,
  }, async () => {
    for (let number = 3; number < 14; number += 1) {
      for (const when of ['before', 'after'] as const) {
        const office = await outage({ remedies });
        office.crashPoint = { at: 'commit', number, when };
        await office.passTo(30);

        expect(office.repairs.length, `${number} ${when}`).toBeLessThanOrEqual(1);
        expect(office.incident.remedies.map(({ state }) => state).join(), `${number} ${when}`).toMatch(/^(no-effect|uncertain)$/);
      }
    }
  });
});

describe('a remedy that is tried first', () => {
  const first = remedy('restart', { first: true });

  test('spares everybody the mail when it helps', async () => {
    const office = await outage({ remedies: [first] });
    mends(office);

    await office.passTo(40);

    expect(runs(office.incident)).toEqual(['restart helped']);
    expect(office.mails).toEqual([]);
  });

  test('holds the levels until it had no effect', async () => {
    const office = await outage({ remedies: [{ ...first, atMost: { times: 1, perMs: 60 * minute } }] });

    await office.passTo(10);

    const opened = office.minuteOf(office.incident.openedAt);
    expect(office.mails).toEqual(['opened>anna']);
    expect((office.sent[0]?.minute ?? 0) - opened).toBeCloseTo(0.5, 1);
    expect(office.incident.remedyUntil).toBeNull();
  });

  test('holds them two minutes at most', async () => {
    const office = await outage({ remedies: [{ ...first, waitMs: 10 * minute }] });

    await office.passTo(5);

    expect((office.sent[0]?.minute ?? 0) - office.minuteOf(office.incident.openedAt)).toBeCloseTo(2, 1);
    expect(runs(office.incident)).toEqual(['restart waiting']);
  });

  test('never holds a P1', async () => {
    const office = await outage({ remedies: [first], impact: 'high' });

    await office.passTo(3);

    expect(office.incident.priority).toBe('P1');
    expect(office.sent[0]?.minute).toBeCloseTo(office.minuteOf(office.incident.openedAt), 1);
  });

  test('lets go when the priority rises to P1 meanwhile', async () => {
    const office = await outage({ remedies: [{ ...first, waitMs: 10 * minute }] });
    await office.passTo(1.6);
    expect(office.mails).toEqual([]);
    expect(runs(office.incident)).toEqual(['restart waiting']);

    await office.reload(rules({ services: [service('Website', { impact: 'high', remedies: [first] })] }));

    expect(office.incident).toMatchObject({ priority: 'P1', remedyUntil: null });
    expect(office.mails).toEqual(['opened>anna']);
  });
});

describe('no remedy is started', () => {
  test('while somebody has it; given back, it is', async () => {
    const office = await outage({
      remedies: [remedy('restart', { atMost: { times: 3, perMs: 60 * minute }, waitMs: 5 * minute })],
    });
    await office.passTo(3);
    await office.act({ act: 'acknowledge', id: '1' });
    await office.passTo(20);
    expect(office.repairs).toHaveLength(1);

    await office.act({ act: 'release', id: '1' });
    await office.passTo(21);

    expect(office.repairs).toHaveLength(2);
  });

  test('in maintenance', async () => {
    const start = Date.parse('2026-11-24T09:00:00Z');
    const window = { key: 'w', services: 'all', from: start, to: start + 30 * minute } as const;
    const office = await outage({ remedies: [remedy('restart')], maintenance: [window] });

    await office.passTo(29);

    expect(office.repairs).toEqual([]);
  });

  test('for another cause than those that it is for, until the cause is one of them', async () => {
    const office = await outage({ remedies: [remedy('restart', { when: ['slow', 'timeout'] })] });

    await office.passTo(30);

    expect(office.repairs).toEqual([]);
    expect(office.entries('remedies-exhausted')).toEqual([]);
  });

  test('once it is on its way back by itself', async () => {
    const checks = [check('Website', { successThreshold: 10 })];
    const office = await VirtualOffice.open(rules({ services: [service('Website', { remedies: [remedy('restart')], checks })] }));
    office.play(website, 'xxxx.');
    office.remedy = () => 'hang';

    await office.passTo(30);

    expect(office.incident.status).toBe('resolved');
    expect(runs(office.incident)).toEqual(['restart failed']);
  });

  test('that a reload has removed: what was requested is withdrawn, what runs ends', async () => {
    const office = await outage({ remedies: [remedy('restart')] });
    office.remedy = () => 'hang';
    await office.passTo(2.5);

    await office.reload(rules({ services: [service('Website')] }));
    await office.passTo(10);

    expect(runs(office.incident)).toEqual(['restart failed']);
  });
});

describe('when it fails again', () => {
  test('a relapse tries what has helped before', async () => {
    const office = await outage({ remedies: [remedy('useless'), remedy('restart')] });
    office.remedy = ({ run }) => {
      if (run.label === 'restart') office.play(website, '...x');
      return { ok: true, outcome: 'exit status 0', output: '' };
    };

    await office.passTo(8);

    expect(office.repairs.map(({ label }) => label).slice(0, 3)).toEqual(['useless', 'restart', 'restart']);
    expect(runs(office.incident).slice(0, 2)).toEqual(['useless no-effect', 'restart helped']);
  });

  test('a reopened incident begins with the first again, within the budget', async () => {
    const office = await outage({ remedies: [remedy('restart')] });
    mends(office);
    await office.passTo(15);
    office.play(website, 'x');

    await office.passTo(25);

    expect(office.incident.episode).toBe(2);
    expect(office.repairs.map(({ key }) => key)).toEqual(['INC-2026-0001/e1/remedy-1/r0', 'INC-2026-0001/e2/remedy-1/r0']);
  });
});
