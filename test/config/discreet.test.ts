import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { probes } from '../../src/probes/registry.ts';
import { type } from '../cli/support/world.ts';
import { newFolder } from '../web/support/api.ts';
import { problemsOf } from './support/office.ts';

const service = (lines: string) => `services:\n  - name: Website\n    ${lines.replaceAll('\n', '\n    ')}\n`;
const kinds = probes.map(({ kind }) => kind);
const schemes = probes.flatMap((probe) => probe.schemes ?? []);

/** Targets that no kind takes, each with a login. */
const targets = [
  ...schemes.map((scheme) => `${scheme}://user:canary@nas:999999`),
  ...['nobody', ...schemes].map((scheme) => `"${scheme}://user:canary b/@c\\"@n s/"`),
  ...kinds.map((kind) => `{ ${kind}: "user:canary@nas:x" }`),
  ...kinds.map((kind) => `{ ${kind}: "smb://user:canary@nas/x y" }`),
  'user:canary@nas',
];

describe('a user and password in a target', () => {
  it.each(targets)('are not repeated: %s', async (check) => {
    const problems = await problemsOf(service(`check: ${check}`));

    expect(problems.join('\n')).not.toContain('canary');
  });

  it('leave the rest of it to be read', async () => {
    expect(await problemsOf(service('check: tcp://user:canary@nas:x'))).toEqual([
      '3:12: expected host:port such as db:5432, or a port alone where the service has a host, found "tcp://***@nas:x"',
    ]);
    expect(await problemsOf(service('check: { ssh: root@nas }'))).toEqual([expect.stringMatching(/found "root@nas"$/)]);
  });

  it.each(kinds)('are not repeated where %s has them from the host of the service', async (kind) => {
    const problems = await problemsOf(service(`host: user:canary@nas\nchecks: [{ ${kind}: }, { ${kind}: 99 }]`));

    expect(problems.join('\n')).not.toContain('canary');
  });

  it.each(['owner: smtp://user:canary@m.example', `notify: smtp://user:${'canary'.repeat(20)}@m.example`])(
    'are not repeated elsewhere: %s',
    async (line) => {
      const problems = await problemsOf(service(line));

      expect(problems.join('\n')).toMatch(/there is no contact or rota "smtp:\/\/\*\*\*@m\.example"/);
    },
  );
});

describe('what stands behind a key for secrets', () => {
  it.each([
    [service('check: { http: https://a.example, auth: canary }'), /expected a map of keys, found a text$/],
    [service('check: { http: https://a.example, token: 471108 }'), /a number is not accepted here$/],
    [service('check: { imap: a.example, auth: { user: a, password: 471 } }'), /a number is not accepted here$/],
    [service('check: { http: https://a.example, headers: { X-Api-Key: 4711 } }'), /a number is not accepted here$/],
    ['contacts: { a: { ntfy: { url: https://ntfy.sh/a, token: 4711 } } }\n', /expected text, found a number; put it in/],
    ['mail: { servers: [{ url: smtp://m.example, user: a, password: 4711 }] }\n', /expected text, .* found a number$/],
    ['mail: { servers: [{ url: smtp://m.example, user: a, password: !canary }] }\n', /unknown tag !\*\*\*; known tags: !env/],
    ['mail: { servers: [{ url: smtp://m.example, user: a, password: *canary }] }\n', /\*\*\*\* names nothing; an anchor &\*\*\*/],
    ['mail:\n  inbox:\n    password: |canary\n', /block scalar header .*: \|\*\*\*$/],
  ])('is not repeated: %j', async (yaml, problem) => {
    const problems = await problemsOf(yaml);

    expect(problems).toContainEqual(expect.stringMatching(problem));
    expect(problems.join('\n')).not.toMatch(/canary|471/);
  });

  it('is no word that other services may not be told', async () => {
    const problems = await problemsOf(
      `${service('check: { http: https://a.example, token: pign }')}  - { name: B, check: pign }\n`,
    );

    expect(problems).toEqual([expect.stringMatching(/"pign" is neither a URL nor a kind \(did you mean "ping"\?\)/)]);
  });
});

it('nothing of it is in the answer of validate either, as text or as JSON', async () => {
  const path = join(newFolder(), 'office.yaml');
  writeFileSync(path, service('checks: [{ http: https://a.example, auth: canary }, "tcp://user:canary@nas:x"]'));

  for (const options of [[], ['--json']]) {
    const { status, out, err } = await type(['-c', path, 'validate', ...options]);

    expect(status).toBe(1);
    expect(out + err).toContain('expected a map of keys, found a text');
    expect(out + err).not.toContain('canary');
  }
});
