import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formatProblem } from '../../src/config/problem.ts';
import { defineProbe, up } from '../../src/probes/contract.ts';
import { probes } from '../../src/probes/registry.ts';
import { example } from './support/example.ts';
import { configurationOf, office, problemsOf } from './support/office.ts';

describe('the example of an office', () => {
  it('becomes rules', async () => {
    const { rules } = await configurationOf(example);

    expect(rules).toMatchObject({
      site: 'Kanzlei Sommer',
      timezone: 'Europe/Berlin',
      language: 'de',
      admin: 'anna',
      startupGraceMs: 180_000,
      groupWaitMs: 30_000,
      url: 'https://monitor.example',
      hours: { office: { spans: { 1: [{ from: 480, to: 1080 }], 5: [{ from: 480, to: 840 }] }, holidays: 'DE-BY' } },
      rota: { it: { turn: 'weekly', handover: { weekday: 1, minute: 480 }, members: ['anna', 'firm'] } },
      priorities: { P1: { escalation: 'default', startLevel: 1, respondWithinMs: 900_000, resolveWithinMs: 14_400_000 } },
      keep: { incidentsMs: 3 * 365 * 86_400_000, namesMs: 365 * 86_400_000 },
    });
    expect(rules.escalation.default).toEqual([
      { notify: ['owner'], afterMs: 0 },
      { notify: ['anna', 'it'], afterMs: 900_000 },
      { notify: ['boss'], afterMs: 3_600_000, repeatMs: 3_600_000 },
    ]);
    expect(rules.maintenance.map((window) => ({ ...window, key: '' }))).toEqual([
      { key: '', services: ['Website'], schedule: '0 3 * * SUN', durationMs: 7_200_000, reason: 'Updates' },
      {
        key: '',
        services: 'all',
        from: Date.parse('2026-12-24T11:00Z'),
        to: Date.parse('2026-12-24T17:00Z'),
        reason: 'Power works',
      },
    ]);
  });

  it('keeps each person with language, hours, absence and addresses', async () => {
    const { rules, ways } = await configurationOf(example);

    expect(rules.contacts.boss).toEqual({
      id: 'boss',
      language: 'de',
      hours: 'office',
      channels: [{ id: 'email', kind: 'email', address: 'chef@kanzlei.example' }],
      away: [],
      outside: false,
    });
    expect(rules.contacts.firm).toMatchObject({ away: [{ from: '2026-12-24', to: '2027-01-06' }], outside: true });
    expect([...(ways.byContact.get('firm')?.keys() ?? [])]).toEqual(['email', 'email-2', 'webhook', 'command']);
    expect(rules.contacts.firm?.channels).toEqual([
      { id: 'email', kind: 'email', address: 'support@firm.example' },
      { id: 'email-2', kind: 'email', address: 'notdienst@firm.example' },
      { id: 'webhook', kind: 'webhook', address: 'https://hooks.firm.example' },
      { id: 'command', kind: 'command', address: 'send-sms', only: ['P1'], events: ['opened', 'escalated'] },
    ]);
  });

  it('gives every check its key, its pace and its thresholds', async () => {
    const { rules, checks } = await configurationOf(example);

    expect([...checks.keys()]).toEqual([
      'Router/ping:192.168.178.1',
      'Internet/ping:1.1.1.1',
      'Website/http:https://www.kanzlei.example/login',
      'Website/tcp:www.kanzlei.example:443',
      'File server/ping:192.168.178.10',
      'File server/tcp:192.168.178.10:445',
      'Backup/heartbeat:24h',
      'Printer/command:check_tcp -H printer -p 9100',
      'Storage/disk:/srv',
    ]);
    const website = checks.get('Website/http:https://www.kanzlei.example/login');
    expect(website?.rule).toMatchObject({
      intervalMs: 30_000,
      timeoutMs: 10_000,
      retryIntervalMs: 30_000,
      failureThreshold: 3,
      part: false,
    });
    expect(website?.thresholds).toEqual(['degraded when slower than 2s, down when slower than 8s']);
    expect(checks.get('Router/ping:192.168.178.1')?.rule.failureThreshold).toBe(6);
    expect(checks.get('Printer/command:check_tcp -H printer -p 9100')?.rule.watch).toBe('office');
    expect(rules.services.Website?.checks.map(({ key }) => key)).toEqual([
      'Website/http:https://www.kanzlei.example/login',
      'Website/tcp:www.kanzlei.example:443',
      'Website/certificate:www.kanzlei.example:443',
    ]);
  });

  it('knows the built-in service without checks', async () => {
    const { rules } = await configurationOf(example);

    expect(rules.services.incidentd).toMatchObject({ id: 'incidentd', impact: 'medium', category: 'monitoring', checks: [] });
  });

  it('names every key without effect yet, with its place', async () => {
    const { notes } = await configurationOf(example);

    const keys = notes.flatMap(({ message }) => /^`(.*)` has no effect yet/.exec(message)?.[1] ?? []);
    expect(new Set(keys)).toEqual(new Set(['web', 'inbox', 'rota', 'holidays', 'away', 'watchdog', 'keep']));
    expect(notes.map(formatProblem).join('\n')).toMatch(/main\.yaml:\d+:\d+: `rota` has no effect yet/);
  });

  it('keeps rules plain: they survive being written down', async () => {
    const { rules } = await configurationOf(example);

    expect(JSON.parse(JSON.stringify(rules))).toEqual(rules);
    expect(JSON.stringify(rules)).not.toMatch(/hunter|hookhook/);
  });
});

describe('what is not written', () => {
  it('is taken from the machine and from sensible defaults', async () => {
    const { rules, mail, web } = await configurationOf(
      'contacts: { anna: a@office.example }\nservices: [{ name: A, check: load }]\n',
    );

    expect(rules).toMatchObject({
      site: 'server',
      timezone: 'Europe/Berlin',
      language: 'en',
      admin: 'anna',
      groupWaitMs: 30_000,
    });
    expect(rules.escalation.default).toEqual([
      { notify: ['owner'], afterMs: 0 },
      { notify: ['admin'], afterMs: 1_800_000 },
    ]);
    expect(Object.keys(rules.hours)).toEqual(['office']);
    expect(mail).toEqual({ from: { name: 'incidentd', address: 'incidentd@server.localdomain' }, servers: [], inbox: null });
    expect(web).toEqual({ listen: { host: '127.0.0.1', port: 8080 } });
    expect(rules.services.A?.checks[0]).toMatchObject({
      intervalMs: 60_000,
      timeoutMs: 10_000,
      retryIntervalMs: 30_000,
      failureThreshold: 3,
      successThreshold: 2,
      confirmForMs: 120_000,
      reopenWithinMs: 1_800_000,
    });
  });

  it('may be everything: a configuration without people and services says so in notes', async () => {
    const { notes, rules } = await configurationOf('site: a\n');

    expect(notes.map(({ message }) => message)).toEqual([
      'no contacts: nobody is told of anything',
      'no services: nothing is watched',
      'no mail servers: mails become .eml files in the state folder',
    ]);
    expect(rules).not.toHaveProperty('admin');
  });
});

describe('checks', () => {
  it('may be a URL, a kind, or a kind with its target anywhere among the options', async () => {
    const { checks } = await configurationOf(`services:
  - name: A
    host: db
    checks:
      - tcp://db:5432
      - ping
      - memory:
      - { interval: 5m, http: "http://db/health" }
      - { ping: 10.0.0.1, name: by address, part: true }
`);

    expect([...checks.values()].map(({ rule }) => [rule.key, rule.intervalMs, rule.part])).toEqual([
      ['A/tcp:db:5432', 60_000, false],
      ['A/ping:db', 60_000, false],
      ['A/memory:local', 60_000, false],
      ['A/http:http://db/health', 300_000, false],
      ['A/by address', 60_000, true],
    ]);
  });

  it('take what is nearest: their own, else that of the service, else the defaults', async () => {
    const { rules } = await configurationOf(`defaults: { interval: 2m, timeout: 5s, watch: office }
services:
  - name: A
    timeout: 7s
    schedule: "*/15 8-17 * * MON-FRI"
    checks:
      - load
      - memory:
        interval: 10s
`);

    const [load, memory] = rules.services.A?.checks ?? [];
    expect(load).toMatchObject({ schedule: '*/15 8-17 * * MON-FRI', timeoutMs: 7000, watch: 'office' });
    expect(load?.intervalMs).toBe((24 * 2 + 24 - 10 + 0.25) * 3_600_000);
    expect(memory).toMatchObject({ intervalMs: 10_000, retryIntervalMs: 10_000, timeoutMs: 7000 });
    expect(memory).not.toHaveProperty('schedule');
  });

  it('look with the options that were written, and no secret comes out', async () => {
    const echo = defineProbe({
      kind: 'echo',
      summary: 'Says what it was given',
      category: 'other',
      schema: z.strictObject({ word: z.string(), token: z.unknown().optional() }),
      measures: [],
      target: (typed) => ({ word: String(typed) }),
      describe: (options) => options.word,
      run: async (options) => up(`${options.word} hushhush`, [], ['with hushhush']),
      example: '- echo: a',
    });
    using place = office({ 'main.yaml': 'services: [{ name: A, check: { echo: hello, token: !env TOKEN } }]\n' });

    const loaded = await place.load({ probes: [echo], env: { TOKEN: 'hushhush' } });
    const check = loaded.ok ? loaded.configuration.checks.get('A/echo:hello') : undefined;
    const seen = await check?.look({ signal: AbortSignal.timeout(1000), timeoutMs: 1000, now: 0, beat: null });

    expect(seen).toEqual({ status: 'up', reason: 'ok', message: 'hello ***', measures: [], evidence: ['with ***'] });
  });
});

const kinds = probes.map(({ kind }) => kind).join(', ');

describe('several mistakes', () => {
  it('are all told at once, in order, each with its line', async () => {
    const told = await problemsOf(`site: Office
langauge: de
timezone: Berlin
contacts:
  anna: anna(at)office.example
services:
  - name: Website
    depends_on: [Databse]
    interval: 5 minutes
    check: { pnig: db }
  - name: Database
    depends_on: Mail
    notify: carla
    check: load
  - name: Mail
    depends_on: Database
\tcheck: memory
site: Again
`);

    expect(told.map((line) => line.split(':')[0])).toEqual(['2', '3', '5', '8', '9', '10', '12', '13', '17', '18']);
    expect(told.join('\n').replace(kinds, 'KINDS')).toMatchInlineSnapshot(`
      "2:1: unknown key "langauge" (did you mean "language"?)
      3:11: "Berlin" is not a time zone (did you mean "Europe/Berlin"?)
      5:9: expected a mail address such as anna@kanzlei.example, found "anna(at)office.example"
      8:18: there is no service "Databse" (did you mean "Database"?)
      9:15: expected a duration such as 30s, 5m, 2h or 14d, found "5 minutes"
      10:14: unknown check kind "pnig" (did you mean "ping"?); kinds: KINDS
      12:17: services depend on each other in a circle: Database → Mail → Database
      13:13: there is no contact or rota "carla"; known: anna, owner, admin
      17:1: a tab is used for indentation; write spaces
      18:1: the key "site" is written twice (first in line 1)"
    `);
  });
});
