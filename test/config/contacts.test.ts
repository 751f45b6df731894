import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Channel, defineChannel } from '../../src/channels/contract.ts';
import { channels } from '../../src/channels/registry.ts';
import { contactSchema } from '../../src/config/sections/contacts.ts';
import { wayOf } from '../../src/config/ways.ts';
import { calm, settings } from '../channels/office.ts';
import { openHook } from '../support/hook.ts';
import { message } from '../texts/sample.ts';
import { accepted, configurationOf, office, problemsOf } from './support/office.ts';

/** `email, webhook or command`: every channel there is. */
const anyChannel = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(channels.map(({ kind }) => kind));

/** The ways to a contact `a` that is written like this. */
async function waysTo(written: string) {
  const { rules } = await configurationOf(`contacts: { a: ${written} }\n`);
  return rules.contacts.a?.channels;
}

describe('a contact', () => {
  it.each<[string, readonly object[]]>([
    ['a@b.example', [{ id: 'email', kind: 'email', address: 'a@b.example' }]],
    [
      '{ email: [a@b.example, c@d.example, a@b.example] }',
      [
        { id: 'email', kind: 'email', address: 'a@b.example' },
        { id: 'email-2', kind: 'email', address: 'c@d.example' },
      ],
    ],
    ['{ webhook: https://u:p@hooks.example/x?y }', [{ id: 'webhook', kind: 'webhook', address: 'https://hooks.example' }]],
    [
      '{ webhook: { url: http://10.0.0.1:81/x, preset: teams } }',
      [{ id: 'webhook', kind: 'webhook', address: 'http://10.0.0.1:81' }],
    ],
    ['{ command: [/opt/sms, "+49"] }', [{ id: 'command', kind: 'command', address: 'sms' }]],
    ['{ ntfy: https://ntfy.sh/topic }', [{ id: 'ntfy', kind: 'ntfy', address: 'https://ntfy.sh' }]],
    [
      '{ matrix: { url: https://m.example, room: "!a:b", token: t } }',
      [{ id: 'matrix', kind: 'matrix', address: '!a:b (https://m.example)' }],
    ],
  ])('%s is reached by it', async (written, ways) => {
    expect(await waysTo(written)).toEqual(ways);
  });

  it('has filters of each way, else its own', async () => {
    const ways = await waysTo(
      '{ email: a@b.example, webhook: { url: "https://x.example", events: opened }, ntfy: https://ntfy.sh/t, command: { run: [sms], only: [P1], events: [opened, escalated] }, only: [P1, P2] }',
    );

    expect(ways).toMatchObject([
      { id: 'email', only: ['P1', 'P2'] },
      { id: 'webhook', only: ['P1', 'P2'], events: ['opened'] },
      { id: 'command', only: ['P1'], events: ['opened', 'escalated'] },
      { id: 'ntfy', only: ['P1', 'P2'] },
    ]);
    expect(ways?.[0]).not.toHaveProperty('events');
  });

  it('keeps what is secret out of the rules', async () => {
    using place = office({
      'main.yaml':
        'contacts: { a: { webhook: !env HOOK, ntfy: { url: https://ntfy.sh/canary, token: canary }, command: [sms, !env HOOK] } }\n',
    });

    const { rules, notes, ways } = accepted(await place.load({ env: { HOOK: 'https://hooks.example/canary' } }));

    expect(JSON.stringify([rules, notes, [...(ways.byContact.get('a') ?? [])]])).not.toContain('canary');
    expect(rules.contacts.a?.channels[0]?.address).toBe('https://hooks.example');
  });

  it.each([
    ['{ webhook: { url: "https://x.example", secrt: a } }', '1:55: unknown key "secrt" (did you mean "secret"?)'],
    ['{ webhook: { secret: a } }', '1:27: the key "url" is missing'],
    ['{ webhook: { url: "ftp://canary" } }', '1:34: expected a web address such as https://hooks.example/incidents'],
    ['{ webhook: [a] }', /^1:27: expected a web address such as .*, or a map with url, found a list$/],
    ['{ webhook: { url: "https://x.example", preset: slak } }', /^1:63: "slak" is not accepted here; allowed: slack, teams/],
    ['{ ntfy: https://ntfy.sh }', '1:24: expected the address of a topic such as https://ntfy.sh/mytopic'],
    ['{ ntfy: { url: https://ntfy.sh/a, token: "a b" } }', /^1:57: expected a token/],
    ['{ matrix: https://m.example }', '1:26: expected a map of keys, found "https://m.example"'],
    ['{ command: [] }', /^1:27: expected at least 1 entry/],
    ['{ command: { run: [a], env: {} } }', '1:39: unknown key "env"; allowed here: run, only, events'],
    ['{ sms: "+49" }', /^1:18: unknown key "sms"/],
    ['{ language: en }', `1:13: nothing says how to reach "a": write ${anyChannel}`],
    ['[a@b.example]', new RegExp(`a mail address such as .*, or a map with ${anyChannel}, found a list`)],
  ])('that is written wrongly is told in place: %s', async (written, problem) => {
    const problems = await problemsOf(`contacts: { a: ${written} }\n`);

    expect(problems).toContainEqual(typeof problem === 'string' ? problem : expect.stringMatching(problem));
    expect(problems.join('\n')).not.toContain('canary');
  });
});

describe('a channel that somebody adds', () => {
  const siren: Channel<{ readonly pin: number }> = defineChannel<{ readonly pin: number }>({
    kind: 'siren',
    summary: 'Howls',
    schema: z.strictObject({ pin: z.int().describe('Its pin.') }),
    short: { option: 'pin', words: 'a pin such as 4' },
    describe: ({ pin }) => `pin ${pin}`,
    deliver: (_, { pin }) => Promise.resolve({ state: 'sent', response: `howled at ${pin}` }),
    example: 'anna:\n  siren: 4',
  });

  it('has its grammar, its filters and its way by that alone', async () => {
    using place = office({ 'main.yaml': 'contacts: { a: { siren: 4 }, b: { siren: { pin: 5, only: [P1] } } }\n' });

    const { rules, ways } = accepted(await place.load({ channels: [...channels, siren] }));
    const said = await ways.byContact
      .get('b')
      ?.get('siren')
      ?.deliver(message(), { ...calm, mail: settings([]) });

    expect(Object.values(rules.contacts).map(({ channels: own }) => own)).toEqual([
      [{ id: 'siren', kind: 'siren', address: 'pin 4' }],
      [{ id: 'siren', kind: 'siren', address: 'pin 5', only: ['P1'] }],
    ]);
    expect(said).toEqual({ state: 'sent', response: 'howled at 5' });
  });

  it('is in the grammar for editors', () => {
    const grammar = JSON.stringify(z.toJSONSchema(contactSchema([...channels, siren]), { io: 'input', unrepresentable: 'any' }));

    expect(grammar).toContain('"siren":{"description":"Howls"');
  });
});

describe('the way of a message', () => {
  const to = (contact: string, channel: string) => {
    const about = message({ notification: { to: contact, channel } });
    return { ...about, contact: { ...about.contact, channels: [{ id: 'email', kind: 'email', address: contact }] } };
  };

  it('is the configured one, and none that is no longer configured', async () => {
    const { ways } = await configurationOf('contacts: { anna: { webhook: https://x.example } }\n');

    expect(wayOf(to('anna', 'webhook'), ways, channels)).toBe(ways.byContact.get('anna')?.get('webhook'));
    expect(wayOf(to('anna', 'email'), ways, channels)).toBeUndefined();
  });

  it('is the address alone for a reporter who is no contact', async () => {
    const { ways } = await configurationOf('contacts: { anna: anna@b.example }\n');

    expect(wayOf(to('carla@b.example', 'email'), ways, channels)).toBeDefined();
    expect(wayOf(to('carla@b.example', 'webhook'), ways, channels)).toBeUndefined();
  });
});

describe('what the other side says', () => {
  it('shows no secret of the configuration: neither that of another contact nor of anything else', async () => {
    await using hook = await openHook((response) =>
      response.writeHead(404).end('not canary-a-key-long: canary-b-token, canary-a-key, canary-login, canary-watchdog'),
    );
    using place = office({
      'main.yaml': `contacts:
  a: { webhook: { url: "${hook.origin}/a", secret: canary-a-key } }
  b: { webhook: { url: "${hook.origin}/canary-b-token", secret: canary-a-key-long } }
mail: { from: m@b.example, servers: [{ url: "smtp://localhost:25", user: m, password: canary-login }] }
watchdog: { url: https://hc.example/canary-watchdog }
`,
    });
    const { ways } = accepted(await place.load());

    for (const [contact, way] of ways.byContact) {
      const said = await way.get('webhook')?.deliver(message({ notification: { to: contact } }), { ...calm, mail: settings([]) });

      expect(said?.response).toBe('HTTP 404 Not Found: not ***: ***, ***, ***, ***');
    }
  });

  it('shows none to a reporter who is no contact either, and in no transcript', async () => {
    const parrot: Channel<{ readonly address: string }> = defineChannel<{ readonly address: string }>({
      kind: 'email',
      summary: 'Repeats',
      schema: z.strictObject({ address: z.string().describe('Anything.') }),
      short: { option: 'address', words: 'anything' },
      describe: ({ address }) => address,
      deliver: () => Promise.resolve({ state: 'sent', response: 'a canary-key', transcript: ['< the canary-key'] }),
      example: 'anna: anna',
    });
    const { ways } = await configurationOf('contacts: { a: { webhook: { url: https://x.example, secret: canary-key } } }\n');
    const about = message({ notification: { to: 'carla@b.example' } });

    const said = await wayOf(about, ways, [parrot])?.deliver(about, { ...calm, mail: settings([]) });

    expect(said).toEqual({ state: 'sent', response: 'a ***', transcript: ['< the ***'] });
  });
});
