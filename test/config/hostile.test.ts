import { describe, expect, it } from 'vitest';
import { problemsOf } from './support/office.ts';

/** One mistake: the text, where it is told, and what is told of it. */
type Mistake = readonly [name: string, yaml: string | Uint8Array, where: string, told: RegExp];

const people = 'contacts: { anna: anna@office.example }\n';
const service = (lines: string) => `${people}services:\n  - name: Website\n${lines}`;
const check = (lines: string) => service(`    checks:\n${lines}`);

const files: readonly Mistake[] = [
  ['an empty file', '', '1:1', /the file is empty; it begins with keys such as "contacts:"/],
  ['comments alone', '# nothing\n', '1:1', /the file is empty/],
  ['a scalar', 'hello', '1:1', /does not hold a map of keys/],
  ['a list', '- a\n- b\n', '1:1', /does not hold a map of keys/],
  ['two documents', 'site: a\n---\nsite: b\n', '2:1', /several documents/],
  ['a NUL', 'site: a\nadmin: "b\u0000c"\n', '2:10', /control character U\+0000/],
  ['an escaped NUL', 'site: "a\\0b"\n', '1:7', /control character U\+0000/],
  ['an ANSI sequence', 'site: a\u001b[31m\n', '1:8', /U\+001B/],
  ['a lone carriage return', 'site: a\rlanguage: de\n', '1:8', /U\+000D/],
  ['UTF-16 with a mark', Buffer.from('\ufeffsite: a\n', 'utf16le'), '1:1', /UTF-16; save it as UTF-8/],
  ['UTF-16 without a mark', Buffer.from('site: a\n', 'utf16le'), '1:2', /U\+0000/],
  ['Latin-1', Buffer.from('site: a\ncontacts:\n  j\xf6rg: j@a.example\n', 'latin1'), '3:1', /not valid UTF-8/],
  ['more than 2 MiB', `${people}#${'x'.repeat(2 * 1024 * 1024)}`, '1:1', /larger than 2 MiB; split it/],
  ['20,000 levels', `site: ${'['.repeat(20_000)}`, '1:', /nested too deeply/],
  ['100 levels', `site: ${'['.repeat(100)}${']'.repeat(100)}`, '1:', /nested too deeply; at most 32/],
  ['an unclosed quote', 'site: "a\nlanguage: de\n', '1:7', /the quote that begins here is never closed/],
  ['an unclosed list', 'site: a\nadmin: [b\n', '2:8', /the \[ that begins here is never closed/],
  ['two colons in a line', 'site: a: b\n', '1:7', /second ": "/],
  ['YAML 1.1', '%YAML 1.1\n---\nsite: a\n', '1:1', /YAML 1\.1/],
  ['an unknown directive', '%FOO 1\n---\nsite: a\n', '1:1', /unknown directive/i],
  ['a list as a key', '? [a]\n: b\n', '1:3', /a key must be text/],
  ['a billion laughs', bomb(), '6:', /aliases repeat more than/],
  ['very many aliases', `site: &a x\nhours:\n${'  '}k: [${'*a,'.repeat(25_000)}]\n`, '3:', /aliases repeat more than/],
  ['an alias to nothing', 'site: *nobody\n', '1:7', /\*nobody names nothing/],
  ['an alias in itself', 'hours: &h { a: *h }\n', '1:16', /stands inside of what it names/],
  ['a merge key', 'hours: &h { office: Mon 08:00-09:00 }\nrota:\n  <<: *h\n', '3:3', /merging with "<<" is not supported/],
  ['an unknown tag', 'site: !vault x\n', '1:14', /unknown tag !vault; known tags: !env, !file, !credential/],
  ['a binary', 'site: !!binary aGVsbG8=\n', '1:16', /unknown tag !!binary/],
  ['a secret of a list', 'site: !env [a]\n', '1:12', /!env takes one name/],
];

function bomb(): string {
  const levels = Array.from({ length: 8 }, (_, index) => {
    const inner = index === 0 ? 'x' : `*l${index - 1}`;
    return `k${index}: &l${index} [${Array.from({ length: 9 }, () => inner).join(', ')}]`;
  });
  return `hours:\n  ${levels.join('\n  ')}\n  end: *l7\n`;
}

const keys: readonly Mistake[] = [
  ['a key that nobody knows', 'site: a\nservises: []\n', '2:1', /unknown key "servises" \(did you mean "services"\?\)/],
  ['a key far from all others', 'site: a\nfoobarbaz: 1\n', '2:1', /unknown key "foobarbaz"; allowed here: site, timezone/],
  ['a key twice', 'site: a\nlanguage: de\nsite: b\n', '3:1', /"site" is written twice \(first in line 1\)/],
  ['a nested key twice', `${people}mail:\n  from: a@b.example\n  from: a@b.example\n`, '4:3', /twice \(first in line 3\)/],
  ['__proto__', '__proto__: { site: a }\nsite: b\n', '1:1', /"__proto__" is not allowed/],
  ['constructor', 'contacts:\n  constructor: a@b.example\n', '2:3', /"constructor" is not allowed/],
  ['a name of every object', 'contacts:\n  toString: a@b.example\n', '2:3', /"toString" is not allowed/],
  ['a tab', 'site: a\nmail:\n\tfrom: a@b.example\n', '3:1', /a tab is used for indentation/],
  ['a wrong type', 'site: [a]\n', '1:7', /expected text, found a list/],
  ['a number as text', 'site: 2026\n', '1:7', /expected text, found the number 2026; put it in quotes/],
  ['a version as text', 'site: 1.10\n', '1:7', /found the number 1\.1/],
  ['an octal number as text', 'site: 0o10\n', '1:7', /found the number 8/],
  ['nothing', 'site:\n', '1:6', /expected text, found nothing/],
  ['an empty text', 'site: ""\n', '1:7', /expected at least 1 character/],
  ['a wrong choice', 'language: gr\n', '1:11', /"gr" is not accepted here; allowed: de, en/],
  ['sections of the wrong type', 'contacts: [a]\n', '1:11', /expected a map of keys, found a list/],
  ['services as a map', 'services: { a: b }\n', '1:11', /expected a list, found a map/],
  ['a time zone', 'timezone: Europe/Berlim\n', '1:11', /not a time zone \(did you mean "Europe\/Berlin"\?\)/],
  ['an offset as a time zone', 'timezone: "+01:00"\n', '1:11', /not a time zone; write one such as Europe\/Berlin/],
  [
    'a duration in words',
    'startup_grace: 5 minutes\n',
    '1:16',
    /expected a duration such as 30s, 5m, 2h or 14d, found "5 minutes"/,
  ],
  ['a duration without unit', 'startup_grace: 180\n', '1:16', /expected a duration .*found the number 180/],
  ['a duration out of range', 'startup_grace: 2h\n', '1:16', /2h is too long; at most 1h/],
  ['an include of nothing', 'include: nowhere/*.yaml\n', '1:10', /"nowhere\/\*\.yaml" matches no file/],
  ['a number as include', 'include: 5\n', '1:10', /expected a path such as services\.d\/\*\.yaml/],
  ['web: yes', 'web: yes\n', '1:6', /expected off, or a map with listen and url/],
  ['a listen address', 'web: { listen: here }\n', '1:16', /an address and port such as 127\.0\.0\.1:8080/],
  ['a watchdog', 'watchdog: { url: hc-ping.example }\n', '1:18', /a web address such as/],
  ['an admin that nobody is', `${people}admin: ana\n`, '2:8', /there is no contact or rota "ana" \(did you mean "anna"\?\)/],
];

const persons: readonly Mistake[] = [
  ['a bad address', 'contacts: { anna: anna@@office }\n', '1:19', /a mail address, or a map|expected a mail address such as/],
  [
    'an address with a name',
    'contacts: { anna: Anna <a@b.example> }\n',
    '1:19',
    /expected a mail address such as anna@kanzlei\.example/,
  ],
  ['two addresses in one text', 'contacts: { anna: "a@b.example, c@d.example" }\n', '1:19', /expected a mail address/],
  ['a header in an address', 'contacts: { anna: "a@b.example\\nBcc: x@y.example" }\n', '1:19', /expected a mail address/],
  ['a contact called owner', 'contacts: { owner: a@b.example }\n', '1:13', /"owner" is a word for a role/],
  ['a slash in a name', 'contacts: { a/b: a@b.example }\n', '1:13', /holds a slash/],
  ['no way to reach', 'contacts: { anna: { language: de } }\n', '1:13', /nothing says how to reach "anna"/],
  [
    'unknown hours',
    'contacts: { anna: { email: a@b.example, hours: ofice } }\n',
    '1:48',
    /no entry of hours: "ofice" \(did you mean "office"\?\)/,
  ],
  ['a day that is none', 'contacts: { anna: { email: a@b.example, away: 2026-02-30 } }\n', '1:47', /expected days such as/],
  [
    'days that end before they begin',
    'contacts: { a: { email: a@b.example, away: [2026-02-03/2026-01-03] } }\n',
    '1:45',
    /lies before/,
  ],
  ['an unquoted phone number', 'contacts: { a: { command: [sms, +4917] } }\n', '1:33', /expected text, found the number 4917/],
  ['a bad webhook', 'contacts: { a: { webhook: ftp://x.example } }\n', '1:27', /a web address such as/],
  [
    'an unknown event',
    'contacts: { a: { email: a@b.example, events: [opend] } }\n',
    '1:47',
    /"opend" is not accepted here.*\(did you mean "opened"\?\)/,
  ],
  ['a rota called as a contact', `${people}rota: { anna: { members: [anna] } }\n`, '2:9', /is a contact already/],
  ['a rota of nobody', `${people}rota: { it: { members: [] } }\n`, '2:24', /at least 1 entry|a contact, or a list/],
  ['a stranger in a rota', `${people}rota: { it: { members: [ann] } }\n`, '2:25', /no contact "ann" \(did you mean "anna"\?\)/],
  ['a handover', `${people}rota: { it: { members: anna, handover: noon } }\n`, '2:40', /a handover such as Mon 08:00/],
  [
    'levels that do not rise',
    `${people}escalation:\n  default:\n    - notify: anna\n    - { notify: anna, after: 0s }\n`,
    '5:30',
    /must rise/,
  ],
  [
    'a level without after',
    `${people}escalation:\n  default:\n    - notify: anna\n    - notify: anna\n`,
    '5:7',
    /level 2 needs "after"/,
  ],
  ['a level without notify', `${people}escalation:\n  default:\n    - after: 5m\n`, '4:7', /the key "notify" is missing/],
  [
    'an unknown person',
    `${people}escalation:\n  default:\n    - notify: [anna, bert]\n`,
    '4:22',
    /no contact or rota "bert"; known: anna, owner, admin/,
  ],
  ['a policy without levels', `${people}escalation: { default: [] }\n`, '2:24', /the policy has no levels; write at least one/],
  ['a policy that is no list', `${people}escalation: { default: anna }\n`, '2:24', /expected a list of levels, found "anna"/],
  ['a start level', 'priorities: { P1: { start_level: 3 } }\n', '1:34', /the policy has 2 levels; start_level is at most 2/],
  ['a sixth priority', 'priorities: { P6: {} }\n', '1:15', /unknown key "P6" \(did you mean "P1"\?\)/],
  ['hours as a bare time', 'hours: { office: { Fri: 12:30 } }\n', '1:25', /expected a span such as 08:00-18:00, found "12:30"/],
  ['hours of no day', 'hours: { office: { Fry: 08:00-12:00 } }\n', '1:20', /unknown day "Fry"; days are Mon/],
  ['a day twice', 'hours: { office: { Mon-Fri: 08:00-12:00, Fri: 08:00-10:00 } }\n', '1:42', /written before/],
  ['hours past the day', 'hours: { office: Mon 08:00-25:00 }\n', '1:18', /expected a span/],
];

const mail: readonly Mistake[] = [
  ['a server without a scheme', 'mail: { servers: [mail.example] }\n', '1:19', /expected a URL such as smtps:\/\/mail/],
  ['a web address as a server', 'mail: { servers: [{ url: https://mail.example }] }\n', '1:26', /expected a URL such as smtps/],
  ['a port out of range', 'mail: { servers: [smtp://mail.example:99999] }\n', '1:19', /expected a URL such as/],
  ['a server without a sender', `${people}mail:\n  servers: [smtp://localhost]\n`, '2:1', /the key "from" is missing/],
  [
    'a user without a password',
    'mail: { servers: [{ url: smtps://m.example, user: a }] }\n',
    '1:19',
    /user and password are needed together/,
  ],
  ['optional TLS on smtps', 'mail: { servers: [{ url: smtps://m.example, tls: optional }] }\n', '1:50', /always uses TLS/],
  ['a path as an authority', 'mail: { servers: [{ url: smtps://m.example, ca: /etc/ca.pem }] }\n', '1:49', /ca: !file/],
  ['a bad sender', 'mail: { from: nobody }\n', '1:15', /a sender such as Monitoring/],
  [
    'an inbox without a user',
    'mail: { inbox: { url: imaps://m.example } }\n',
    '1:9',
    /user and password are needed to read a mailbox/,
  ],
];

const services: readonly Mistake[] = [
  ['a service without a name', 'services: [{ check: ping://a }]\n', '1:12', /the key "name" is missing/],
  ['the built-in service', 'services: [{ name: incidentd, check: load }]\n', '1:20', /built-in service/],
  ['a service called all', 'services: [{ name: all, check: load }]\n', '1:20', /"all" means every service/],
  [
    'the same id twice',
    'services:\n  - { name: A, check: load }\n  - { id: A, name: B, check: load }\n',
    '3:11',
    /a service "A" already \(.*:2:5\)/,
  ],
  ['check beside checks', service('    check: load\n    checks: [memory]\n'), '4:5', /check and checks stand beside each other/],
  ['a list behind check', service('    check: [load]\n'), '4:5', /write a list behind checks:/],
  [
    'a misspelled option',
    check('      - http: https://a.example\n        intervall: 5m\n'),
    '6:9',
    /unknown key "intervall" \(did you mean "interval"\?\)/,
  ],
  [
    'a misspelled option of a kind',
    check('      - http: https://a.example\n        expekt: 5\n'),
    '6:9',
    /unknown key "expekt" \(did you mean "expect"\?\)/,
  ],
  [
    'a misspelled kind',
    check('      - pnig: router\n'),
    '5:9',
    /unknown check kind "pnig" \(did you mean "ping"\?\); kinds: http, ping, tcp/,
  ],
  [
    'a kind that there is not',
    check('      - carrier-pigeon: a.example\n'),
    '5:9',
    /unknown check kind "carrier-pigeon".*kinds: http, ping, tcp, /,
  ],
  ['a word that is no kind', check('      - router\n'), '5:9', /"router" is neither a URL nor a kind/],
  ['a scheme that nobody takes', check('      - nobody://a.example\n'), '5:9', /no check kind takes nobody:\/\//],
  ['two kinds in one check', check('      - ping: a\n        tcp: a:1\n'), '6:9', /two kinds in one check, "ping" and "tcp"/],
  ['no kind at all', check('      - interval: 5m\n'), '5:9', /the check names no kind; kinds:/],
  [
    'options below the kind',
    check('      - ping:\n          warning: 5s\n'),
    '6:11',
    /options stand beside "ping:", not below it/,
  ],
  ['a bad target', check('      - tcp: somewhere\n'), '5:14', /host:port such as db:5432/],
  ['a truth as a target', check('      - ping: true\n'), '5:15', /expected the target of "ping", found true/],
  [
    'the same check twice',
    check('      - ping: a\n      - ping://a\n'),
    '6:9',
    /has a check "Website\/ping:a" already; give one of them a name/,
  ],
  [
    'a warning worse than critical',
    check('      - http: https://a.example\n        warning: 8s\n        critical: 2s\n'),
    '6:18',
    /warning 8s must be below critical 2s: a higher value of time is worse/,
  ],
  [
    'a warning worse than the default',
    check('      - disk: /\n        warning: 97%\n'),
    '6:18',
    /warning 97% must be below critical 95% \(the default\)/,
  ],
  [
    'a share without percent',
    check('      - disk: /\n        warning: 0.9\n'),
    '6:18',
    /expected a share such as 90% \(used\), found the number 0\.9/,
  ],
  [
    'an unknown measure',
    check('      - ping: a\n        warning: { lost: 5% }\n'),
    '6:20',
    /ping has no measure "lost" \(did you mean "loss"\?\)/,
  ],
  [
    'a threshold of a command',
    check('      - command: /bin/true\n        warning: 5\n'),
    '6:18',
    /expected a duration .* \(time\)/,
  ],
  ['an interval of nothing', service('    interval: 0s\n'), '4:15', /0s is too short; at least 1s/],
  ['a threshold of a hundred', service('    failure_threshold: 100\n'), '4:24', /expected at most 20, found the number 100/],
  ['half a look', service('    failure_threshold: 1.5\n'), '4:24', /expected a whole number, found the number 1\.5/],
  ['not a number', service('    failure_threshold: .nan\n'), '4:24', /found the number NaN/],
  [
    'interval beside schedule',
    service('    interval: 5m\n    schedule: "0 3 * * *"\n'),
    '5:5',
    /interval and schedule stand beside each other/,
  ],
  ['a bad cron expression', service('    schedule: "0 25 * * *"\n'), '4:15', /five cron fields/],
  ['a cron expression that never comes', service('    schedule: "0 0 30 2 *"\n'), '4:15', /never comes/],
  ['an owner that nobody is', service('    owner: bert\n'), '4:12', /no contact or rota "bert"/],
  ['a policy that nobody wrote', service('    escalation: nights\n'), '4:17', /no escalation policy "nights"; known: default/],
  ['a service that nobody has', service('    depends_on: [Ruoter]\n'), '4:18', /no service "Ruoter"; known: Website/],
  ['a service that depends on itself', service('    depends_on: Website\n'), '4:17', /in a circle: Website → Website/],
  ['an impact', service('    impact: hgih\n'), '4:13', /allowed: low, medium, high \(did you mean "high"\?\)/],
  [
    'a remedy in one text',
    service('    remedies:\n      - { when: any, run: reboot }\n'),
    '5:27',
    /expected a list, found "reboot"/,
  ],
  [
    'a remedy for an unknown cause',
    service('    remedies:\n      - { when: [port-close], run: [a] }\n'),
    '5:18',
    /"port-close" is not accepted.*\(did you mean "port-closed"\?\)/,
  ],
  [
    'a remedy without end',
    service('    remedies:\n      - { when: any, run: [a], at_most: 5 }\n'),
    '5:41',
    /a limit such as 2 per 1h/,
  ],
  [
    'a window of an unknown service',
    'maintenance: [{ services: Web, schedule: "0 3 * * *", duration: 1h }]\n',
    '1:27',
    /no service "Web"/,
  ],
  ['a window without time', 'maintenance: [{ services: all }]\n', '1:27', /says not when/],
  ['a window without length', 'maintenance: [{ services: all, schedule: "0 3 * * *" }]\n', '1:42', /"duration" is missing/],
  [
    'a window backwards',
    'maintenance: [{ services: all, from: 2026-12-24 12:00, to: 2026-12-24 11:00 }]\n',
    '1:60',
    /ends before it starts/,
  ],
  [
    'a day that does not exist',
    'maintenance: [{ services: all, from: 2026-02-30 12:00, to: 2026-03-01 11:00 }]\n',
    '1:38',
    /a local time such as 2026-12-24 12:00/,
  ],
];

describe('what an admin may get wrong is told with its place and what is allowed', () => {
  for (const [group, mistakes] of Object.entries({ files, keys, persons, mail, services })) {
    it.each(mistakes)(`${group}: %s`, async (_name, yaml, where, message) => {
      const told = await problemsOf(yaml);

      expect(told.length).toBeGreaterThan(0);
      expect(told.join('\n')).toMatch(message);
      expect(told.find((line) => message.test(line))).toMatch(new RegExp(`^${where}`));
    });
  }

  it('covers more than a hundred mistakes', () => {
    expect([files, keys, persons, mail, services].flat().length).toBeGreaterThan(100);
  });
});
