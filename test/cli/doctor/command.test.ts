import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { newFolder } from '../../web/support/api.ts';
import { type, widthOf } from '../support/world.ts';
import { isRoot } from './support/patient.ts';

const root = join(import.meta.dirname, '../../..');
const main = join(root, 'src/main.ts');
const starter = join(root, 'config/incidentd.yaml');

/** Runs the program; as a normal user where `user` says so. */
async function doctor(words: readonly string[], user?: number) {
  const as = user === undefined ? [] : ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups'];
  const [program = '', ...rest] = [...as, process.execPath, main, 'doctor', ...words];
  const child = spawn(program, rest, { timeout: 30_000, env: { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' } });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { out, err, status };
}

describe('doctor', () => {
  it('goes through the starter configuration on any machine, and changes nothing', async () => {
    const folder = newFolder();
    const state = join(folder, 'state');

    const { out, err, status } = await doctor(['-c', starter, '--state', state]);

    expect(err).toBe('');
    expect([0, 1]).toContain(status);
    expect(out).toMatch(/^As \S+ \(\d+\), with the configuration /);
    expect(out).toMatch(/^ {2}ok +.*incidentd\.yaml: is valid/m);
    for (const area of ['configuration', 'state folder', 'daemon', 'clock', 'ping', 'name resolution', 'mail path']) {
      expect(out).toMatch(new RegExp(`^${area}$`, 'm'));
    }
    expect(out.trimEnd().split('\n').at(-1)).toMatch(
      status === 0 ? /^Nothing is wrong: / : / wrong.*; what mends it stands below each$/,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('gives the same as JSON, and exits with 1 where something is wrong', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'office.yaml'), 'services: [{ name: X, check: { command: /opt/none } }]');

    const { out, status } = await doctor(['--json', '-c', join(folder, 'office.yaml'), '--state', folder]);
    const answer = JSON.parse(out);

    expect(status).toBe(1);
    expect(answer).toMatchObject({ ok: false, state: folder });
    expect(answer.findings).toContainEqual({
      examination: 'programs of checks',
      about: '/opt/none',
      ok: 'no',
      says: 'there is no program /opt/none on this machine, for X',
      fix: expect.any(String),
    });
  });

  it('finds what a normal user may not do', async (context) => {
    if (!isRoot) return context.skip('only root can become another user');
    const folder = newFolder();
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'closed'), { mode: 0o700 });
    const program = join(folder, 'send');
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o700 });
    const yaml = `contacts: { anna: { command: ["${program}"] } }
services: [{ name: Web, check: "tcp://127.0.0.1:9", remedies: [{ when: any, run: [systemctl, restart, nginx] }] }]`;
    writeFileSync(join(folder, 'office.yaml'), yaml, { mode: 0o644 });

    const { out, status } = await doctor(
      ['--json', '-c', join(folder, 'office.yaml'), '--state', join(folder, 'closed/state')],
      4711,
    );
    const bad: { about: string; ok: string; fix: string }[] = JSON.parse(out).findings.filter(
      ({ ok }: { ok: string }) => ok !== 'yes',
    );

    expect(status).toBe(1);
    expect(bad).toContainEqual(
      expect.objectContaining({
        about: join(folder, 'closed/state'),
        ok: 'no',
        fix: expect.stringMatching(/^install -d -m 700 -o /),
      }),
    );
    expect(bad).toContainEqual(
      expect.objectContaining({ about: 'command send', ok: 'no', fix: expect.stringContaining(`chmod a+rx ${program}`) }),
    );
    expect(bad.find(({ about }) => about.startsWith('systemctl as '))?.fix).toContain('49-incidentd.rules');
  });

  it('examines what it can where the configuration is not valid', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'office.yaml'), 'servces: []');

    const { status, out, err } = await type(['doctor', '-c', join(folder, 'office.yaml'), '--state', folder], { now: Date.now });

    expect([status, err]).toEqual([1, '']);
    expect(out).toMatch(/^ {2}wrong +.*office\.yaml:1:1: /m);
    expect(out).toMatch(/^clock$/m);
  });

  it('shows its progress on a terminal, marks in colours, and wraps everything but what is to be copied', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'office.yaml'), '{}');
    const words = ['doctor', '-c', join(folder, 'office.yaml'), '--state', folder];

    const shown = await type(words, { now: Date.now, onTerminal: { out: true, err: true }, colour: true });
    const plain = await type(words, { now: Date.now });

    expect(shown.err).toContain('looking at clock …\r\u001b[K');
    expect(shown.out).toContain('\u001b[32mok\u001b[39m');
    const prose = plain.out.split('\n').filter((line) => !line.startsWith(' '.repeat(13)));
    expect(widthOf(prose.join('\n'))).toBeLessThanOrEqual(80);
  });
});
