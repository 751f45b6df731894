import { describe, expect, it } from 'vitest';
import { holesOf } from '../../src/cli/holes.ts';
import { placeOf } from '../../src/cli/place.ts';
import { configurationOf } from '../config/support/office.ts';

/** Tuesday, 14:05 in Berlin. */
const now = Date.parse('2026-05-12T12:05:00Z');

const servers = 'mail: { from: m@office.example, servers: [smtp://localhost:25] }\n';
const line = 'when the line of the office is down';

/** What `validate` warns of in a file of an office with an Internet and a website; everything else is given. */
async function warnings(yaml: string): Promise<readonly string[]> {
  const all = await configurationOf(`timezone: Europe/Berlin\n${yaml}`);
  return holesOf(all, now);
}

const website = 'services: [{ name: Website, impact: high, check: "tcp://www.office.example:443" }]\n';

describe('a P1 or P2 that nobody hears of', () => {
  it.each([
    ['somebody without hours', 'contacts: { anna: a@b.example }\n'],
    ['hours, which never hold a P1', 'contacts: { anna: { email: a@b.example, hours: office } }\n'],
    ['a filter that lets it through', 'contacts: { anna: { email: a@b.example, only: [P1, P2], events: [opened] } }\n'],
    [
      'a second channel',
      'contacts: { anna: { email: a@b.example, only: [P5], webhook: { url: "http://10.0.0.1/sms", only: [P1, P2] } } }\n',
    ],
    [
      'a rota',
      `contacts: { anna: { email: a@b.example, only: [P5] }, ben: b@b.example }
rota: { it: { members: [ben] } }
escalation: { default: [{ notify: it }] }
`,
    ],
    [
      'a later level',
      `contacts: { anna: { email: a@b.example, only: [P5] }, ben: b@b.example }
escalation: { default: [{ notify: anna }, { notify: ben, after: 1h }] }
`,
    ],
  ])('is not told where there is %s', async (_, yaml) => {
    expect(await warnings(`${yaml}${website}`)).toEqual([]);
  });

  it.each([
    ['a filter by priority', '{ email: a@b.example, only: [P3, P4, P5] }', /a P1 reaches nobody at any hour: no level names/],
    ['a filter by event', '{ email: a@b.example, events: [recovered] }', /a P1 reaches nobody at any hour: no level names/],
    [
      'an event that comes only later',
      '{ email: a@b.example, events: [escalated] }',
      /a P1 reaches nobody at any hour: no level names/,
    ],
  ])('is told where there is %s', async (_, anna, message) => {
    const yaml = `contacts: { anna: ${anna} }\nescalation: { default: [{ notify: owner }] }\n${website}`;

    expect(await warnings(yaml)).toContainEqual(expect.stringMatching(message));
  });

  it('is told of a person who is called to no incident, since what follows goes to those who were', async () => {
    const contacts = `contacts:
  anna: a@b.example
  log: { email: log@b.example, webhook: { url: https://h.example }, events: [recovered, raised] }
  boss: { email: c@b.example, events: [recovered], webhook: { url: https://h.example, events: [opened] } }
`;

    const told = (await warnings(`${contacts}${website}`)).filter((text) => text.includes('never told'));

    expect(told).toEqual([expect.stringMatching(/^log is never told of an incident: .*add opened/)]);
  });

  it('names the admin, who is told when nobody else can be', async () => {
    const yaml = `contacts: { boss: c@b.example, anna: { email: a@b.example, only: [P5] } }
escalation: { default: [{ notify: anna }] }
${website}`;

    expect(await warnings(yaml)).toEqual([
      expect.stringMatching(
        /^Website: a P1 reaches nobody at any hour, but the admin \(boss\), who is told when nobody else can be/,
      ),
    ]);
  });

  it('is told of the policy that a service or a priority names, and of its start level', async () => {
    const yaml = `contacts: { anna: a@b.example, ben: { email: b@b.example, only: [P3] } }
admin: ben
escalation:
  default: [{ notify: anna }]
  quiet: [{ notify: ben }]
  late: [{ notify: anna }, { notify: ben, after: 1h }]
priorities: { P1: { escalation: late, start_level: 2 } }
services:
  - { name: Website, impact: high, check: "tcp://www.office.example:443" }
  - { name: Wiki, escalation: quiet, check: "tcp://wiki.office.example:443" }
  - { name: Mail, check: "tcp://mail.office.example:25" }
`;

    const told = (await warnings(yaml)).map((text) => text.replace(/ at any hour.*/, ''));
    expect(told).toEqual(['Website: a P1 reaches nobody', 'Wiki: a P2 reaches nobody']);
  });

  it('finds a gap of minutes between the hours of two people', async () => {
    const yaml = `hours: { day: Mon-Sun 06:00-18:20, night: Mon-Sun 18:40-06:00 }
contacts: { anna: { email: a@b.example, hours: day }, ben: { email: b@b.example, hours: night } }
escalation: { default: [{ notify: [anna, ben] }] }
services: [{ name: Mail, check: "tcp://mail.office.example:25" }]
`;

    expect(await warnings(yaml)).toEqual([
      expect.stringMatching(/^Mail: a P2 reaches nobody at some hours, such as Tue 12 May 2026 18:20, but the admin \(anna\)/),
    ]);
    expect(await warnings(yaml.replace('18:40', '18:20'))).toEqual([]);
  });
});

describe('a way out when the line is down', () => {
  const office = (contact: string, more = '') =>
    warnings(`${servers}contacts: { anna: ${contact} }
${more}services:
  - { name: Internet, impact: high, check: ping://1.1.1.1 }
  - { name: Website, impact: high, check: "https://www.office.example" }
`);

  it.each([
    ['mail', 'a@b.example'],
    ['a webhook', '{ email: a@b.example, webhook: https://hooks.example/x }'],
    ['ntfy', '{ ntfy: { url: https://ntfy.sh/office-x } }'],
    ['a command for what is not urgent', '{ email: a@b.example, command: { run: [/bin/sms], only: [P4] } }'],
    ['a command for the all-clear', '{ email: a@b.example, command: { run: [/bin/sms], events: [recovered] } }'],
  ])('is missing with %s alone', async (_, contact) => {
    expect(await office(contact)).toEqual([expect.stringContaining(line)]);
  });

  it.each([
    ['a command', '{ email: a@b.example, command: [/bin/sms] }'],
    ['a command for P1 alone', '{ email: a@b.example, command: { run: [/bin/sms], only: [P1], events: [opened] } }'],
    ['a gateway in the house', '{ email: a@b.example, webhook: http://192.168.1.9/sms }'],
  ])('is there with %s', async (_, contact) => {
    expect(await office(contact)).toEqual([]);
  });

  it('is missing where only others than those who hear of the line have one', async () => {
    const found = await warnings(`${servers}contacts: { anna: a@b.example, ben: { command: [/bin/sms] } }
escalation: { default: [{ notify: anna }], web: [{ notify: ben }] }
services:
  - { name: Internet, impact: high, check: ping://1.1.1.1 }
  - { name: Website, impact: high, escalation: web, check: "https://www.office.example" }
`);

    expect(found).toEqual([
      expect.stringMatching(/no message leaves it \(by command no level is told of Internet as a P1 or P2\)/),
    ]);
  });
});

describe('a service in the house that depends on one outside', () => {
  const inherits = (check: string) =>
    warnings(`contacts: { anna: a@b.example }
defaults: { depends_on: Internet }
services:
  - { name: Internet, check: ping://1.1.1.1 }
  - { name: Files, check: ${check} }
`);

  it.each([
    'ping://192.168.1.10',
    'tcp://nas:445',
    'tcp://nas.fritz.box:445',
    'https://10.0.0.1:8443/login',
    'imaps://172.16.0.4',
    '{ smtp: "mail.lan:25" }',
    '{ tls: "[fd00::1]:443" }',
    '{ dns: office.example, resolver: 192.168.1.1 }',
    '{ command: [/usr/lib/nagios/plugins/check_tcp, -H, 192.168.1.7, -p, "9100"] }',
  ])('is told for %s', async (check) => {
    expect(await inherits(check)).toEqual([
      'Files is in the house and depends on Internet, which is outside: a failure of its own is not told while that is down; depends_on: [] opts out',
    ]);
  });

  it.each([
    'https://www.office.example',
    'ping://9.9.9.9',
    '{ dns: office.example, resolver: 9.9.9.9 }',
    '{ command: [/usr/lib/nagios/plugins/check_tcp, -H, printer, -p, "9100"] }',
    '{ disk: / }',
    '{ heartbeat: 24h }',
  ])('is not told for %s', async (check) => {
    expect(await inherits(check)).toEqual([]);
  });

  it('is told once for all of them, and not for one that opts out', async () => {
    const found = await warnings(`contacts: { anna: a@b.example }
defaults: { depends_on: Internet }
services:
  - { name: Internet, check: ping://1.1.1.1 }
  - { name: Files, check: ping://192.168.1.10 }
  - { name: Printer, check: ping://192.168.1.11 }
  - { name: Phones, depends_on: [], check: ping://192.168.1.12 }
`);

    expect(found).toEqual([expect.stringMatching(/^Files, Printer are in the house and depend on Internet, which is outside/)]);
  });

  it.each([
    ['100.64.0.1', 'outside'],
    ['::ffff:8.8.8.8', 'outside'],
    ['server.home.arpa', 'inside'],
    ['www.example.com', 'unknown'],
    ['www.example.com:443', 'unknown'],
    ['', 'unknown'],
  ])('knows of %j where it lies: %s', (target, place) => {
    expect(placeOf({ kind: 'tcp', target, local: false, passive: false })).toBe(place);
  });
});
