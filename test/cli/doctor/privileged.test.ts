import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { polkitRule, sudoActOf, sudoersLine, unitActOf } from '../../../src/cli/doctor/privileged.ts';
import { secret } from '../../../src/lib/secret.ts';

describe('systemctl', () => {
  it.each([
    [['systemctl', 'restart', 'nginx'], { verb: 'restart', units: ['nginx.service'] }],
    [['/usr/bin/systemctl', '--no-block', 'start', 'a.timer', 'b@1'], { verb: 'start', units: ['a.timer', 'b@1.service'] }],
    [['systemctl', 'try-restart', '--', 'php8.2-fpm'], { verb: 'try-restart', units: ['php8.2-fpm.service'] }],
  ])('is understood: %j', (run, act) => {
    expect(unitActOf(run)).toEqual(act);
  });

  it.each([
    [['systemctl', '--user', 'restart', 'x']],
    [['systemctl', 'restart']],
    [['systemctl', 'poweroff', 'x']],
    [['/opt/systemctl', 'restart', 'x']],
    [['systemctl', 'restart', secret('x')]],
  ])('is a program like others otherwise: %j', (run) => {
    expect(unitActOf(run)).toBeNull();
  });
});

describe('the rule for polkit', () => {
  const rule = polkitRule('incidentd', [
    { verb: 'restart', units: ['nginx.service'] },
    { verb: 'reload', units: ['nginx.service'] },
    { verb: 'start', units: ['we"ird.service'] },
  ]);

  /** What polkit would make of it (polkit(8)). */
  function asked(unit: string, verb: string, user = 'incidentd', id = 'org.freedesktop.systemd1.manage-units') {
    const script = /<<'END'.*\n([\s\S]*)\nEND$/.exec(rule)?.[1] ?? '';
    const details: Readonly<Record<string, string>> = { unit, verb };
    const added: ((action: unknown, subject: unknown) => unknown)[] = [];
    const polkit = { Result: { YES: 'yes' }, addRule: (one: (typeof added)[number]) => added.push(one) };
    runInContext(script, createContext({ polkit }));
    return added[0]?.({ id, lookup: (name: string) => details[name] }, { user });
  }

  it('allows what the remedies do', () => {
    expect([asked('nginx.service', 'restart'), asked('nginx.service', 'reload'), asked('we"ird.service', 'start')]).toEqual([
      'yes',
      'yes',
      'yes',
    ]);
  });

  it.each([
    ['another verb', asked('nginx.service', 'stop')],
    ['another unit', asked('ssh.service', 'restart')],
    ['what every object has', asked('constructor', 'name')],
    ['another user', asked('nginx.service', 'restart', 'www-data')],
    ['another action', asked('nginx.service', 'restart', 'incidentd', 'org.freedesktop.systemd1.manage-unit-files')],
  ])('does not allow %s', (_, answer) => {
    expect(answer).toBeUndefined();
  });
});

describe('sudo', () => {
  it.each([
    [['sudo', '-n', 'systemctl', 'restart', 'nginx'], 'root', ['systemctl', 'restart', 'nginx']],
    [['/usr/bin/sudo', '-u', 'backup', '-n', '--', '/opt/a b', '--x'], 'backup', ['/opt/a b', '--x']],
    [['sudo', '--user=www', 'reset'], 'www', ['reset']],
  ])('is understood: %j', (run, runAs, command) => {
    expect(sudoActOf(run)).toMatchObject({ runAs, command, words: ['-u', runAs, '--', ...command] });
  });

  it.each([[['sudo']], [['sudo', '-E', 'x']], [['sudo', '-u']], [['doas', 'x']]])(
    'is a program like others otherwise: %j',
    (run) => {
      expect(sudoActOf(run)).toBeNull();
    },
  );

  it('is allowed one command, with its special characters as they are', () => {
    const act = (...command: [string, ...string[]]) => ({ words: [], runAs: 'root', command });

    expect(sudoersLine('anna', act('systemctl', 'restart', 'nginx'), '/usr/bin/systemctl')).toBe(
      'anna ALL=(root) NOPASSWD: /usr/bin/systemctl restart nginx',
    );
    expect(sudoersLine('anna', act('x', 'a=b,c:*'), '/opt/x')).toBe('anna ALL=(root) NOPASSWD: /opt/x a\\=b\\,c\\:\\*');
    expect(sudoersLine('anna', act('x'), '/opt/x')).toBe('anna ALL=(root) NOPASSWD: /opt/x ""');
  });
});
