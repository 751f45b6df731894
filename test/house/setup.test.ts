import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from './source.ts';

const tools = ['sh', 'dirname', 'flock', 'touch', 'cp', 'cmp', 'cut', 'cat', 'mkdir', 'sleep', 'timeout', 'mv', 'rm'];
const workingNpm =
  'rm -rf node_modules; mkdir -p node_modules/.bin; cp npm-node node_modules/.bin/node; touch node_modules/.package-lock.json';

/** A checkout that holds nothing but what setup looks at, and a machine of which each tool is known. */
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'incidentd-setup-'));
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, '.ci'));
  cpSync(join(root, '.ci/setup'), join(folder, '.ci/setup'));
  writeFileSync(join(folder, 'package-lock.json'), '{}');
  for (const tool of tools)
    symlinkSync(existsSync(`/bin/${tool}`) ? `/bin/${tool}` : `/usr/bin/${tool}`, join(folder, 'bin', tool));
  install('npm-node', 'exit 0', folder);
  install('npm', workingNpm);
  install('ping', 'exit 0');
  install('openssl', 'exit 0');
  install('id', 'echo 1000');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Puts a command into the machine; it notes each call. */
function install(name: string, script: string, where = join(folder, 'bin')): void {
  writeFileSync(join(where, name), `#!/bin/sh\necho "${name} $*" >>"${folder}/calls"\n${script}\n`);
  chmodSync(join(where, name), 0o755);
}

function calls(name: string): readonly string[] {
  const lines = readFileSync(join(folder, 'calls'), { encoding: 'utf8', flag: 'a+' }).split('\n');
  return lines.filter((line) => line.startsWith(`${name} `));
}

async function setup(...words: readonly string[]): Promise<{ readonly status: number; readonly said: string }> {
  const child = spawn('/bin/sh', [join(folder, '.ci/setup'), ...words], {
    cwd: '/',
    env: { PATH: join(folder, 'bin') },
    timeout: 10_000,
  });
  const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1)));
  const [printed, said, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  expect(printed).toBe('');
  return { status, said };
}

describe('.ci/setup', () => {
  it('installs once, from any working directory, and is silent afterwards', async () => {
    const first = await setup();
    const second = await setup();

    expect(first).toEqual({ status: 0, said: 'incidentd: installing npm packages (once)\n' });
    expect(second).toEqual({ status: 0, said: '' });
    expect(calls('npm')).toHaveLength(1);
  });

  it('installs once when started twice at the same time', async () => {
    install('npm', `sleep 0.2; ${workingNpm}`);

    const results = await Promise.all([setup(), setup()]);

    expect(results.map(({ status }) => status)).toEqual([0, 0]);
    expect(calls('npm')).toHaveLength(1);
  });

  it('installs again when the lock file changed, not when it was only touched', async () => {
    const later = new Date(Date.now() + 60_000);
    await setup();

    utimesSync(join(folder, 'package-lock.json'), later, later);
    await setup();
    expect(calls('npm')).toHaveLength(1);

    writeFileSync(join(folder, 'package-lock.json'), '{ "packages": {} }');
    utimesSync(join(folder, 'package-lock.json'), later, later);
    await setup();
    expect(calls('npm')).toHaveLength(2);
  });

  it('fails when npm fails, and says what to do', async () => {
    install('npm', 'echo "npm error ECONNREFUSED" >&2; exit 1');

    expect(await setup()).toEqual({ status: 1, said: expect.stringContaining('when the npm registry can be reached') });
  });

  it('fails on a machine for which there is no Node', async () => {
    install('npm', 'mkdir -p node_modules; touch node_modules/.package-lock.json');

    expect(await setup()).toEqual({ status: 1, said: expect.stringContaining('Linux on x64 or arm64') });
  });

  it('names what is missing and goes on when it may not install it', async () => {
    install('apt-get', 'exit 0');
    rmSync(join(folder, 'bin/ping'));

    expect(await setup()).toEqual({ status: 0, said: expect.stringContaining('apt-get install iputils-ping') });
    expect(calls('apt-get')).toEqual([]);
  });

  it('installs what is missing as root', async () => {
    install('id', 'echo 0');
    install('apt-get', `mv "${folder}/ping" "${folder}/bin/ping"`);
    cpSync(join(folder, 'bin/ping'), join(folder, 'ping'));
    rmSync(join(folder, 'bin/ping'));

    const { status, said } = await setup();

    expect(calls('apt-get')).toEqual([expect.stringContaining(' install iputils-ping')]);
    expect(status).toBe(0);
    expect(said).not.toContain('missing');
  });

  it('sees to the servers of the tests only for the tests', async () => {
    install('id', 'echo 0');
    install('apt-get', 'exit 0');
    install('dpkg-query', 'exit 1');

    const { said } = await setup();

    expect(said).not.toContain('postfix');
    expect(calls('apt-get')).toEqual([]);
  });

  it('installs the servers of the tests where that starts no service', async () => {
    install('id', 'echo 0');
    install('apt-get', `echo 'exit 0' >"${folder}/bin/dpkg-query"`);
    install('dpkg-query', 'exit 1');
    install('policy', 'exit 101');
    const script = join(folder, '.ci/setup');
    writeFileSync(script, readFileSync(script, 'utf8').replace('/usr/sbin/policy-rc.d', join(folder, 'bin/policy')));

    const { status, said } = await setup('test');

    expect(calls('apt-get')).toEqual([expect.stringMatching(/--no-install-recommends .* install bind9 .*postfix$/)]);
    expect(status).toBe(0);
    expect(said).not.toContain('skipped');
  });

  it('only names the servers of the tests on a machine that would start them', async () => {
    install('id', 'echo 0');
    install('apt-get', 'exit 0');
    install('dpkg-query', 'exit 1');
    const script = join(folder, '.ci/setup');
    writeFileSync(script, readFileSync(script, 'utf8').replace('/usr/sbin/policy-rc.d', '/nowhere'));

    const { status, said } = await setup('test');

    expect(calls('apt-get')).toEqual([]);
    expect(status).toBe(0);
    expect(said).toMatch(/skipped; for these: apt-get install bind9 .*postfix\n/);
  });

  it('tries apt only once where apt does not work', async () => {
    install('id', 'echo 0');
    install('apt-get', 'exit 100');
    rmSync(join(folder, 'bin/ping'));

    const first = await setup();
    const tries = calls('apt-get').length;
    const second = await setup();

    expect([first.status, second.status]).toEqual([0, 0]);
    expect(second.said).toContain('missing iputils-ping');
    expect(calls('apt-get')).toHaveLength(tries);
  });
});
