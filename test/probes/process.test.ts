import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { lookAt, process as processKind } from '../../src/probes/process.ts';
import { peerFolder } from '../net/support/peers.ts';
import { look, optionsOf } from './support/look.ts';
import { sleeper } from './support/sleeper.ts';

describe('a process check', () => {
  it('counts what runs, whatever its name looks like', async () => {
    for (const name of ['daemon-a', 'with (some) x', 'grün-ß', 'a) S 1 1 (b']) {
      using _one = await sleeper(name);
      using _two = await sleeper(name);

      const seen = await look(processKind, name);

      expect(seen).toMatchObject({ status: 'up', message: expect.stringMatching(/^2 processes of .*, [\d.]+[KM]iB of memory$/) });
      expect(seen.measures).toMatchObject([
        { name: 'count', value: 2, unit: 'count' },
        { name: 'memory', value: expect.any(Number), unit: 'bytes' },
      ]);
      expect(seen.measures[1]?.value).toBeGreaterThan(100_000);
    }
  });

  it('is down where the program does not run', async () => {
    expect(await look(processKind, 'no-such-program')).toMatchObject({
      status: 'down',
      reason: 'content',
      message: 'no process of no-such-program runs',
    });
  });

  it('knows names longer than the 15 bytes that the kernel keeps, and tells them apart', async () => {
    using _one = await sleeper('office-import-daemon');

    expect(await look(processKind, 'office-import-daemon')).toMatchObject({ status: 'up' });
    expect(await look(processKind, 'office-import-archiver')).toMatchObject({ status: 'down' });
    expect(await look(processKind, 'office-import-d')).toMatchObject({ status: 'up' });
  });

  it('knows a program by the file that it runs, though it has given itself another name', async () => {
    const child = spawn(process.execPath, ['-e', 'process.title = "renamed"; console.log("ready"); setInterval(() => {}, 1000)']);
    await new Promise((resolve) => child.stdout.once('data', resolve));

    const byFile = await look(processKind, 'node', { args: 'renamed' });
    const byName = await look(processKind, 'renamed');
    child.kill('SIGKILL');

    expect([byFile.status, byName.status]).toEqual(['up', 'up']);
  });

  it('does not count itself', async () => {
    using folder = peerFolder();
    enter(folder.path, 1, 'systemd');
    enter(folder.path, process.pid, 'daemon-a');

    expect(await lookAt(folder.path, optionsOf(processKind, 'daemon-a'), AbortSignal.timeout(2000))).toMatchObject({
      status: 'down',
    });
  });

  it('tells programs of one name apart by their arguments', async () => {
    using _one = await sleeper('worker', ['--queue', 'mail']);
    using _two = await sleeper('worker', ['--queue', 'scans']);

    expect(await look(processKind, 'worker', { args: 'queue mail' })).toMatchObject({ measures: [{ value: 1 }, {}] });
    expect(await look(processKind, 'worker', { args: '/queue (mail|scans)$/' })).toMatchObject({ measures: [{ value: 2 }, {}] });
    expect(await look(processKind, 'worker', { args: 'queue fax' })).toMatchObject({
      status: 'down',
      message: 'no process of worker with "queue fax" in its arguments runs',
    });
    expect(processKind.describe(optionsOf(processKind, 'worker', { args: 'mail' }))).toBe('worker mail');
  });

  it('asks for as many as were wanted', async () => {
    using _one = await sleeper('counted');
    using _two = await sleeper('counted');

    expect(await look(processKind, 'counted', { min: 3 })).toMatchObject({
      status: 'down',
      reason: 'threshold',
      message: 'only 2 processes of counted run, expected 3 at least',
    });
    expect(await look(processKind, 'counted', { max: 1 })).toMatchObject({ status: 'down', reason: 'threshold' });
    expect(await look(processKind, 'counted', { min: 2, max: 2 })).toMatchObject({ status: 'up' });
    expect(await look(processKind, 'miner', { min: 0, max: 0 })).toMatchObject({ status: 'up' });
    expect(await look(processKind, 'counted', { min: 0, max: 0 })).toMatchObject({ status: 'down' });
  });

  it('does not count what has ended and was not cleared away', async () => {
    const parent = spawn('sh', ['-c', 'sh -c "exit 0" & echo $!; exec sleep 30']);
    const said: Buffer = await new Promise((resolve) => parent.stdout.once('data', resolve));
    const zombie = Number(said.toString());

    await vi.waitFor(async () => {
      const table = await import('../../src/probes/support/processes/process-table.ts');
      const { entries } = await table.readProcessTable('/proc', AbortSignal.timeout(2000));
      expect(entries.find(({ pid }) => pid === zombie)).toMatchObject({ isZombie: true });
    });
    parent.kill('SIGKILL');
  });

  it.each([null, '', '/usr/sbin/nginx', ['a', 'b']])('cannot look for %j', (typed) => {
    expect(() => optionsOf(processKind, typed)).toThrow(/the name of a program without its folder/);
  });

  it.each([{ min: -1 }, { min: 2.5 }, { max: 0 }, { min: 3, max: 2 }, { args: '/(/' }, { args: '' }])('refuses %j', (written) => {
    expect(() => optionsOf(processKind, 'nginx', written)).toThrow();
  });
});

/** An entry of a folder that looks like /proc. */
function enter(folder: string, pid: number, name: string, state = 'S', argv: readonly string[] = [name], flags = 4194560): void {
  const own = join(folder, String(pid));
  mkdirSync(own);
  writeFileSync(join(own, 'stat'), `${pid} (${name}) ${state} 1 ${pid} ${pid} 0 -1 ${flags} 1 0\n`);
  writeFileSync(join(own, 'status'), `Name:\t${name}\nVmRSS:\t    2048 kB\n`);
  writeFileSync(join(own, 'cmdline'), argv.map((word) => `${word}\0`).join(''));
}

describe('a table of processes', () => {
  let folder: ReturnType<typeof peerFolder>;
  const many = 10_000;
  /** Beyond all real ones: our own would not be counted. */
  const first = 5_000_000;
  beforeAll(() => {
    folder = peerFolder();
    enter(folder.path, 1, 'systemd');
    const workers = Array.from({ length: 10 }, (_, index) => join(folder.path, `worker-${index}`));
    for (const [index, path] of workers.entries()) {
      mkdirSync(path);
      writeFileSync(join(path, 'stat'), `0 (worker ${index}) S 1 1 1\n`);
      symlinkSync('/usr/sbin/worker', join(path, 'exe'));
    }
    for (let index = 0; index < many; index += 1)
      symlinkSync(workers[index % 10] ?? '', join(folder.path, String(first + index)));
  });
  afterAll(() => folder[Symbol.dispose]());

  const lookFor = (name: string, written: object = {}, ms = 10_000) =>
    lookAt(folder.path, optionsOf(processKind, name, written), AbortSignal.timeout(ms));

  it('of ten thousand is read without holding up other work', async () => {
    let turns = 0;
    const others = setInterval(() => {
      turns += 1;
    }, 1);

    const seen = await lookFor('worker 3');
    clearInterval(others);

    expect(seen).toMatchObject({ status: 'up', measures: [{ value: many / 10 }, {}] });
    expect(turns).toBeGreaterThan(20);
  });

  it('is given up in time', async () => {
    const begun = performance.now();

    expect(await lookFor('worker 3', {}, 5)).toMatchObject({
      status: 'unknown',
      message: expect.stringContaining('there was no time to look at all processes'),
    });
    expect(performance.now() - begun).toBeLessThan(3000);
  });

  it('may lose entries while it is read', async () => {
    const reading = lookFor('worker 3');
    for (let index = many - 500; index < many; index += 1) rmSync(join(folder.path, String(first + index)));

    expect(await reading).toMatchObject({ status: 'up' });
  });

  it('proves nothing where those of others are hidden, and says what to do', async () => {
    using hiding = peerFolder();
    enter(hiding.path, 400, 'shown');
    const seenOf = (name: string, written: object = {}) =>
      lookAt(hiding.path, optionsOf(processKind, name, written), AbortSignal.timeout(2000));

    expect(await seenOf('nginx')).toMatchObject({
      status: 'unknown',
      message: expect.stringMatching(/^the processes of other users are hidden .*ProtectProc=default.*gid=/),
    });
    expect(await seenOf('shown')).toMatchObject({ status: 'up' });
    expect(await seenOf('shown', { max: 1 })).toMatchObject({ status: 'unknown' });
  });

  it('with zombies and threads of the kernel counts those that live', async () => {
    using mixed = peerFolder();
    enter(mixed.path, 1, 'init');
    enter(mixed.path, 2, 'kworker/0:1', 'I', []);
    enter(mixed.path, 5, 'nginx', 'I', [], 0x0020_8040);
    enter(mixed.path, 3, 'nginx', 'Z', []);
    enter(mixed.path, 4, 'nginx', 'D', ['nginx: worker process']);
    const seenOf = (name: string) => lookAt(mixed.path, optionsOf(processKind, name), AbortSignal.timeout(2000));

    expect(await seenOf('nginx')).toMatchObject({ status: 'up', measures: [{ value: 1 }, { value: 2048 * 1024 }] });
    rmSync(join(mixed.path, '4'), { recursive: true });
    expect(await seenOf('nginx')).toMatchObject({
      status: 'down',
      message: 'no process of nginx runs, beside 1 that ended and nobody has cleared away (zombie)',
    });
  });

  it('that does not exist proves nothing', async () => {
    expect(await lookAt('/nowhere', optionsOf(processKind, 'nginx'), AbortSignal.timeout(2000))).toMatchObject({
      status: 'unknown',
      message: '/nowhere cannot be read, where Linux shows its processes (ENOENT)',
    });
  });

  it('with entries that make no sense throws nothing', async () => {
    using broken = peerFolder();
    for (const [index, text] of ['', 'x', '5 (', '5 )a(', '\0\0', '5 (a'].entries()) {
      mkdirSync(join(broken.path, String(index + 1)));
      writeFileSync(join(broken.path, String(index + 1), 'stat'), text);
    }

    expect(await lookAt(broken.path, optionsOf(processKind, 'a'), AbortSignal.timeout(2000))).toMatchObject({ status: 'down' });
  });

  it('with a command line made to stall an expression is given up with a word about it', async () => {
    using hostile = peerFolder();
    enter(hostile.path, 1, 'init');
    for (const pid of [2, 3, 4]) enter(hostile.path, pid, 'evil', 'S', ['evil', `${'x'.repeat(60)}!`]);
    const begun = performance.now();

    const seen = await lookAt(hostile.path, optionsOf(processKind, 'evil', { args: '/(x+x+)+y/' }), AbortSignal.timeout(2000));

    expect(['unknown', 'down']).toContain(seen.status);
    expect(performance.now() - begun).toBeLessThan(1500);
  });
});
