import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newFolder } from '../web/support/api.ts';
import { type, widthOf } from './support/world.ts';

function written(yaml: string): string {
  const path = join(newFolder(), 'office.yaml');
  writeFileSync(path, yaml);
  return path;
}

const office = `
site: Kanzlei Sommer
timezone: Europe/Berlin
contacts:
  anna: anna@kanzlei.example
  boss: { email: chef@kanzlei.example, hours: office }
mail:
  from: m@kanzlei.example
  servers: [smtp://localhost:25]
escalation:
  default:
    - notify: owner
    - notify: boss
      after: 1h
      repeat: 1h
services:
  - name: Website
    impact: high
    owner: anna
    checks:
      - http: https://www.kanzlei.example
        interval: 30s
        warning: 2s
        critical: 8s
  - { name: Printer, impact: low, check: "tcp://192.168.178.9:9100" }
  - { name: Telephone }
`;

describe('validate', () => {
  it('says what it understood: timing, thresholds, and who is told when', async () => {
    const path = written(office);

    const { status, out, err } = await type(['validate', '-c', path]);

    expect([status, err]).toEqual([0, '']);
    expect(out).toContain(`${path} is valid: 3 services, 2 checks, 2 contacts\n`);
    expect(out).toContain('first mail 1m to 1m 40s after it begins; one under 1m makes none');
    expect(out).toContain('degraded when slower than 2s, down when slower than 8s');
    expect(out).toContain('P1 when down: at once anna; after 1h boss, again every 1h');
    expect(out).toContain('Not covered');
    expect(widthOf(out.replace(path, ''))).toBeLessThanOrEqual(80);
  });

  it('says from when on a certificate that is seen on the way is told', async () => {
    const path = written('services: [{ name: Wiki, checks: [{ http: "https://localhost:9444/" }] }]');
    const limits = 'degraded (minor) when fewer days are left than 14d, degraded (major) when fewer days are left than 3d';

    const { out } = await type(['validate', '-c', path], { columns: 160 });
    const { services } = JSON.parse((await type(['validate', '--json', '-c', path])).out);

    expect(out).toMatch(new RegExp(`^  certificate localhost:9444\\n(?:    .*\\n)*?    ${RegExp.escape(limits)}$`, 'm'));
    expect(services[0].checks).toMatchObject([{ thresholds: [] }, { kind: 'certificate', thresholds: [limits] }]);
  });

  it('says how each person is reached, of what and when', async () => {
    const path = written(`contacts:
  anna:
    email: [anna@b.example, a@home.example]
    command: { run: [/usr/local/bin/send-sms, "+49"], only: [P1], events: [opened, escalated] }
    webhook: { url: "https://hooks.example/canary", events: recovered }
  boss: { email: chef@b.example, hours: office, away: 2026-12-24/2027-01-06, outside: true }
`);

    const { out } = await type(['validate', '-c', path], { columns: 200 });
    const { people } = JSON.parse((await type(['validate', '--json', '-c', path])).out);

    expect(out).toContain(`
People
  anna: email anna@b.example; email a@home.example; webhook https://hooks.example (recovered); command send-sms (P1; opened, escalated)
  boss: email chef@b.example; hours office; away 2026-12-24 to 2027-01-06; outside the house
`);
    expect(people).toMatchObject([
      { id: 'anna', hours: null, channels: [{ only: null, events: null }, {}, {}, { kind: 'command', only: ['P1'] }] },
      { id: 'boss', language: 'en', hours: 'office', outside: true, channels: [{ id: 'email', address: 'chef@b.example' }] },
    ]);
    expect(`${out}${JSON.stringify(people)}`).not.toContain('canary');
  });

  it('prints every mistake with its place on standard error, then how many there are', async () => {
    const path = written('services:\n  - { name: A, chek: x }\n  - name: B\n    check: { htpt: x }\n');

    const { status, out, err } = await type(['validate', '-c', path]);

    expect([status, out]).toEqual([1, '']);
    expect(err.trim().split('\n')).toEqual([
      expect.stringMatching(/office\.yaml:2:16: .*chek/),
      expect.stringMatching(/office\.yaml:4:14: .*htpt/),
      `${path} is not valid: 2 problems`,
    ]);
  });

  it('gives both as JSON on standard output', async () => {
    const good = JSON.parse((await type(['validate', '--json', '-c', written(office)])).out);
    const bad = await type(['validate', '--json', '-c', written('servces: []')]);

    expect(good).toMatchObject({
      ok: true,
      services: [{ id: 'Website', checks: [{ confirmedMs: { from: 60_000, to: 100_000 } }, { kind: 'certificate' }] }, {}, {}],
    });
    expect(bad).toMatchObject({ status: 1, err: '' });
    expect(JSON.parse(bad.out)).toMatchObject({
      ok: false,
      problems: [{ line: 1, col: 1, message: expect.stringContaining('servces') }],
    });
  });

  it('takes -c before the command, and $INCIDENTD_CONFIG', async () => {
    const path = written(office);

    expect((await type(['-c', path, 'validate'])).status).toBe(0);
    expect((await type(['validate'], { env: { INCIDENTD_CONFIG: path } })).out).toContain(`${path} is valid`);
  });

  it('exits with 1 for a file that is not there', async () => {
    const { status, err } = await type(['validate', '-c', '/nowhere/office.yaml']);

    expect(status).toBe(1);
    expect(err).toContain('/nowhere/office.yaml:1:1: cannot be read');
  });
});
