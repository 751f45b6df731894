import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { channels } from '../../src/channels/registry.ts';
import { jsonSchema } from '../../src/config/json-schema.ts';
import { probes } from '../../src/probes/registry.ts';
import { example } from './support/example.ts';
import { loaderProblems, schemaProblems } from './support/validator.ts';
import { wholeOffice } from './support/whole-office.ts';

/** How the committed file is made anew. */
const remake = 'npm run reference';

const indented = (text: string, width: number) => text.replace(/^(?=.)/gm, ' '.repeat(width));
const checks = (example: string) => `services:\n  - name: A\n    host: a.example\n    checks:\n${indented(example, 6)}\n`;
const contacts = (example: string) => `contacts:\n${indented(example, 2)}\n`;

const readme = [...readFileSync('README.md', 'utf8').matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text = '']) => text);
const starter = readFileSync('config/incidentd.yaml', 'utf8');
const starterUsed = starter
  .split('\n')
  .map((line) => line.replace(/^#(?=\S)(?!#)/, '').replace(/^#(?= {2,}\S)/, ''))
  .join('\n');

describe('the JSON Schema', () => {
  it('in the folder is the one that the code makes', () => {
    const committed: unknown = JSON.parse(readFileSync('config/incidentd.schema.json', 'utf8'));

    expect(committed, remake).toEqual(JSON.parse(JSON.stringify(jsonSchema(probes, channels))));
  });

  it.each<readonly [string, string]>([
    ['the configuration that comes along', starter],
    ['the same with all its examples', starterUsed],
    ['an office without tags', example],
    ['a whole office', wholeOffice],
    ...readme.map((text, index) => [`example ${index + 1} of the README`, text] as const),
    ...probes.map((probe) => [`the example of the kind ${probe.kind}`, checks(probe.example)] as const),
    ...channels.map((channel) => [`the example of the channel ${channel.kind}`, contacts(channel.example)] as const),
  ])('accepts %s, as the loader does', async (_, yaml) => {
    expect(schemaProblems(yaml)).toEqual([]);
    expect(await loaderProblems(yaml)).toEqual([]);
  });

  it.each([
    ['web: off', 'web: off\n'],
    ['a kind alone', checks('- ping\n- disk\n- load')],
    ['a URL alone', checks('- https://a.example\n- tcp://a.example:25')],
    ['a check behind a tag', checks('- !env CHECK_URL\n- http: !file page.url\n  name: page')],
    ['a target that is a number', checks('- tcp: 445')],
    ['limits by measure', checks('- ping: a\n  warning: { loss: 20%, time: 200ms }\n  critical: { loss: 50% }')],
    ['a limit that is a number', checks('- load:\n  warning: 1.5\n  critical: "3"')],
    ['the short form of a contact', 'contacts: { a: a@b.example }\n'],
    ['several addresses', 'contacts: { a: { email: [a@b.example, c@d.example], only: P1, events: [opened] } }\n'],
    [
      'hours in every form',
      'hours: { a: Mon-Fri 08:00-18:00, b: { Mon: 08:00-12:00, "Tue,Thu": [08:00-12:00, 13:00-18:00] } }\n',
    ],
    ['a long duration', 'defaults: { interval: 1h 30m, confirm_for: 1.5h }\n'],
    ['several windows', 'maintenance: [{ services: all, schedule: "0 3 * * SUN", duration: 2h }]\n'],
  ])('accepts %s, as the loader does', async (_, yaml) => {
    expect(schemaProblems(yaml)).toEqual([]);
    expect(await loaderProblems(yaml)).toEqual([]);
  });

  it.each([
    ['a mistyped section', 'sites: a\n'],
    ['a language that there is not', 'language: fr\n'],
    ['a number for a duration', 'startup_grace: 5\n'],
    ['words for a duration', 'startup_grace: five minutes\n'],
    ['a duration without a unit', checks('- ping: a\n  timeout: "10"')],
    ['a service without a name', 'services: [{ impact: high }]\n'],
    ['a mistyped key of a service', 'services: [{ name: A, chek: load }]\n'],
    ['an impact that there is not', 'services: [{ name: A, impact: urgent, check: load }]\n'],
    ['a mistyped kind', checks('- pnig: a')],
    ['two kinds in one check', checks('- ping: a\n  tcp: a:25')],
    ['a mistyped option', checks('- http: https://a.example\n  intervall: 5s')],
    ['an option of another kind', checks('- ping: a\n  expect: x')],
    ['options below the kind', checks('- http: { url: https://a.example }')],
    ['a text for a number', checks('- ping: a\n  count: three')],
    ['a measure that the kind has not', checks('- ping: a\n  warning: { speed: 20% }')],
    ['a limit of another unit', checks('- ping: a\n  warning: { loss: 200ms }')],
    ['a question that is missing', checks('- udp: a.example:5060')],
    ['a share without its sign', checks('- disk: /\n  warning: 85')],
    ['a mistyped key of a contact', 'contacts: { anna: { mail: a@b.example } }\n'],
    ['a priority that there is not', 'contacts: { anna: { email: a@b.example, only: [P0] } }\n'],
    ['an event that there is not', 'contacts: { anna: { email: a@b.example, events: [open] } }\n'],
    ['a server without its URL', 'mail: { from: a@b.example, servers: [{ user: u, password: p }] }\n'],
    ['hours without a span', 'hours: { office: { Mon: all day } }\n'],
    ['days that there are not', 'hours: { office: { "1-5": 08:00-18:00 } }\n'],
    ['a level without people', 'escalation: { default: [{ after: 5m }] }\n'],
    ['a policy that is no list', 'escalation: { default: { notify: owner } }\n'],
    ['a threshold of none', 'defaults: { failure_threshold: 0 }\n'],
    ['a list of services that is a map', 'services: { name: A, check: load }\n'],
    ['a window without services', 'maintenance: [{ schedule: "0 3 * * SUN", duration: 2h }]\n'],
  ])('refuses %s, as the loader does', async (_, yaml) => {
    expect(schemaProblems(yaml)).not.toEqual([]);
    expect(await loaderProblems(yaml)).not.toEqual([]);
  });
});
