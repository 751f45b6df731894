import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { newFolder } from '../../web/support/api.ts';
import { anna, findings, patientWith, programs } from './support/patient.ts';

afterEach(() => vi.unstubAllEnvs());

const systemctl = 'case "$*" in *nginx*) printf "LoadState=loaded\\nActiveState=active\\n";; *) echo LoadState=not-found;; esac';
const root = { name: 'root', uid: 0, gid: 0, groups: [0] };

interface Machine {
  readonly run: string;
  readonly has?: Readonly<Record<string, string>>;
  /** Rules of polkit by file; null where the folder cannot be read. */
  readonly rules?: Readonly<Record<string, string>> | null;
  readonly user?: typeof anna;
}

async function tried({ run, has = {}, rules = {}, user = anna }: Machine) {
  const path = programs(has);
  vi.stubEnv('PATH', path);
  const folder = newFolder();
  for (const [name, text] of Object.entries(rules ?? {})) writeFileSync(join(folder, name), text);
  const polkitRules = rules === null ? ['/dev/null/rules.d'] : [folder];
  const yaml = `services: [{ name: Web, check: "tcp://127.0.0.1:9", remedies: [{ when: any, run: ${run} }] }]`;
  const patient = await patientWith(yaml, { user, env: { PATH: path } });
  return await findings('remedies', { ...patient, places: { ...patient.places, polkitRules } });
}

describe('a remedy by systemctl', () => {
  const run = '[systemctl, restart, nginx]';
  const denies = { systemctl, pkcheck: 'echo Not authorized.; exit 1' };

  it.each([
    ['root', { has: { systemctl }, user: root }, 'root may do it'],
    ['a user whom polkit allows all units', { has: { systemctl, pkcheck: 'exit 0' } }, 'polkit allows it'],
  ])('is well for %s', async (_, machine, says) => {
    expect(await tried({ run, ...machine })).toEqual([
      { about: 'systemctl restart nginx', ok: 'yes', says: 'nginx.service is there, active' },
      { about: expect.stringMatching(/^systemctl as /), ok: 'yes', says },
    ]);
  });

  it('is wrong for a user without a rule, with the rule that allows it', async () => {
    const [, right] = await tried({ run, has: denies, rules: { '50-default.rules': 'polkit.addAdminRule(function () {});' } });

    expect(right).toMatchObject({ ok: 'no', says: 'polkit has no rule that lets anna do it' });
    expect(right?.fix).toContain('cat > /etc/polkit-1/rules.d/49-incidentd.rules');
    expect(right?.fix).toContain('"restart nginx.service"');
    expect(right?.fix).toContain('subject.user == "anna"');
  });

  it('is well where the rule that was told stands', async () => {
    const [, before] = await tried({ run, has: denies });

    const [, after] = await tried({ run, has: denies, rules: { '49-incidentd.rules': before?.fix ?? '' } });

    expect(after).toMatchObject({ ok: 'yes', says: expect.stringContaining('49-incidentd.rules has a rule for it') });
  });

  it('is unclear where rules cannot be read, with the question for root; and where polkit gives no answer', async () => {
    const [, unread] = await tried({ run, has: denies, rules: null });
    const [, silent] = await tried({ run, has: { systemctl, pkcheck: 'echo "could not connect" >&2; exit 126' } });

    expect(unread).toMatchObject({
      ok: 'unclear',
      fix: expect.stringMatching(/--detail unit nginx\.service --detail verb restart/),
    });
    expect(silent).toMatchObject({ ok: 'unclear', says: expect.stringContaining('could not connect') });
  });

  it('is wrong where there is no polkit, no such unit, or no systemd', async () => {
    expect((await tried({ run, has: { systemctl } }))[1]).toMatchObject({
      ok: 'no',
      fix: expect.stringMatching(/^apt install polkitd/),
    });

    const [unit] = await tried({ run: '[systemctl, restart, ngnix]', has: { systemctl }, user: root });
    expect(unit).toMatchObject({ ok: 'no', fix: expect.stringContaining("systemctl list-unit-files '*ngnix*'") });

    const [none] = await tried({ run, user: root });
    expect(none).toMatchObject({ ok: 'no', says: expect.stringContaining('no systemctl') });

    const dead = 'echo "System has not been booted with systemd as init system (PID 1)." >&2; exit 1';
    const [container] = await tried({ run, has: { systemctl: dead }, user: root });
    expect(container).toMatchObject({ ok: 'no', says: expect.stringContaining('systemd does not run on this machine') });
  });
});

describe('a remedy by sudo', () => {
  const run = '[sudo, -n, /bin/sh, -c, "x"]';

  it('is asked about without being run, whatever password was typed before', async () => {
    const [found] = await tried({ run, has: { sudo: 'test "$*" = "-k -n -l -u root -- /bin/sh -c x"' } });

    expect(found).toMatchObject({ ok: 'yes', says: 'sudo lets anna run it without a password' });
  });

  it('is wrong where sudo says no, with the line that allows it', async () => {
    const [found] = await tried({ run, has: { sudo: 'echo "sudo: a password is required" >&2; exit 1' } });

    expect(found).toMatchObject({ ok: 'no', says: expect.stringContaining('a password is required') });
    expect(found?.fix).toContain("echo 'anna ALL=(root) NOPASSWD: /bin/sh -c x' >> /etc/sudoers.d/incidentd");
  });

  it('is wrong where sudo, or the program behind it, is missing', async () => {
    expect(await tried({ run })).toMatchObject([{ ok: 'no', fix: expect.stringMatching(/^apt install sudo/) }]);
    expect(await tried({ run: '[sudo, /opt/none]', has: { sudo: 'exit 0' } })).toMatchObject([
      { ok: 'no', says: 'there is no program /opt/none for sudo to run' },
    ]);
  });
});

describe('another remedy', () => {
  it('is well where its program can be run, and is not run', async () => {
    const mark = join(newFolder(), 'ran');

    expect(await tried({ run: '[mend]', has: { mend: `touch ${mark}` } })).toMatchObject([{ ok: 'yes', about: 'mend' }]);
    expect(await tried({ run: '[/opt/mend, x]' })).toMatchObject([{ ok: 'no', about: '/opt/mend x' }]);
    expect(() => writeFileSync(mark, '', { flag: 'wx' })).not.toThrow();
  });
});
