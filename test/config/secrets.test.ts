import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../src/config/problem.ts';
import { office, told } from './support/office.ts';

const server = (password: string) =>
  `mail:\n  servers:\n    - url: smtps://m.example\n      user: u\n      password: ${password}\n`;

describe('a secret', () => {
  it('comes from a file beside the one that names it, without its last line ends', async () => {
    using place = office({
      'main.yaml': 'include: more/a.yaml\n',
      'more/a.yaml': server('!file pw'),
      'more/pw': 'correct horse\r\n\n',
    });

    const loaded = await place.load();

    expect(loaded.ok && loaded.configuration.mail.servers[0]?.password?.reveal()).toBe('correct horse');
    expect(loaded.ok && loaded.configuration.files).toContain(place.path('more/pw'));
  });

  it('comes from the environment or from a credential of systemd', async () => {
    using place = office({
      'main.yaml': `${server('!env PW')}    - { url: "smtps://n.example", user: u, password: !credential smtp }\n`,
      'credentials/smtp': 'battery\n',
    });

    const loaded = await place.load({ env: { PW: 'horse' }, credentialsDirectory: place.path('credentials') });

    expect(loaded.ok && loaded.configuration.mail.servers.map((one) => one.password?.reveal())).toEqual(['horse', 'battery']);
  });

  it('may be any text or URL, also a whole check', async () => {
    using place = office({
      'main.yaml': `site: !env SITE
contacts: { anna: !env ADDRESS }
mail: { from: a@office.example, servers: [!env SERVER] }
watchdog: { url: !env DOG }
services: [{ name: Web, checks: [!env CHECK, { tcp: !env PORT }, { http: "https://a.example", expect: { body: !env WORD } }] }]
`,
    });
    const env = {
      SITE: 'Kanzlei',
      ADDRESS: 'anna@office.example',
      SERVER: 'smtps://user:p%40ss@m.example:2465',
      DOG: 'https://dog.example/1234',
      CHECK: 'https://web.example/token/5678',
      PORT: 'db:5432',
      WORD: 'fine',
    };

    const loaded = await place.load({ env });

    expect(told(loaded, place)).toEqual([]);
    if (!loaded.ok) return;
    const { rules, mail, watchdog, checks } = loaded.configuration;
    expect(rules.site).toBe('Kanzlei');
    expect(rules.contacts.anna?.channels[0]?.address).toBe('anna@office.example');
    expect(mail.servers[0]).toMatchObject({ host: 'm.example', port: 2465, secure: true, user: 'user' });
    expect(mail.servers[0]?.password?.reveal()).toBe('p@ss');
    expect(watchdog?.url.reveal()).toBe('https://dog.example/1234');
    expect([...checks.keys()]).toEqual(['Web/http:https://web.example', 'Web/tcp:***:5432', 'Web/http:https://a.example']);
  });

  it('is shown nowhere: not in the configuration, not in a problem', async () => {
    using place = office({ 'main.yaml': server('!env PW'), 'bad.yaml': `timezone: !env PW\n${server('!env PW')}` });
    const env = { PW: 'hunter2hunter2' };

    const good = await place.load({ env });
    place.write('main.yaml', `timezone: !env PW\nservices: [{ name: A, check: !env PW }]\n`);
    const bad = await place.load({ env });

    expect(good.ok).toBe(true);
    expect(inspect(good, { depth: 20 }) + JSON.stringify(good)).not.toContain('hunter2');
    expect(bad.ok).toBe(false);
    expect(JSON.stringify(bad)).not.toContain('hunter2');
  });

  it.each([
    ['!env NOWHERE', /^5:\d+: the environment variable NOWHERE is not set$/],
    ['!env EMPTY', /the environment variable EMPTY is empty/],
    ['!env', /!env needs a name, such as !env SMTP_PASSWORD/],
    ['!file', /!file needs a path, such as !file smtp\.password/],
    ['!file missing', /!file: cannot read missing: there is no such file/],
    ['!file folder', /!file: folder is not a regular file/],
    ['!file blank', /!file: blank is empty/],
    ['!file binary', /!file: binary: .*U\+0000/],
    ['!file large', /!file: large is larger than 64 KiB/],
    ['!credential smtp', /!credential needs systemd .*LoadCredential=smtp:/],
  ])('which is not there is told once: %s', async (written, message) => {
    using place = office({
      'main.yaml': server(written),
      'folder/x': '',
      blank: '\n',
      binary: 'a\0b',
      large: 'x'.repeat(65_537),
    });

    const problems = told(await place.load({ env: { EMPTY: '' } }), place);

    expect(problems).toEqual([expect.stringMatching(message)]);
  });

  it('leaves no further complaint behind where a kind or a URL was expected', async () => {
    using place = office({
      'main.yaml':
        'watchdog: { url: !env A }\ncontacts: { a: !env B }\nmail: { from: !env C, servers: [!env D] }\nservices: [{ name: S, check: { http: !env E } }]\n',
    });

    expect(told(await place.load(), place).map((line) => line.replace(/.* variable /, ''))).toEqual(
      ['A', 'B', 'C', 'D', 'E'].map((name) => `${name} is not set`),
    );
  });
});

describe('a secret that every user of the machine can read', () => {
  it('is a note, in a file of its own as well as in the configuration', async () => {
    using place = office({ 'main.yaml': `${server('!file pw')}    - { url: "smtp://u:plain@n.example" }\n` });
    place.write('pw', 'correct horse\n', 0o644);
    place.write('main.yaml', `${server('!file pw')}    - { url: "smtp://u:plainplain@n.example" }\n`, 0o644);

    const loaded = await place.load();
    const notes = loaded.ok ? loaded.configuration.notes.map(formatProblem).join('\n') : '';

    expect(notes).toMatch(/main\.yaml:5:\d+: every user of this machine can read .*\/pw; chmod o-r it/);
    expect(notes).toMatch(/main\.yaml:6:\d+: every user of this machine can read .*main\.yaml, which holds this secret/);
    expect(notes).not.toContain('plainplain');
  });

  it('is no note where only the owner can', async () => {
    using place = office({ 'main.yaml': server('!file pw'), pw: 'correct horse\n' });

    const loaded = await place.load();

    expect(loaded.ok && loaded.configuration.notes.map(({ message }) => message)).toEqual([
      'no contacts: nobody is told of anything',
      'no services: nothing is watched',
    ]);
  });
});
