import { describe, expect, it } from 'vitest';
import { readSpans, weekOf } from '../../src/config/scalars/spans.ts';
import { longestGap } from '../../src/config/scalars/times.ts';
import { readThresholds, thresholdInWords } from '../../src/config/sections/thresholds.ts';
import { hint, nearest } from '../../src/config/suggest.ts';
import { minuteOfDay, weekdaysOf } from '../../src/core/calendar/week-words.ts';
import type { MeasureSpec } from '../../src/probes/contract.ts';
import { configurationOf } from './support/office.ts';

describe('hours', () => {
  it.each([
    ['Mon', [1]],
    ['Mon-Thu', [1, 2, 3, 4]],
    ['Mon,Wed', [1, 3]],
    ['sat-mon', [6, 7, 1]],
    ['Monday-Wednesday,Fri', [1, 2, 3, 5]],
    ['Mon-Fri,Tue', null],
    ['Mo', null],
    ['Mon-', null],
    ['Mon-Tue-Wed', null],
    ['', null],
  ])('know the days of %s', (typed, days) => {
    expect(weekdaysOf(typed)).toEqual(days);
  });

  it.each([
    ['00:00', 0],
    ['8:30', 510],
    ['24:00', 1440],
    ['24:01', null],
    ['12:60', null],
    ['12', null],
  ])('know the minute of %s', (typed, minute) => {
    expect(minuteOfDay(typed)).toBe(minute);
  });

  it('cut at midnight what passes it, Sunday into Monday, and join what meets', () => {
    const spans = readSpans('22:00-06:00, 06:00-08:00');

    expect(weekOf(new Map([[7, spans as readonly { from: number; to: number }[]]]))).toEqual({
      7: [
        { from: 360, to: 480 },
        { from: 1320, to: 1440 },
      ],
      1: [{ from: 0, to: 360 }],
    });
  });

  it.each(['', '8-18', '08:00', '08:00-08:00', '24:00-08:00', '08:00-12:00-14:00', '08:00-12:00;13:00-14:00'])(
    'refuse "%s"',
    (typed) => {
      expect(readSpans(typed)).toEqual(expect.any(String));
    },
  );

  it('may be short, a map, or lists, and office can be rewritten', async () => {
    const { rules } = await configurationOf(`hours:
  office: Mon-Fri 09:00-17:00
  shop: { "Mon,Wed": [08:00-12:00, 13:00-24:00], Sat: 22:00-02:00 }
  never: { Mon: [] }
`);

    expect(rules.hours.office?.spans[3]).toEqual([{ from: 540, to: 1020 }]);
    expect(rules.hours.shop?.spans).toEqual({
      1: [
        { from: 480, to: 720 },
        { from: 780, to: 1440 },
      ],
      3: [
        { from: 480, to: 720 },
        { from: 780, to: 1440 },
      ],
      6: [{ from: 1320, to: 1440 }],
      7: [{ from: 0, to: 120 }],
    });
    expect(rules.hours.never?.spans).toEqual({});
  });
});

describe('watch', () => {
  it('holds for the checks of its place, the nearest one winning', async () => {
    const { rules } = await configurationOf(`hours:
  office: { Mon-Thu: [08:00-12:00, 13:00-18:00], Fri: "08:00-12:00, 13:00-14:00", holidays: DE-BY }
  night: Mon-Sun 22:00-06:00
  always: Mon-Sun 00:00-24:00
defaults: { watch: office }
services:
  - { name: Printer, check: tcp://printer:9100 }
  - { name: Backup, watch: night, checks: [ping://nas, { tcp: "nas:22", watch: always }] }
`);

    const watches = Object.values(rules.services).flatMap(({ checks }) => checks.map(({ key, watch }) => [key, watch]));
    expect(Object.fromEntries(watches)).toEqual({
      'Printer/tcp:printer:9100': 'office',
      'Backup/ping:nas': 'night',
      'Backup/tcp:nas:22': 'always',
    });
    const halves = [
      { from: 480, to: 720 },
      { from: 780, to: 1080 },
    ];
    expect(rules.hours.office).toEqual({
      spans: {
        1: halves,
        2: halves,
        3: halves,
        4: halves,
        5: [
          { from: 480, to: 720 },
          { from: 780, to: 840 },
        ],
      },
      holidays: 'DE-BY',
    });
    expect(rules.hours.night?.spans[1]).toEqual([
      { from: 0, to: 360 },
      { from: 1320, to: 1440 },
    ]);
    expect(rules.hours.always?.spans[7]).toEqual([{ from: 0, to: 1440 }]);
  });
});

describe('a schedule', () => {
  it.each([
    ['*/5 * * * *', 5 * 60_000],
    ['0 3 * * *', 86_400_000],
    ['0 8-17 * * MON-FRI', (14 + 1 + 48) * 3_600_000],
    ['0 0 1 * *', 31 * 86_400_000],
  ])('%s looks at least this often', (expression, gap) => {
    expect(longestGap(expression)).toBe(gap);
  });
});

describe('thresholds', () => {
  const time: MeasureSpec = { name: 'time', unit: 'ms', sort: 'current', worse: 'above', main: true, about: '' };
  const days: MeasureSpec = {
    name: 'days',
    unit: 'days',
    sort: 'forewarning',
    worse: 'below',
    warning: 14,
    critical: 3,
    about: '',
  };
  const free: MeasureSpec = { name: 'free', unit: 'bytes', sort: 'forewarning', worse: 'below', about: '' };
  const all = [time, days, free];

  function read(written: { warning?: unknown; critical?: unknown }, measures: readonly MeasureSpec[] = all) {
    const problems: string[] = [];
    const findings = {
      problem: (path: unknown, message: string) => problems.push(`${JSON.stringify(path)} ${message}`),
      lacking: () => {},
      note: () => {},
    };
    return { thresholds: readThresholds(written, 'kind', measures, [], findings), problems };
  }

  it('take a bare limit for the main measure and the own limits of the others', () => {
    expect(read({ warning: '2s' }).thresholds).toEqual([
      { measure: 'time', sort: 'current', worse: 'above', warning: 2000 },
      { measure: 'days', sort: 'forewarning', worse: 'below', warning: 14, critical: 3 },
    ]);
  });

  it('take limits by measure, each in its unit', () => {
    expect(read({ warning: { days: '1w', free: '2GiB' }, critical: { days: '36h' } }).thresholds).toEqual([
      { measure: 'days', sort: 'forewarning', worse: 'below', warning: 7, critical: 1.5 },
      { measure: 'free', sort: 'forewarning', worse: 'below', warning: 2 * 2 ** 30 },
    ]);
  });

  it('are refused where the warning is not the milder one, in the direction of the measure', () => {
    expect(read({ warning: { days: '2d' } }).problems).toEqual([
      '["warning"] warning 2d must be above critical 3d (the default): a lower value of days is worse',
    ]);
    expect(read({ critical: { days: '20d' } }).problems).toEqual([
      '["critical"] warning 14d (the default) must be above critical 20d: a lower value of days is worse',
    ]);
    expect(read({ warning: '2s', critical: '2s' }).problems).toHaveLength(1);
  });

  it('are refused where no measure is the main one', () => {
    expect(read({ warning: '2d' }, [days, free]).problems).toEqual([
      '["warning"] write which measure of kind is meant: days, free',
    ]);
  });

  it.each([
    [{ warning: 5 }, /expected a duration such as 200ms or 2s \(time\), found the number 5/],
    [{ warning: { free: '5' } }, /expected a size such as 20GiB \(free\), found "5"/],
    [{ warning: [] }, /found a list/],
    [{ warning: { speed: 1 } }, /kind has no measure "speed"; it has: time, days, free/],
  ])('say what they take: %j', (written, message) => {
    expect(read(written).problems.join('\n')).toMatch(message);
  });

  it('can be said in words', () => {
    expect(thresholdInWords({ measure: 'time', sort: 'current', worse: 'above', warning: 2000, critical: 8000 }, time)).toBe(
      'degraded when slower than 2s, down when slower than 8s',
    );
    expect(thresholdInWords({ measure: 'days', sort: 'forewarning', worse: 'below', critical: 3 }, days)).toBe(
      'degraded (major) when fewer days are left than 3d',
    );
  });
});

describe('what depends on what', () => {
  it('comes from the defaults, except for what the default itself needs and for what looks at this machine', async () => {
    const { rules } = await configurationOf(`defaults: { depends_on: [Internet] }
services:
  - { name: Router, check: "ping://r" }
  - { name: Internet, depends_on: Router, check: "ping://i" }
  - { name: Website, check: "http://w" }
  - { name: Printer, depends_on: [], check: "ping://p" }
  - { name: Shop, depends_on: [Website, Router], check: "http://s" }
  - { name: Disk, check: disk }
  - { name: Mixed, checks: [disk, "ping://m"] }
`);

    const dependsOn = Object.fromEntries(Object.values(rules.services).map((service) => [service.id, service.dependsOn]));
    expect(dependsOn).toEqual({
      Router: [],
      Internet: ['Router'],
      Website: ['Internet'],
      Printer: [],
      Shop: ['Website', 'Router'],
      Disk: [],
      Mixed: ['Internet'],
      incidentd: [],
    });
  });

  it('may be said by name where a service has an id', async () => {
    const { rules } = await configurationOf(
      'services:\n  - { id: web, name: The website, check: "http://w" }\n  - { name: Shop, depends_on: The website, check: "http://s" }\n',
    );

    expect(rules.services.Shop?.dependsOn).toEqual(['web']);
  });

  it('is followed without end also through a very long chain', async () => {
    const chain = Array.from(
      { length: 2000 },
      (_, index) => `  - { name: S${index}, depends_on: [${index === 0 ? '' : `S${index - 1}`}], check: load }`,
    );

    const { rules } = await configurationOf(`services:\n${chain.join('\n')}\n`);

    expect(rules.services.S1999?.dependsOn).toEqual(['S1998']);
  });
});

describe('mail servers', () => {
  it('get their ports and their TLS from the URL', async () => {
    const { mail } = await configurationOf(`mail:
  from: Monitoring <m@office.example>
  servers:
    - { url: smtps://a.example, user: u, password: p }
    - { url: smtp://b.example, user: u, password: p }
    - smtp://relay.office
    - smtp://localhost:2525
    - { url: "smtp://[::1]", tls: required }
    - { url: smtp://old.office, tls: optional }
`);

    expect(mail.from).toEqual({ name: 'Monitoring', address: 'm@office.example' });
    expect(mail.servers.map(({ host, port, secure, tls }) => [host, port, secure, tls])).toEqual([
      ['a.example', 465, true, 'required'],
      ['b.example', 587, false, 'required'],
      ['relay.office', 25, false, 'required'],
      ['localhost', 2525, false, 'optional'],
      ['::1', 25, false, 'required'],
      ['old.office', 25, false, 'optional'],
    ]);
  });
});

describe('the nearest name', () => {
  it.each([
    ['intervall', 'interval'],
    ['inetrval', 'interval'],
    ['Interval', 'interval'],
    ['timout', 'timeout'],
    ['foobar', undefined],
    ['x'.repeat(1000), undefined],
  ])('of %s', (word, near) => {
    expect(nearest(word, ['interval', 'timeout', 'retry_interval'])).toBe(near);
  });

  it('or what is allowed', () => {
    expect(hint('ovner', ['owner', 'admin'])).toBe(' (did you mean "owner"?)');
    expect(hint('zzz', ['owner', 'admin'])).toBe('; allowed: owner, admin');
    expect(hint('zzz', [])).toBe('');
  });
});
