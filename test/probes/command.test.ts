import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Observation } from '../../src/core/observation.ts';
import { secret } from '../../src/lib/secret.ts';
import { command } from '../../src/probes/command.ts';
import { type Scripts, scriptFolder } from '../net/support/scripts.ts';
import { look, optionsOf } from './support/look.ts';

let scripts: Scripts;
beforeAll(() => {
  scripts = scriptFolder();
});
afterAll(() => scripts[Symbol.dispose]());

let count = 0;
function plugin(lines: string, timeoutMs = 2000): Promise<Observation> {
  count += 1;
  return look(command, [scripts.add(`check-${count}`, lines)], {}, { timeoutMs });
}

describe('the target of a command check', () => {
  it('is shown by the name of the program and its arguments, secrets hidden', () => {
    const options = optionsOf(command, ['/usr/lib/nagios/plugins/check_tcp', '-H', 'printer', '-p', 9100, secret('pw')]);

    expect(command.describe(options)).toBe('check_tcp -H printer -p 9100 ***');
  });

  it('is shown in at most 120 characters', () => {
    expect(command.describe(optionsOf(command, ['/bin/x', 'y'.repeat(500)])).length).toBe(120);
  });

  it('may be one program without arguments', () => {
    expect(optionsOf(command, '/usr/local/bin/check-nas').argv).toEqual(['/usr/local/bin/check-nas']);
  });

  it.each([null, '', '/bin/check -H x', []])('cannot be %j', (typed) => {
    expect(() => optionsOf(command, typed)).toThrow();
  });
});

describe('a plugin', () => {
  it.each([
    [0, 'up', 'ok'],
    [1, 'degraded', 'plugin'],
    [2, 'down', 'plugin'],
    [3, 'unknown', 'not-watched'],
  ])('that ends with status %i is %s', async (code, status, reason) => {
    expect(await plugin(`echo "SERVICE says so"; exit ${code}`)).toMatchObject({ status, reason, message: 'SERVICE says so' });
  });

  it.each([4, 126, 127, 255])('that ends with status %i proves nothing, and the message says why', async (code) => {
    expect(await plugin(`echo words; exit ${code}`)).toMatchObject({
      status: 'unknown',
      message: expect.stringContaining(`ended with status ${code}, which plugins do not use: words`),
    });
  });

  it('that is killed by a signal proves nothing', async () => {
    expect(await plugin('kill -SEGV $$')).toMatchObject({
      status: 'unknown',
      message: expect.stringContaining('was ended by SIGSEGV'),
    });
  });

  it('that does not exist proves nothing, and the path is named', async () => {
    expect(await look(command, '/nowhere/check_x')).toMatchObject({
      status: 'unknown',
      message: 'there is no program /nowhere/check_x on this machine (or its interpreter is missing)',
    });
  });

  it('that may not be run proves nothing', async () => {
    expect(await look(command, '/etc/passwd')).toMatchObject({
      status: 'unknown',
      message: expect.stringContaining('check its permissions (EACCES)'),
    });
  });

  it('that hangs is down at the deadline, and its children are gone', async () => {
    expect(await plugin(`trap "" TERM; (trap "" TERM; sleep 30) & sleep 30`, 200)).toMatchObject({
      status: 'down',
      reason: 'timeout',
      message: expect.stringContaining('did not end within 200ms and was stopped'),
    });
    await vi.waitFor(() => expect(scripts.running()).toEqual([]));
  });

  it('that writes without end is stopped and proves nothing', async () => {
    expect(await plugin('yes')).toMatchObject({ status: 'unknown', message: expect.stringContaining('wrote more than 1 MiB') });
    await vi.waitFor(() => expect(scripts.running()).toEqual([]));
  });

  it('that says nothing has a message all the same', async () => {
    expect(await plugin('exit 2')).toMatchObject({
      status: 'down',
      message: expect.stringContaining('ended with status 2 and said nothing'),
    });
  });

  it('that complains on the other output only is quoted from there', async () => {
    expect(await plugin('echo "usage: check" >&2; exit 3')).toMatchObject({ status: 'unknown', message: 'usage: check' });
  });

  it('gives its performance data as measures and its further lines as evidence', async () => {
    const seen = await plugin(`printf 'DISK OK - free | /=2643MB;5948;5958;0;5968\\n/home 69357 MB\\nmore | /boot=68MB\\n'`);

    expect(seen).toMatchObject({ status: 'up', message: 'DISK OK - free', evidence: ['/home 69357 MB', 'more'] });
    expect(seen.measures.slice(1)).toEqual([
      { name: '/', value: 2643 * 2 ** 20, unit: 'bytes' },
      { name: '/boot', value: 68 * 2 ** 20, unit: 'bytes' },
    ]);
  });

  it('is measured by how long it ran, whatever it says of that itself', async () => {
    const seen = await plugin(`sleep 0.2; echo "OK | time=0.001s"; exit 1`);

    expect(seen.status).toBe('degraded');
    expect(seen.measures).toEqual([{ name: 'time', value: expect.any(Number), unit: 'ms' }]);
    expect(seen.measures[0]?.value).toBeGreaterThan(150);
  });

  it('gets secrets among its arguments and environment, and nobody else does', async () => {
    const path = scripts.add('with-secret', '[ "$1$KEY" = canary1canary2 ] && echo fine || echo wrong');

    const seen = await look(command, [path, secret('canary1')], { env: { KEY: secret('canary2') } });

    expect(seen.message).toBe('fine');
  });

  it('can put nothing but plain text into the message', async () => {
    const seen = await plugin(`printf '\\033[31mred\\033[0m\\007 \\000 \\377 <b>x</b>\\r\\nBcc: x\\n'`);

    expect(seen.message).toMatch(/^red/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the point
    expect(JSON.stringify(seen)).not.toMatch(/\\u00[01]|[\u0000-\u001f\u007f-\u009f]/);
  });
});
