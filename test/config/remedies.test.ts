import { describe, expect, it } from 'vitest';
import { formatProblem } from '../../src/config/problem.ts';
import { configurationOf, problemsOf } from './support/office.ts';

const service = (lines: string) => `services:\n  - name: Website\n    check: http://w\n${lines}`;
const remedies = (...list: string[]) => service(`    remedies:\n${list.map((one) => `      - ${one}\n`).join('')}`);

describe('remedies', () => {
  it('are programs or webhooks, with a limit, a time to help, and the causes that they are for', async () => {
    const { rules } = await configurationOf(
      remedies(
        '{ when: port-closed, run: [systemctl, restart, nginx] }',
        '{ when: [timeout, http-status], webhook: "https://panel.example:8443/reboot?token=abc", at_most: 1 per 1d, wait: 2m, first: true }',
      ),
    );

    expect(rules.services.Website?.remedies).toEqual([
      {
        key: 'Website/remedy systemctl restart nginx',
        label: 'systemctl restart nginx',
        when: ['port-closed'],
        atMost: { times: 2, perMs: 3_600_000 },
        waitMs: 30_000,
        first: false,
      },
      {
        key: 'Website/remedy webhook panel.example:8443',
        label: 'webhook panel.example:8443',
        when: ['timeout', 'http-status'],
        atMost: { times: 1, perMs: 86_400_000 },
        waitMs: 120_000,
        first: true,
      },
    ]);
  });

  it('do something, and one thing each', async () => {
    const problems = await problemsOf(
      remedies(
        '{ when: any }',
        '{ when: any, run: [reboot], webhook: "https://panel.example" }',
        '{ when: any, webhook: panel }',
      ),
    );

    expect(problems).toEqual([
      expect.stringMatching(/^5:9: nothing says what to do: write run: \[program, …\] or webhook: https:/),
      expect.stringMatching(/^6:46: run and webhook stand beside each other; make two remedies of them$/),
      expect.stringMatching(/^7:31: expected a web address such as /),
    ]);
  });

  it('have keys of their own, and the first keeps its key whatever is added behind it', async () => {
    const { rules, remedies: bound } = await configurationOf(
      remedies(
        '{ when: timeout, run: [restart, it] }',
        '{ when: port-closed, run: [restart, it] }',
        '{ when: port-closed, run: [restart, it], first: true }',
      ),
    );

    const keys = rules.services.Website?.remedies.map(({ key }) => key);
    expect(keys).toEqual([
      'Website/remedy restart it',
      'Website/remedy restart it when port-closed',
      'Website/remedy restart it when port-closed 2',
    ]);
    expect([...bound.keys()]).toEqual(keys);
  });

  it('show no secret: not in rules, labels or JSON, nor in what the other side says', async () => {
    const configuration = await configurationOf(
      remedies(
        '{ when: any, run: [panel, --token, !file token] }',
        '{ when: any, webhook: { url: https://panel.example/hook/tokentoken, secret: !file key } }',
      ),
      { token: 'hunter2hunter2\n', key: 'hookhook\n' },
    );

    const { rules, remedies: bound } = configuration;
    expect(rules.services.Website?.remedies.map(({ label }) => label)).toEqual(['panel --token ***', 'webhook panel.example']);
    expect(JSON.stringify([rules, [...bound]])).not.toMatch(/hunter|hookhook|tokentoken/);
    const said = [...bound.values()].map(({ conceal }) => conceal('hunter2hunter2 hookhook POST /hook/tokentoken'));
    expect(said[0]).not.toContain('hunter');
    expect(said[1]).not.toMatch(/hookhook|tokentoken/);
  });
});

describe('a runbook', () => {
  const text =
    'Call the firm.\n  twice\n\nwhen: port-closed, Timeout\nrestart it\n\nwhen: any\nWrite it down.\nwhen: tls-expired\n';

  it('has parts for some causes; the rest is for everybody', async () => {
    const indented = text.replace(/^(?=.)/gm, '      ');
    const { rules, notes } = await configurationOf(service(`    runbook: |\n${indented}`));

    expect(rules.services.Website?.runbook).toEqual({
      text: 'Call the firm.\n  twice\n\nWrite it down.',
      sections: [{ when: ['port-closed', 'timeout'], text: 'restart it' }],
    });
    expect(notes.filter(({ message }) => message.includes('runbook'))).toEqual([]);
  });

  it('is taken as it is where a line only looks like the head of a part', async () => {
    const { rules } = await configurationOf(
      service('    runbook: |\n      when: the server hums\n      Look when: port-closed\n'),
    );

    expect(rules.services.Website?.runbook).toEqual({ text: 'when: the server hums\nLook when: port-closed', sections: [] });
  });

  it('is told where it names a cause that there is not; its part is for everybody then', async () => {
    const { rules, notes } = await configurationOf(service('    runbook: |\n      when: port-close\n      restart it\n'));

    expect(notes.map(formatProblem).join('\n')).toMatch(
      /main\.yaml:4:14: line 1 of the runbook: there is no cause "port-close" \(did you mean "port-closed"\?\)/,
    );
    expect(rules.services.Website?.runbook).toEqual({ text: 'restart it', sections: [] });
  });

  it('stands in a file, named relative to the file that names it', async () => {
    const { rules, files } = await configurationOf('include: services/*.yaml\n', {
      'services/a.yaml': service('    runbook: { file: books/web.md }\n'),
      'services/books/web.md': `${text}`.replaceAll('\n', '\r\n'),
    });

    expect(rules.services.Website?.runbook?.sections).toEqual([{ when: ['port-closed', 'timeout'], text: 'restart it' }]);
    expect(files.some((file) => file.endsWith('/services/books/web.md'))).toBe(true);
  });

  it.each([
    ['that is not there', '{ file: nowhere.md }', /^4:22: cannot read the runbook \S*nowhere\.md: there is no such file$/],
    ['that is a folder', '{ file: . }', /^4:22: the runbook \S+ is not a regular file$/],
    ['that is empty', '{ file: empty.md }', /^4:22: the runbook \S*empty\.md is empty$/],
    ['that is too large', '{ file: large.md }', /^4:22: the runbook \S*large\.md is larger than 64 KiB/],
    ['that is no text', '{ file: binary.md }', /^4:22: the runbook \S*binary\.md, line 1: .*U\+0001/],
    ['without a name', '{ file: "" }', /^4:22: expected at least 1 character/],
    ['beside something else', '{ file: empty.md, text: b }', /^4:32: unknown key "text"/],
    ['in a list', '[a]', /^4:14: expected a text or link, or \{ file: path \}, found a list$/],
  ])('in a file %s is refused, with its place', async (_, typed, message) => {
    const problems = await problemsOf(service(`    runbook: ${typed}\n`), {
      'empty.md': '\n',
      'large.md': 'x'.repeat(70_000),
      'binary.md': 'a\u0001',
    });

    expect(problems).toEqual([expect.stringMatching(message)]);
  });
});

describe('a look at this very machine', () => {
  it('depends on nothing that its service only inherits; what the service says itself holds for all its checks', async () => {
    const { rules, checks } = await configurationOf(`defaults: { depends_on: Router }
services:
  - { name: Router, checks: ["ping://r", load] }
  - { name: Server, checks: [disk, "https://s"] }
  - { name: Shop, depends_on: Router, checks: [disk, "ping://p"] }
`);

    const independent = Object.values(rules.services).flatMap((one) => one.checks.filter((check) => check.independent === true));
    expect(independent.map(({ key }) => key)).toEqual(['Server/disk:/']);
    expect(checks.get('Server/disk:/')?.rule).toBe(independent[0]);
  });
});
