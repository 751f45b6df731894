import { afterEach, describe, expect, it } from 'vitest';
import { systemd } from '../../src/probes/systemd.ts';
import { look, optionsOf } from './support/look.ts';
import { showing, systemctl } from './support/systemctl.ts';

let fake: Disposable | undefined;
afterEach(() => {
  fake?.[Symbol.dispose]();
  fake = undefined;
});

/** What a check sees of a unit in this state. */
function seen(unit: Readonly<Record<string, string>>, name = 'nginx') {
  fake = systemctl(showing(unit));
  return look(systemd, name);
}

function says(lines: string, name = 'nginx', timeoutMs = 2000) {
  fake = systemctl(lines);
  return look(systemd, name, {}, { timeoutMs });
}

describe('a unit', () => {
  it.each([
    ['active', 'running', 'up'],
    ['active', 'exited', 'up'],
    ['active', 'listening', 'up'],
    ['active', 'mounted', 'up'],
    ['reloading', 'reload', 'up'],
    ['refreshing', 'refresh', 'up'],
    ['activating', 'start-pre', 'degraded'],
    ['deactivating', 'stop-sigterm', 'degraded'],
    ['maintenance', 'maintenance', 'degraded'],
    ['inactive', 'dead', 'down'],
    ['failed', 'failed', 'down'],
    ['activating', 'auto-restart', 'down'],
    ['activating', 'auto-restart-queued', 'down'],
    ['shiny', 'new', 'unknown'],
  ])('that is %s (%s) is %s', async (ActiveState, SubState, status) => {
    const reason = { up: 'ok', unknown: 'not-watched' }[status] ?? 'content';

    expect(await seen({ ActiveState, SubState, Result: 'exit-code', ExecMainStatus: '1' })).toMatchObject({ status, reason });
  });

  it.each([
    [{ Result: 'exit-code', ExecMainStatus: '203' }, 'its process ended with status 203'],
    [{ Result: 'signal', ExecMainStatus: '9' }, 'its process was ended by signal 9'],
    [{ Result: 'core-dump', ExecMainStatus: '11' }, 'its process crashed (signal 11, core dumped)'],
    [{ Result: 'oom-kill' }, 'the machine ran out of memory, and the kernel ended it'],
    [{ Result: 'timeout' }, 'it took too long to start or to stop'],
    [{ Result: 'watchdog' }, 'it no longer gave its watchdog a sign of life'],
    [{ Result: 'start-limit-hit' }, 'it ended too often in a short time, and systemd starts it no more'],
    [{ Result: 'exec-condition' }, 'result exec-condition'],
    [{}, 'result unknown'],
  ])('that has failed says why: %j', async (how, words) => {
    expect(await seen({ ActiveState: 'failed', SubState: 'failed', ...how })).toMatchObject({
      message: `nginx has failed: ${words}`,
    });
  });

  it.each([
    ['masked', 'down', 'systemctl unmask nginx'],
    ['bad-setting', 'down', 'its unit file has a mistake (bad-setting)'],
    ['error', 'down', 'its unit file has a mistake (error)'],
    ['not-found', 'unknown', 'there is no unit nginx on this machine; look for its name with: systemctl list-units --all'],
  ])('that is %s is %s', async (LoadState, status, words) => {
    expect(await seen({ ActiveState: 'inactive', SubState: 'dead', LoadState })).toMatchObject({
      status,
      message: expect.stringContaining(words),
    });
  });

  it('that runs though its file has gone is up', async () => {
    expect(await seen({ ActiveState: 'active', SubState: 'running', LoadState: 'not-found' })).toMatchObject({ status: 'up' });
  });

  it('is measured by its restarts', async () => {
    expect(await seen({ ActiveState: 'active', SubState: 'running', NRestarts: '7' })).toMatchObject({
      message: 'nginx is active (running)',
      measures: [{ name: 'restarts', value: 7, unit: 'count' }],
    });
  });

  it('that is no service has no such measure, and its type is that of a file system', async () => {
    const mount = { Id: 'srv.mount', ActiveState: 'inactive', SubState: 'dead', Type: 'oneshot', NRestarts: '' };

    expect(await seen(mount, 'srv.mount')).toMatchObject({ status: 'down', measures: [] });
  });
});

describe('a service that runs and ends', () => {
  const job = { Id: 'backup.service', Type: 'oneshot', ActiveState: 'inactive', SubState: 'dead', Result: 'success' };

  it.each([
    ['between two runs', { ExecMainStartTimestampMonotonic: '123' }, 'up', 'its last run went well'],
    ['before its first run', { ExecMainStartTimestampMonotonic: '0' }, 'up', 'it has not run since this machine started'],
    ['at work', { ActiveState: 'activating', SubState: 'start' }, 'up', 'is at work'],
    ['after a bad run', { ActiveState: 'failed', Result: 'exit-code', ExecMainStatus: '2' }, 'down', 'ended with status 2'],
    ['and should remain, but does not', { RemainAfterExit: 'yes' }, 'down', 'is not running'],
    ['and remains', { RemainAfterExit: 'yes', ActiveState: 'active', SubState: 'exited' }, 'up', 'active (exited)'],
  ])('%s', async (_when, how, status, words) => {
    expect(await seen({ ...job, ...how }, 'backup')).toMatchObject({ status, message: expect.stringContaining(words) });
  });

  it.each([
    ['well', 'inactive', 'up', 'backup.timer is active (waiting)'],
    [
      'badly',
      'failed',
      'down',
      'backup.timer is active, but the last run of backup.service has failed: its process ended with status 2',
    ],
  ])('is watched by its timer: when it went %s', async (_how, ActiveState, status, message) => {
    const timer = { Id: 'backup.timer', ActiveState: 'active', SubState: 'waiting', Triggers: 'backup.service', NRestarts: '' };
    const service = showing({ ...job, ActiveState, Result: 'exit-code', ExecMainStatus: '2' });

    expect(await says(`case "$*" in *.timer) ${showing(timer)}\n;; *) ${service}\n;; esac`, 'backup.timer')).toMatchObject({
      status,
      message,
    });
  });
});

describe('asking systemd', () => {
  it('asks for one unit, and nothing that stands for it can be an option', async () => {
    const seen = await says('echo "ActiveState=active"; echo "SubState=$*"', 'getty@tty1.service');

    expect(seen.message).toMatch(/\(show --no-pager --property=Id,.* -- getty@tty1\.service\)$/);
  });

  it.each(['-h', '--help', 'a b', 'nginx;id', '*', 'a?', 'ü.service', '', null, ['a', 'b'], 'x'.repeat(300)])(
    'takes no unit %j',
    (typed) => {
      expect(() => optionsOf(systemd, typed)).toThrow(/the name of a unit/);
    },
  );

  it.each([
    ['echo "Failed to connect to bus: No such file or directory" >&2; exit 1', /cannot be asked by this user .*install dbus/],
    [
      'echo "System has not been booted with systemd as init system (PID 1)." >&2; exit 1',
      /systemd does not run on this machine/,
    ],
    ['echo "Unit name foo@.service is neither a valid invocation ID nor unit name." >&2; exit 1', /status 1: Unit name foo@/],
    ['exit 4', /status 4: it said nothing/],
    ['kill -SEGV $$', /ended by SIGSEGV/],
    ['yes', /more than 1 MiB/],
    ['echo nonsense', /nothing of nginx that can be understood/],
    ['', /nothing of nginx that can be understood/],
  ])('proves nothing when systemctl does %j', async (lines, message) => {
    expect(await says(lines)).toMatchObject({ status: 'unknown', message: expect.stringMatching(message) });
  });

  it('proves nothing when systemctl hangs', async () => {
    expect(await says('sleep 30', 'nginx', 200)).toMatchObject({
      status: 'unknown',
      message: 'systemctl gave no answer within 200ms; systemd itself may be hanging',
    });
  });

  it('gives something sensible on this very machine', async () => {
    const seen = await look(systemd, 'dbus', {}, { timeoutMs: 10_000 });

    expect(['up', 'down', 'unknown']).toContain(seen.status);
    if (seen.status === 'unknown') expect(seen.message).toMatch(/systemd|systemctl|there is no unit/);
  });
});
