import { expect, test } from 'vitest';
import { configuration } from '../support/configuration.ts';
import { openOffice } from '../support/office.ts';
import { story } from '../support/until.ts';

const wrong = `timezone: Europe/Berlin
contacts:
  anna: anna@kanzlei.example
  anna: anna@home.example
mail:
  from: monitoring@kanzlei.example
  servers:
    - { url: smtps://mail.kanzlei.example, user: me, password: !env NO_SUCH_SECRET }
defaults:
  intervall: 30s
services:
  - { name: Website, owner: nobody, check: "http://127.0.0.1:1/" }
  - { name: Shop, depends_on: Database, check: "htp://127.0.0.1:1/" }
  - { name: Database, depends_on: Shop, impact: huge, check: { tpc: 5432 } }
  - { name: Mail, interval: soon, check: "tcp://127.0.0.1:25" }
include: services.d/*.yaml
`;

test('every mistake is told with its place, all at once, with what would be right', story, async () => {
  await using place = openOffice(wrong);

  const { status, out, err } = await place.cli('validate');
  const lines = `${out}${err}`.split('\n').filter((line) => line.startsWith(`${place.config}:`));

  expect(status).toBe(1);
  expect(lines.map((line) => line.slice(place.config.length))).toEqual([
    expect.stringMatching(/^:4:3: .*"anna".*twice/),
    expect.stringMatching(/^:8:\d+: .*NO_SUCH_SECRET/),
    expect.stringMatching(/^:10:3: .*"intervall".*"interval"/),
    expect.stringMatching(/^:12:\d+: .*"nobody".*anna/),
    expect.stringMatching(/^:13:\d+: .*circle.*Shop.*Database/),
    expect.stringMatching(/^:13:\d+: .*htp.*http.*kinds: .*ping.*tcp/),
    expect.stringMatching(/^:14:\d+: .*"huge".*low, medium, high/),
    expect.stringMatching(/^:14:\d+: .*"tpc".*"tcp".*kinds: .*http/),
    expect.stringMatching(/^:15:\d+: .*30s.*"soon"/),
    expect.stringMatching(/^:16:10: .*services\.d/),
  ]);
});

test('a tab in the indentation is told with its place', story, async () => {
  await using place = openOffice('contacts:\n\tanna: anna@kanzlei.example\n');

  const { status, out, err } = await place.cli('validate');

  expect(status).toBe(1);
  expect(`${out}${err}`).toMatch(/incidentd\.yaml:2:1: .*tab/i);
});

test('a valid configuration is told in words, and a daemon starts with nothing else', story, async () => {
  await using place = openOffice(configuration({ services: '- { name: Website, impact: high, check: "http://127.0.0.1:1/" }' }));

  const valid = await place.cli('validate');
  place.write('incidentd.yaml', 'services: 7\n');
  const refused = await place.cli('run');

  expect(valid).toMatchObject({ status: 0, err: '' });
  expect(valid.out).toMatch(/Website[\s\S]*first mail[\s\S]*P1/);
  expect(refused.status).toBe(1);
  expect(refused.err).toMatch(/incidentd\.yaml:1:\d+: /);
});
