import { describe, expect, it } from 'vitest';
import { rehearse } from '../../src/cli/rehearsal/rehearse.ts';
import { rehearsalText } from '../../src/cli/rehearsal/report.ts';
import { timetable } from '../../src/cli/rehearsal/timetable.ts';
import type { Recalled } from '../../src/core/known-error.ts';
import { emptyRecord, type LiveRecord } from '../../src/core/record.ts';
import type { RemedyRule, Rules } from '../../src/core/rules.ts';
import { check, contact, rules, service } from '../support/rules.ts';
import { VirtualOffice } from '../support/virtual-office.ts';

/** A Tuesday, in the time of Berlin. */
const tuesday = (clock: string) => Date.parse(`2026-05-12T${clock}:00+02:00`);

interface Circumstances {
  readonly at?: number;
  readonly record?: LiveRecord;
  readonly recalled?: Recalled;
}

const nothing: Recalled = { seen: 0, lastAt: null, similar: [] };

async function rehearsed(
  name: string,
  office: Rules,
  { at = tuesday('10:00'), record = emptyRecord, recalled = nothing }: Circumstances = {},
) {
  const rehearsal = await rehearse(name, { rules: office, record, recall: () => recalled, now: at, patienceMs: 60_000 });
  const known = office.services[name] ?? service(name);
  const text = rehearsalText({ rehearsal, service: known, rules: office, source: 'nothing known' }, 80).join('\n');
  return { rehearsal, text: text.replaceAll(/\s+/g, ' '), lines: lines(timetable(rehearsal, office, 'en')) };
}

/** `+1m opened`: minutes after the failure, and what. */
function lines(steps: ReturnType<typeof timetable>): readonly string[] {
  return steps.map(({ afterMs, text }) => `+${Math.floor(afterMs / 60_000)}m ${text}`);
}

describe('the timetable of a rehearsal', () => {
  it('follows a P1 through all levels to the reminders', async () => {
    const { lines, text, rehearsal } = await rehearsed('Website', rules());

    expect(lines).toEqual([
      '+0m first bad look; from now on it is looked at more often',
      '+0m diagnosis begins',
      '+1m incident opens: P1',
      '+1m level 1, first message to anna: email anna@office.example',
      '+16m level 2, escalation to ben: email ben@office.example',
      '+61m level 3, escalation to boss: email boss@office.example',
      '+121m level 3, reminder to boss: email boss@office.example; then every 1h, at most 12 times; then the admin is told',
    ]);
    expect(rehearsal).toMatchObject({ ended: 'settled', instead: null });
    expect(text).toMatch(/P1 outage: severity critical, impact high, category web/);
    expect(text).toMatch(/Only these reminders would follow\./);
  });

  it('goes on to the last level where an earlier one reminds', async () => {
    const escalation = {
      default: [
        { notify: ['anna'], afterMs: 0, repeatMs: 15 * 60_000 },
        { notify: ['boss'], afterMs: 4 * 3_600_000 },
      ],
    };

    const { lines } = await rehearsed('Website', rules({ escalation }));

    expect(lines.at(-1)).toBe('+241m level 2, escalation to boss: email boss@office.example');
  });

  it('says that later levels of a P3 wait for office hours', async () => {
    const printer = rules({ services: [service('Printer', { impact: 'low' })] });

    const { lines } = await rehearsed('Printer', printer, { at: tuesday('22:00') });

    expect(lines).toContain('+1m level 1, first message to anna: email anna@office.example');
    expect(lines).toContain('+600m level 2 and 3, escalation to ben: email ben@office.example; waited for office hours');
  });

  it('ends after a day, and says what would come next', async () => {
    const printer = rules({ services: [service('Printer', { impact: 'low' })] });

    const { text, rehearsal } = await rehearsed('Printer', printer, { at: tuesday('22:00') + 3 * 86_400_000 });

    expect(rehearsal.ended).toBe('day-over');
    expect(text).toMatch(/The rehearsal ends after 1 day\. Next: level 2, Mon 18 May 2026 08:00\./);
  });

  it('shows what only warns as one mail in the digest of office hours', async () => {
    const disk = check('Server', { kind: 'disk', local: true, category: 'storage' });

    const { lines, text } = await rehearsed('Server', rules({ services: [service('Server', { checks: [disk] })] }), {
      at: tuesday('22:00'),
    });

    expect(lines.at(-1)).toBe('+600m level 1, first message to anna: email anna@office.example; as a digest, in office hours');
    expect(text).toMatch(/P4 warning: severity minor.*Nothing more would be sent/);
  });

  it('says which dependency is down already, and that nobody is told', async () => {
    const both = rules({ services: [service('Router'), service('Website', { dependsOn: ['Router'] })] });
    const office = await VirtualOffice.open(both);
    await office.pass('5m');
    office.play('Router/http:example', 'x');
    await office.pass('5m');

    const { lines, text, rehearsal } = await rehearsed('Website', both, {
      at: office.time.now().wall,
      record: office.engine.desk.record,
    });

    expect(rehearsal.instead).toBe('explained');
    expect(text).toMatch(/Router is down and explains it: there is no incident of its own/);
    expect(lines.filter((line) => line.includes('incident opens'))).toEqual([]);
  });

  it('lets dependents fail with it and shows them as affected', async () => {
    const shop = rules({ services: [service('Website'), service('Shop', { impact: 'high', dependsOn: ['Website'] })] });

    const { rehearsal, lines } = await rehearsed('Website', shop);

    expect(rehearsal.incident).toMatchObject({ priority: 'P1', impact: 'high', affected: [{ name: 'Shop' }] });
    expect(lines).toEqual(expect.arrayContaining(['+1m affected with it: Shop', '+1m priority changes from P2 to P1']));
    expect(lines.filter((line) => line.includes('incident opens'))).toHaveLength(1);
  });

  it('joins an incident that is open already, and shows what that would still send', async () => {
    const office = await VirtualOffice.open(rules());
    await office.pass('5m');
    office.play('Website/http:example', 'x');
    await office.pass('5m');

    const { rehearsal, text, lines } = await rehearsed('Website', rules(), {
      at: office.time.now().wall,
      record: office.engine.desk.record,
    });

    expect(rehearsal.instead).toBe('joins');
    expect(text).toMatch(/it would join INC-2026-0001, which is open already/);
    expect(lines.filter((line) => line.includes('first message'))).toEqual([]);
    expect(lines.some((line) => line.includes('level 2, escalation to ben'))).toBe(true);
  });

  it('is silent about incidents of others and about mails that wait', async () => {
    const two = rules({ services: [service('Website', { impact: 'high' }), service('Other', { impact: 'high' })] });
    const office = await VirtualOffice.open(two);
    await office.pass('5m');
    office.play('Other/http:example', 'x');
    await office.pass('5m');

    const { rehearsal, lines } = await rehearsed('Website', two, {
      at: office.time.now().wall,
      record: office.engine.desk.record,
    });

    expect(rehearsal.instead).toBeNull();
    expect(lines.filter((line) => line.includes('first message'))).toEqual([
      '+1m level 1, first message to anna: email anna@office.example',
    ]);
  });

  it('waits for the end of a window', async () => {
    const maintenance = [
      { key: 'updates', services: ['Website'], from: tuesday('09:00'), to: tuesday('12:00'), reason: 'Updates' },
    ] as const;

    const { lines, text } = await rehearsed('Website', rules({ maintenance }));

    expect(text).toMatch(/in maintenance until today 12:00 \(Updates\)/);
    expect(lines.find((line) => line.includes('incident opens'))).toMatch(/^\+1[23]\dm /);
  });

  it('waits for watch hours', async () => {
    const checks = [check('Website', { watch: 'office' })];

    const { lines, text } = await rehearsed('Website', rules({ services: [service('Website', { checks })] }), {
      at: tuesday('22:00'),
    });

    expect(text).toMatch(/it is not looked at before tomorrow 08:0\d/);
    expect(lines.find((line) => line.includes('incident opens'))).toMatch(/^\+60\dm /);
  });

  it('shows remedies once each, as often as they may run', async () => {
    const remedies: RemedyRule[] = [
      {
        ...{ key: 'Website/remedy restart', when: 'any', label: 'systemctl restart nginx', first: false },
        ...{ atMost: { times: 2, perMs: 3_600_000 }, waitMs: 120_000 },
      },
    ];

    const { lines } = await rehearsed('Website', rules({ services: [service('Website', { impact: 'high', remedies })] }));

    const runs = lines.filter((line) => line.includes('would run'));
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatch(/^\+1m would run: systemctl restart nginx \(at most 2 per 1h\); and \d+ times more/);
  });

  it('joins all ways to one person in a line, and knows of earlier incidents', async () => {
    const channels = [
      { id: 'email', kind: 'email', address: 'anna@office.example' },
      { id: 'webhook', kind: 'webhook', address: 'https://hooks.example' },
    ];
    const recalled: Recalled = { seen: 3, lastAt: tuesday('08:00'), similar: [] };

    const { lines, text } = await rehearsed('Website', rules({ contacts: [contact('anna', { channels })] }), { recalled });

    expect(lines).toContain('+1m level 1, first message to anna: email anna@office.example, webhook https://hooks.example');
    expect(text).toMatch(/incidents like it before: 3, the last today 08:00/);
  });

  it('stops where it takes too long, and says so', async () => {
    const rehearsal = await rehearse('Website', {
      ...{ rules: rules(), record: emptyRecord, recall: () => nothing, now: tuesday('10:00'), patienceMs: 0 },
    });

    expect(rehearsal.ended).toBe('too-long');
  });
});
