import { describe, expect, it } from 'vitest';
import { selfService } from '../../src/core/rules.ts';
import { type IncidentJson, incidentJson } from '../../src/texts/incident-json.ts';
import { incident, insights, rules, start } from '../texts/sample.ts';
import { fakeApi, sampleIncident, sampleStatus, sampleWindow } from '../web/support/api.ts';
import { typeTo, widthOf } from './support/world.ts';

describe('status', () => {
  it('shows services, failing checks, incidents, the next escalation and mails that wait', async () => {
    const { status, out, err } = await typeTo(fakeApi(), ['status']);

    expect([status, err]).toEqual([0, '']);
    expect(out).toMatchInlineSnapshot(`
      "Kanzlei Sommer, today 14:05

      SERVICE  STATUS  SINCE
      Website  down    today 14:05

      Website: http https://www.kanzlei.example down (last looked today 14:05):
               10.0.0.5:443 refuses connections

      INCIDENT           STATUS  SINCE        WHAT
      INC-2026-0042  P1  open    today 14:05  Website: nothing accepts connections
                                              (port closed)

      Next escalation of INC-2026-0042: today 14:20

      1 mail is waiting to be sent, the oldest since today 14:05.
      "
    `);
  });

  it('is calm when there is nothing to tell', async () => {
    const quiet = { ...sampleStatus, services: [], incidents: [], outbox: { pending: 0, oldestAt: null } };

    const { status, out } = await typeTo(fakeApi({ status: () => quiet }), ['status']);

    expect(status).toBe(0);
    expect(out).toContain('No services are configured.');
    expect(out).toContain('No open incidents.');
    expect(out).toContain('No mail is waiting.');
  });

  it('marks what is soft, stale, in maintenance or not checked at all', async () => {
    const [one] = sampleStatus.services;
    const services = [
      { ...one!, name: 'A', soft: true, stale: true, maintenanceUntil: '2026-05-12T13:00:00Z' },
      { ...one!, name: 'B', checks: [] },
      { ...one!, name: 'C', checks: one!.checks.map((check) => ({ ...check, status: 'unknown' as const, watched: false })) },
    ];

    const { out } = await typeTo(fakeApi({ status: () => ({ ...sampleStatus, services }) }), ['status'], { columns: 120 });

    expect(out).toMatch(/^A .*failing, not confirmed yet, stale, maintenance until today 15:00$/m);
    expect(out).toMatch(/^B .*not checked$/m);
    expect(out).toMatch(/^C: .* unknown, outside the hours in which it is watched/m);
  });

  it('says who is not told because a server refuses it, and when that is tried again', async () => {
    const refused = [{ to: 'anna', channel: 'webhook', since: '2026-05-12T07:12:00Z', until: '2026-05-13T07:12:00Z' }];

    const { out } = await typeTo(fakeApi({ status: () => ({ ...sampleStatus, refused }) }), ['status']);

    expect(out.replace(/\s+/g, ' ')).toContain(
      'Not told by webhook since today 09:12, as messages there are refused: anna; tried again with the first message after a change of the configuration, else from tomorrow 09:12.',
    );
    expect(widthOf(out)).toBeLessThanOrEqual(80);
  });

  it('exits with 1 while the record cannot be written', async () => {
    const { status, out } = await typeTo(fakeApi({ status: () => ({ ...sampleStatus, degraded: true }) }), ['status']);

    expect(status).toBe(1);
    expect(out).toContain('The record cannot be written to the disk.');
  });

  it('gives the same as JSON', async () => {
    const { status, out } = await typeTo(fakeApi(), ['status', '--json']);

    expect(status).toBe(0);
    expect(JSON.parse(out)).toEqual(sampleStatus);
  });

  it('has colours on a terminal only', async () => {
    const sequence = '\u001b[';

    expect((await typeTo(fakeApi(), ['status'])).out).not.toContain(sequence);
    expect((await typeTo(fakeApi(), ['status'], { colour: true })).out).toContain(sequence);
    expect((await typeTo(fakeApi(), ['status', '--json'], { colour: true })).out).not.toContain(sequence);
  });
});

describe('incidents', () => {
  it('lists open ones, and all when asked', async () => {
    const open = await typeTo(fakeApi(), ['incidents']);
    const all = await typeTo(fakeApi(), ['incidents', '--all']);

    expect(open.out).not.toContain('INC-2026-0041');
    expect(all.out).toMatch(/^INC-2026-0041 +P1 +closed/m);
    expect(JSON.parse((await typeTo(fakeApi(), ['incidents', '--json'])).out)).toEqual([sampleIncident]);
  });

  it('names who is on it as long as that lasts', async () => {
    const taken = { ...sampleIncident, acknowledged: { by: 'ben', at: sampleIncident.openedAt, until: sampleIncident.openedAt } };
    const outOf = async (status: 'open' | 'closed') =>
      (await typeTo(fakeApi({ incidents: () => Promise.resolve([{ ...taken, status }]) }), ['incidents', '--all'])).out;

    expect(await outOf('open')).toContain('(ben is on it)');
    expect(await outOf('closed')).not.toContain('is on it');
  });

  it('says when there are none', async () => {
    const none = fakeApi({ incidents: () => Promise.resolve([]) });

    expect((await typeTo(none, ['incidents'])).out).toBe('No open incidents.\n');
    expect((await typeTo(none, ['incidents', '--json'])).out).toBe('[]\n');
  });

  it('exits with 1 when the history cannot be read', async () => {
    const broken = Object.assign(new Error('history.db cannot be read'), { name: 'HistoryError' });

    expect(await typeTo(fakeApi({ incidents: () => Promise.reject(broken) }), ['incidents', '--all'])).toEqual({
      status: 1,
      out: '',
      err: 'incidentd: history.db cannot be read\n',
    });
  });
});

describe('show', () => {
  it('tells what happened, who was told when, and with what result', async () => {
    const { status, out } = await typeTo(fakeApi(), ['show', '42']);

    expect(status).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "INC-2026-0042  P1 outage, open
      Website: nothing accepts connections (port closed)

        services    Website
        kind        web, severity critical, impact high
        started     today 14:05
        opened      today 14:06
        cause       Nothing accepts connections (port closed).
                    10.0.0.5:443 refuses connections
        escalation  policy default, level 1, next today 14:20

      What happened
        today 14:06  Incident opened as P1: nothing accepts connections (port closed)

      Who was told
        WHEN         WHO   BY     WHAT    RESULT
        today 14:06  anna  email  opened  sent
      "
    `);
  });

  it('gives the same as JSON', async () => {
    expect(JSON.parse((await typeTo(fakeApi(), ['show', 'INC-2026-0042', '--json'])).out)).toEqual(sampleIncident);
  });

  it('says of which other incident a message was', async () => {
    const notifications = sampleIncident.notifications.map((one) => ({ ...one, incident: 'INC-2026-0041' }));
    const api = fakeApi({ incident: () => Promise.resolve({ ...sampleIncident, notifications }) });

    expect((await typeTo(api, ['show', '42'])).out).toMatch(/anna +email +opened +sent, about INC-2026-0041$/m);
  });

  it('shows what was looked at, what is known, what was tried, and what explained it before', async () => {
    const told = incidentJson(incident({ ...insights, flapping: false }), [], rules(), null, start);
    const whole = { ...told, affected: told.affected.slice(0, 2), timeline: [] };
    const api = fakeApi({ incident: () => Promise.resolve(whole) });

    const { out } = await typeTo(api, ['show', '42']);

    expect(widthOf(out)).toBeLessThanOrEqual(80);
    expect(out).toMatchInlineSnapshot(`
      "INC-2026-0042  P1 outage, open, recurring
      Website: nothing accepts connections (port closed)

        services    Website
        affected    Service 1, from today 14:05
                    Service 2, from today 14:05
        kind        web, severity critical, impact high
        started     today 14:05
        opened      today 14:06
        cause       Nothing accepts connections (port closed).
                    10.0.0.5:443 refuses connections
        escalation  policy default, level 1
        explained   until then by INC-2026-0041

      What was looked at
        ✓ Network card eth0: connected
        ✓ Router 192.168.178.1: answers (3 of 3 answered)
        ? Name server 192.168.178.1: unclear
        ✗ Port www.kanzlei.example:443: accepts no connections (connection refused)

      What is known
        seen 3 times before, last Thu 2 Apr 2026 14:05
        what helped: nginx neu gestartet. (INC-2026-0031, Thu 2 Apr 2026 14:05, over
        after 8m)
        INC-2026-0031  Website, Thu 2 Apr 2026 14:05; what helped: nginx neu
                       gestartet.

      What was tried
        today 14:06  systemctl restart nginx: had no effect (exit status 0)
        today 14:06  systemctl restart nginx: failed (exit status 1)
        today 14:06  systemctl restart nginx: is being tried

      What happened

      Who was told
        nobody yet
      "
    `);
  });

  it('names the message in which a folded one was told', async () => {
    const [one] = sampleIncident.notifications;
    const foldedInto = { kind: 'group', at: sampleIncident.openedAt } as const;
    const notifications = [{ ...one!, state: 'folded' as const, foldedInto }];
    const api = fakeApi({ incident: () => Promise.resolve({ ...sampleIncident, notifications }) });

    expect((await typeTo(api, ['show', '42'], { columns: 120 })).out).toMatch(
      /opened +told in: several incidents at once, today 14:06$/m,
    );
  });

  it('exits with 1 for an id that nobody has', async () => {
    expect(await typeTo(fakeApi(), ['show', '7'])).toEqual({
      status: 1,
      out: '',
      err: 'incidentd: there is no incident 7; incidentd incidents --all lists them\n',
    });
  });

  it('steers no terminal with texts from outside', async () => {
    const hostile = {
      ...sampleIncident,
      title: 'x\u001b]0;owned\u0007\u001b[2J',
      cause: { ...sampleIncident.cause, evidence: ['\u009b31m'] },
    };

    const { out } = await typeTo(fakeApi({ incident: () => Promise.resolve(hostile) }), ['show', '42']);

    expect(out).not.toMatch(/[^\P{Cc}\n]/u);
  });
});

describe('maintenance', () => {
  it('lists windows, all or those of one service', async () => {
    const windows = [sampleWindow, { ...sampleWindow, services: 'all' as const, by: null, active: false, reason: null }];
    const api = fakeApi({ maintenance: () => [...windows, { ...sampleWindow, services: ['Mail'] }] });

    const { out } = await typeTo(api, ['maintenance', 'website']);

    expect(out).toMatch(/^Website +now +today 14:05 +today 15:05 +Updates \(anna\)$/m);
    expect(out).toMatch(/^all services +planned/m);
    expect(out).not.toContain('Mail');
    expect(JSON.parse((await typeTo(api, ['maintenance', '--json'])).out)).toHaveLength(3);
  });

  it('says when there are none', async () => {
    expect((await typeTo(fakeApi({ maintenance: () => [] }), ['maintenance'])).out).toBe(
      'No maintenance, and none is planned.\n',
    );
  });
});

function longKnowledge(long: string): Pick<IncidentJson, 'findings' | 'known' | 'remedies' | 'linked'> {
  const at = sampleIncident.openedAt;
  const similar = [{ id: 'INC-2026-0031', service: long, code: 'timeout', at, tookMs: 1, cause: long, fix: long }] as const;
  return {
    findings: [{ layer: 'port', verdict: 'bad', subject: long, detail: long, text: `✗ ${long}: ${long}` }],
    known: { seen: 12, lastAt: at, fix: { text: long, by: 'person', incident: 'INC-2026-0031', at, tookMs: 1 }, similar },
    remedies: [{ label: long, state: 'failed', startedAt: at, endedAt: at, outcome: long, output: `${long} ${long}` }],
    linked: ['INC-2026-0001', 'INC-2026-0002'],
  };
}

describe('every view', () => {
  const long = 'The electronic-document-management-system-with-a-very-long-name of the whole office, cellar included';
  const incident: IncidentJson = {
    ...sampleIncident,
    title: `${long}: ${'x'.repeat(300)}`,
    flapping: true,
    recurring: true,
    services: [long],
    affected: [{ name: long, from: sampleIncident.openedAt, to: '2027-01-01T00:00:00Z' }],
    acknowledged: { by: long, at: sampleIncident.openedAt, until: '2027-01-01T00:00:00Z' },
    resolution: { cause: long, fix: long, by: long },
    mergedInto: 'INC-2026-0040',
    mergedFrom: ['INC-2026-0038', 'INC-2026-0039'],
    ...longKnowledge(long),
    timeline: [{ at: '2025-01-01T00:00:00Z', type: 'noted' as const, text: `${long}${long}` }],
    notifications: [
      { ...sampleIncident.notifications[0]!, to: long, channel: 'email-12', attempts: 17, state: 'uncertain' as const },
    ],
  };
  const service = {
    ...sampleStatus.services[0]!,
    name: long,
    since: '2025-01-01T00:00:00Z',
    maintenanceUntil: '2027-01-01T00:00:00Z',
    soft: true,
    stale: true,
  };
  const window = { ...sampleWindow, services: [long, selfService], reason: long, from: '2025-01-01T00:00:00Z' };
  const api = fakeApi({
    status: () => ({ ...sampleStatus, degraded: true, services: [service], incidents: [incident] }),
    incidents: () => Promise.resolve([incident]),
    incident: () => Promise.resolve(incident),
    maintenance: () => [window],
  });

  it.each([['status'], ['incidents'], ['show', '42'], ['maintenance']])('fits into 80 columns: %s', async (...words) => {
    const { out } = await typeTo(api, words);

    expect(out.split('\n').length).toBeGreaterThan(1);
    expect(widthOf(out)).toBeLessThanOrEqual(80);
  });

  it.each([['status'], ['incidents'], ['show', '42'], ['maintenance']])('fits into 40 columns: %s', async (...words) => {
    expect(widthOf((await typeTo(api, words, { columns: 40 })).out)).toBeLessThanOrEqual(60);
  });
});
