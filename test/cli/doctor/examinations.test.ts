import { chmodSync, chownSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readAlive, touchAlive } from '../../../src/store/alive.ts';
import { openLiveRecord } from '../../../src/store/live-record.ts';
import { serveSocket } from '../../../src/web/socket.ts';
import { fakeApi } from '../../web/support/api.ts';
import { anna, findings, isRoot, patientWith, programs } from './support/patient.ts';

afterEach(() => vi.unstubAllEnvs());

/** What is said and how it is mended, of those that are not well. */
async function troubles(...asked: Parameters<typeof findings>) {
  return (await findings(...asked)).filter(({ ok }) => ok !== 'yes');
}

describe('the configuration', () => {
  it('is well where it is valid, and every mistake is wrong where it is not', async () => {
    const [good] = await findings('configuration', await patientWith('services: []'));
    const bad = await findings('configuration', await patientWith('servces: []\nsite: 1\n'));

    expect(good).toMatchObject({ ok: 'yes', says: 'is valid: 0 services, 0 checks, 0 contacts' });
    expect(bad.every(({ ok }) => ok === 'no')).toBe(true);
    expect(bad[0]?.about).toMatch(/office\.yaml:1:1$/);
    expect(bad[0]?.says).toContain('"servces"');
    expect(bad[0]?.fix).toMatch(/^incidentd validate -c /);
  });

  it('that holds a secret for every user to read, or lies open to be written, is wrong', async () => {
    const yaml = 'mail: { from: a@b.example, servers: [{ url: "smtps://m.example", user: u, password: !file pass }] }';
    const first = await patientWith('{}');
    const file = join(first.path, '../pass');
    writeFileSync(file, 'secret-word');
    chmodSync(file, 0o646);
    writeFileSync(first.path, yaml, { mode: 0o600 });
    const { loadConfiguration } = await import('../../../src/config/configuration.ts');
    const patient = { ...first, loaded: await loadConfiguration(first.path, { env: {} }) };

    expect(await troubles('configuration', patient)).toEqual([
      { about: file, ok: 'no', says: 'holds a secret, and every user of this machine can read it', fix: `chmod o-r ${file}` },
      { about: file, ok: 'no', says: expect.stringContaining('can write it'), fix: `chmod o-w ${file}` },
    ]);
    expect((await troubles('configuration', { ...patient, user: anna }))[0]?.fix).toContain(`chgrp 4712 ${file} && chmod 640`);
  });
});

describe('the state folder', () => {
  it('may be missing where it can be made, and is not made', async () => {
    const patient = await patientWith('{}');

    const [found] = await findings('state folder', patient);

    expect(found).toMatchObject({ about: patient.folder, ok: 'yes', says: 'is not there yet; run creates it' });
    expect(readdirSync(join(patient.folder, '..'))).toEqual(['office.yaml']);
  });

  it('is well with a record, which is read', async () => {
    const patient = await patientWith('{}');
    await openLiveRecord(patient.folder);

    expect((await findings('state folder', patient)).map(({ about, ok }) => [about, ok])).toEqual([
      [patient.folder, 'yes'],
      ['free space', 'yes'],
      ['record', 'yes'],
      ['history', 'yes'],
    ]);
  });

  it('with a record or a history that cannot be read is wrong', async () => {
    const patient = await patientWith('{}');
    mkdirSync(join(patient.folder, 'record.json'), { recursive: true, mode: 0o700 });
    chmodSync(patient.folder, 0o700);
    writeFileSync(join(patient.folder, 'history.db'), 'no database at all, but long enough to be looked at'.repeat(50));

    expect((await troubles('state folder', patient)).map(({ about, ok }) => [about, ok])).toEqual([
      ['record', 'no'],
      ['history', 'no'],
    ]);
  });

  it.each([
    ['a file', (path: string) => writeFileSync(path, ''), /is not a folder/, /^mv /],
    [
      'open to be written',
      (path: string) => chmodSync(mkdirSync(path, { recursive: true }) ?? '', 0o777),
      /other users can write/,
      /^chmod go-w /,
    ],
  ])('that is %s is wrong', async (_, make, says, fix) => {
    const patient = await patientWith('{}');
    make(patient.folder);

    expect(await troubles('state folder', patient)).toEqual([
      expect.objectContaining({ ok: 'no', says: expect.stringMatching(says), fix: expect.stringMatching(fix) }),
    ]);
  });

  it('of somebody else is wrong', async (context) => {
    if (!isRoot) return context.skip('only root can give a folder away');
    const patient = await patientWith('{}');
    mkdirSync(patient.folder, { mode: 0o700 });
    chownSync(patient.folder, 4711, 4711);

    const [found] = await troubles('state folder', patient);

    expect(found?.says).toMatch(/^belongs to user 4711, and this is root/);
    expect(found?.fix).toContain(`chown -R root ${patient.folder}`);
  });
});

describe('the daemon', () => {
  it('that runs and lives is well', async () => {
    const patient = await patientWith('{}');
    mkdirSync(patient.folder, { mode: 0o700 });
    await touchAlive(patient.folder, patient.now - 5000);
    await using _server = await serveSocket(join(patient.folder, 'control.sock'), fakeApi());

    expect(await findings('daemon', patient)).toEqual([{ about: 'daemon', ok: 'yes', says: 'runs on this folder and answers' }]);
    expect(await troubles('daemon', { ...patient, now: patient.now + 300_000 })).toEqual([
      expect.objectContaining({ ok: 'no', says: expect.stringContaining('last sign of life 5m 5s ago') }),
    ]);
  });

  it('that does not run is told with when it last lived, and how to start it', async () => {
    const patient = await patientWith('timezone: Europe/Berlin');
    mkdirSync(patient.folder, { mode: 0o700 });

    expect(await findings('daemon', patient)).toMatchObject([{ ok: 'yes', says: expect.stringContaining('has not run') }]);

    await touchAlive(patient.folder, patient.now - 7_200_000);
    expect(await findings('daemon', patient)).toMatchObject([
      {
        ok: 'unclear',
        says: expect.stringContaining('last lived 2h ago'),
        fix: expect.stringMatching(/^incidentd run -c .* --state /),
      },
    ]);
    expect(await readAlive(patient.folder)).toBe(patient.now - 7_200_000);
  });

  it('that lived in the future says that the clock was set back', async () => {
    const patient = await patientWith('{}');
    mkdirSync(patient.folder, { mode: 0o700 });
    await touchAlive(patient.folder, patient.now + 86_400_000);

    expect(await findings('daemon', patient)).toMatchObject([{ ok: 'no', says: expect.stringContaining('set back') }]);
  });

  it('that had another configuration is told of', async () => {
    const patient = await patientWith('{}');
    mkdirSync(patient.folder, { mode: 0o700 });
    writeFileSync(join(patient.folder, 'configuration.path'), '/etc/other.yaml\n');

    expect(await troubles('daemon', patient)).toMatchObject([{ ok: 'unclear', fix: 'incidentd doctor -c /etc/other.yaml' }]);
  });
});

describe('ping', () => {
  const withCheck = 'services: [{ name: Router, check: "ping://127.0.0.1" }]';

  it.each([
    ['wrong where a check needs it', withCheck, 'no'],
    ['good to know where none does', '{}', 'unclear'],
  ])('that is missing is %s, with its package', async (_, yaml, ok) => {
    const patient = await patientWith(yaml, { env: { PATH: '/nowhere' } });

    expect(await findings('ping', patient)).toMatchObject([{ ok, fix: 'apt install iputils-ping' }]);
  });

  it.each([
    ['1\t0\n', '4712 4712'],
    ['5000 6000\n', '4712 6000'],
    ['0 100\n', '0 4712'],
  ])('that is forbidden is wrong, with the line that allows it to the group of this user beside %j', async (range, line) => {
    const path = programs({ ping: 'echo "ping: socktype: SOCK_RAW: Operation not permitted" >&2; exit 2' });
    vi.stubEnv('PATH', path);
    const patient = await patientWith(withCheck, { user: anna, env: { PATH: path } });
    writeFileSync(join(path, 'range'), range);

    const [found] = await findings('ping', { ...patient, places: { ...patient.places, pingGroups: join(path, 'range') } });

    expect(found).toMatchObject({ ok: 'no', says: `${path}/ping may not send as anna` });
    expect(found?.fix).toContain(`echo 'net.ipv4.ping_group_range = ${line}' > /etc/sysctl.d/`);
    expect(found?.fix).toContain(`setcap cap_net_raw+ep ${path}/ping`);
  });
});

describe('the clock', () => {
  const clock = async (texts: Readonly<Record<string, string>>, now = Date.now()) => {
    vi.stubEnv('PATH', programs(texts));
    return await findings('clock', await patientWith('timezone: Europe/Berlin', { now }));
  };

  it.each([
    ['systemd says so', { timedatectl: 'echo yes' }, 'yes'],
    ['systemd says no', { timedatectl: 'echo no' }, 'no'],
    ['chrony says so', { timedatectl: 'exit 1', chronyc: 'echo "Leap status     : Normal"' }, 'yes'],
    ['chrony says no', { chronyc: 'echo "Leap status     : Not synchronised"' }, 'no'],
    ['nobody says it', {}, 'unclear'],
  ])('is judged as %s', async (_, texts, ok) => {
    expect((await clock(texts))[0]).toMatchObject({ about: 'synchronization', ok });
  });

  it('is wrong in an unlikely year', async () => {
    expect(await clock({ timedatectl: 'echo yes' }, 86_400_000)).toContainEqual(
      expect.objectContaining({ about: 'date', ok: 'no', says: expect.stringContaining('1970') }),
    );
  });
});

describe('certificate files', () => {
  it('that are missing, or not files, are wrong', async () => {
    const patient = await patientWith('{}');
    const [folder, missing, there] = ['folder', 'missing.pem', 'there.pem'].map((name) => join(patient.path, '..', name));
    mkdirSync(folder ?? '');
    writeFileSync(join(patient.path, '../real.pem'), '');
    symlinkSync('real.pem', there ?? '');
    const checks = `[{ cert-file: [${folder}, ${missing}, ${there}] }, { http: "https://h.example", ca: ${missing}2 }]`;

    const found = await findings('certificate files', await patientWith(`services: [{ name: VPN, checks: ${checks} }]`));

    expect(found.map(({ about, ok }) => [about, ok])).toEqual([
      [folder, 'no'],
      [missing, 'no'],
      [there, 'yes'],
      [`${missing}2`, 'no'],
    ]);
  });
});
