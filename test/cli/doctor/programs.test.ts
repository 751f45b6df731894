import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lookForProgram, packageOf } from '../../../src/cli/doctor/programs.ts';
import { newFolder } from '../../web/support/api.ts';
import { findings, patientWith, programs } from './support/patient.ts';

function file(text: string, mode: number): string {
  const path = join(newFolder(), 'check it');
  writeFileSync(path, text, { mode });
  return path;
}

describe('a program', () => {
  it('is found by its path, and along $PATH', async () => {
    const path = programs({ tell: 'exit 0' });

    expect(await lookForProgram(join(path, 'tell'), '')).toEqual({ saw: 'program', path: join(path, 'tell') });
    expect(await lookForProgram('tell', `/nowhere:${path}`)).toEqual({ saw: 'program', path: join(path, 'tell') });
    expect(await lookForProgram('tell', '/nowhere')).toEqual({ saw: 'missing' });
  });

  it('that is no file, may not be run, or needs what is not there is told apart', async () => {
    const folder = join(newFolder(), 'folder');
    mkdirSync(folder);

    expect(await lookForProgram(folder, '')).toMatchObject({ saw: 'no-file' });
    expect(await lookForProgram(file('#!/bin/sh\n', 0o644), '')).toMatchObject({ saw: 'forbidden' });
    expect(await lookForProgram(file('#!/opt/python9 -E\n', 0o755), '')).toMatchObject({
      saw: 'no-interpreter',
      interpreter: '/opt/python9',
    });
  });

  it.each([
    ['/usr/lib/nagios/plugins/check_tcp', 'monitoring-plugins-basic'],
    ['/usr/lib/nagios/plugins/check_snmp', 'monitoring-plugins-standard'],
    ['/usr/lib/nagios/plugins/check_our_own', null],
    ['/usr/bin/ping', 'iputils-ping'],
    ['/opt/ping', null],
    ['constructor', null],
  ])('comes from a package where that is known: %s', (program, name) => {
    expect(packageOf(program)).toBe(name);
  });
});

describe('programs of checks', () => {
  const checked = async (...checks: readonly string[]) =>
    await findings(
      'programs of checks',
      await patientWith(`services: [{ name: Printer, checks: [${checks.join(', ')}] }]`, { env: { PATH: '/bin' } }),
    );

  it('are named once, with who needs them', async () => {
    expect(await checked('{ command: [sh, a] }', '{ command: [sh, b] }')).toEqual([
      { about: 'sh', ok: 'yes', says: expect.stringMatching(/^can be run \(.*\/sh\), for Printer$/) },
    ]);
  });

  it('that are missing are wrong, with the package or the place that mends it', async () => {
    const found = await checked('{ command: /opt/check_our_own }', '{ command: /usr/sbin/wakeonlan }', '{ command: /opt/sh }');

    expect(found.map(({ ok }) => ok)).toEqual(['no', 'no', 'no']);
    expect(found[0]?.fix).toContain('find / -xdev -name check_our_own');
    expect(found[1]?.fix).toBe('apt install wakeonlan');
    expect(found[2]?.fix).toMatch(/^write .*\/sh instead of \/opt\/sh in the configuration$/);
  });

  it('that are not executable are wrong, with the command that mends it', async () => {
    const path = file('#!/bin/sh\n', 0o644);

    expect(await checked(`{ command: ["${path}"] }`)).toEqual([
      {
        about: path,
        ok: 'no',
        says: expect.stringContaining('may not be run by'),
        fix: expect.stringContaining(`chmod a+rx '${path}'\n`),
      },
    ]);
  });
});
