import { chmodSync } from 'node:fs';
import { delimiter } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Observation } from '../../src/core/observation.ts';
import { ping } from '../../src/probes/ping.ts';
import { type Scripts, scriptFolder } from '../net/support/scripts.ts';
import { look, optionsOf } from './support/look.ts';

describe('the target of a ping check', () => {
  it.each<[string | null, string | null, string]>([
    ['router', null, 'router'],
    [null, 'router', 'router'],
    ['ping://192.168.178.1', null, '192.168.178.1'],
    ['ping://[fe80::1]/', null, 'fe80::1'],
    ['2001:db8::1', null, '2001:db8::1'],
    ['bücher.example', null, 'bücher.example'],
  ])('%s with host %s is %s', (typed, host, shown) => {
    expect(ping.describe(optionsOf(ping, typed, {}, host))).toBe(shown);
  });

  it.each([null, '-h', '-f', '--help', 'a b', 'router:80', 'x;id', '$(id)', 'http://x/', '|', '\0', 'x'.repeat(300)])(
    'cannot be %j, and the message says what can',
    (typed) => {
      expect(() => optionsOf(ping, typed)).toThrow(/host name or address such as router/);
    },
  );
});

describe('a ping check with the real ping', () => {
  it.each(['127.0.0.1', '::1', 'localhost'])('of %s is up, with time and loss', async (host) => {
    const seen = await look(ping, host);

    expect(seen).toMatchObject({ status: 'up', reason: 'ok', message: expect.stringMatching(/answers in [\d.]+ ms$/) });
    expect(seen.measures).toEqual([
      { name: 'time', value: expect.any(Number), unit: 'ms' },
      { name: 'loss', value: 0, unit: 'share' },
    ]);
  });

  it('speaks English to us whatever the machine speaks', async () => {
    vi.stubEnv('LC_ALL', 'pl_PL.UTF-8');

    expect(await look(ping, '127.0.0.1', { count: 1 })).toMatchObject({ status: 'up' });
    vi.unstubAllEnvs();
  });

  it('says when the name does not exist', async () => {
    const resolver = { resolve: async () => ({ ok: false, failure: 'dns-failure', text: 'no such name' }) as const };

    expect(await look(ping, 'nowhere', {}, { resolver })).toMatchObject({
      status: 'down',
      reason: 'dns-failure',
      message: 'no such name',
    });
  });
});

describe('a ping check', () => {
  let scripts: Scripts;
  beforeEach(() => {
    scripts = scriptFolder();
    vi.stubEnv('PATH', `${scripts.folder}${delimiter}${process.env.PATH}`);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    scripts[Symbol.dispose]();
  });

  function saying(lines: string, timeoutMs = 2000): Promise<Observation> {
    scripts.add('ping', lines);
    return look(ping, '192.0.2.1', {}, { timeoutMs });
  }

  const header = 'echo "PING 192.0.2.1 (192.0.2.1) 56(84) bytes of data."';
  const summary = (received: number, loss: number) =>
    `echo; echo "--- 192.0.2.1 ping statistics ---"; echo "3 packets transmitted, ${received} received, ${loss}% packet loss, time 406ms"`;

  it('asks ping for few packets, quickly, by address', async () => {
    const seen = await saying('echo "$*" >&2; exit 2');

    expect(seen.message).toContain('-n -W 0.9 -c 3 -s 56 -i 0.2 192.0.2.1');
  });

  it('with all packets lost is down', async () => {
    expect(await saying(`${header}; ${summary(0, 100)}; exit 1`)).toMatchObject({
      status: 'down',
      reason: 'host-unreachable',
      message: '192.0.2.1 does not answer (100% loss)',
      measures: [{ name: 'loss', value: 1, unit: 'share' }],
    });
  });

  it('with a host that the gateway reports unreachable is down', async () => {
    const lines = `${header}; echo "From 192.0.2.254 icmp_seq=1 Destination Host Unreachable"; ${summary(0, 100)}; exit 1`;

    expect(await saying(lines)).toMatchObject({ status: 'down', reason: 'host-unreachable' });
  });

  it('with some packets lost is up, and tells the loss', async () => {
    const answer = 'echo "64 bytes from 192.0.2.1: icmp_seq=1 ttl=64 time=12.5 ms"';
    const lines = `${header}; ${answer}; ${summary(1, 66.6667)}; echo "rtt min/avg/max/mdev = 12.500/12.500/12.500/0.000 ms"`;

    const seen = await saying(lines);

    expect(seen).toMatchObject({ status: 'up', message: '192.0.2.1 answers in 13 ms, 66.7% loss' });
    expect(seen.measures).toEqual([
      { name: 'time', value: 12.5, unit: 'ms' },
      { name: 'loss', value: expect.closeTo(2 / 3, 3), unit: 'share' },
    ]);
  });

  it('without a way there is down', async () => {
    expect(await saying('echo "ping: connect: Network is unreachable" >&2; exit 2')).toMatchObject({
      status: 'down',
      reason: 'host-unreachable',
      message: 'no way to 192.0.2.1: ping: connect: Network is unreachable',
    });
  });

  it.each([
    'ping: socktype: SOCK_RAW ping: socket: Operation not permitted',
    'ping: socket: Permission denied',
    'ping: permission denied (are you root?)',
  ])('that is not allowed here proves nothing, and names the fix: %s', async (words) => {
    expect(await saying(`echo "${words}" >&2; exit 2`)).toMatchObject({
      status: 'unknown',
      message: expect.stringMatching(/setcap cap_net_raw\+ep .* net\.ipv4\.ping_group_range/),
    });
  });

  it('without the program proves nothing, and names the fix', async () => {
    vi.stubEnv('PATH', scripts.folder);

    expect(await look(ping, '127.0.0.1')).toMatchObject({
      status: 'unknown',
      message: expect.stringContaining('apt-get install iputils-ping'),
    });
  });

  it('with a program that may not be run proves nothing', async () => {
    vi.stubEnv('PATH', scripts.folder);
    scripts.add('ping', '');
    chmodSync(`${scripts.folder}/ping`, 0o600);

    expect(await look(ping, '127.0.0.1')).toMatchObject({ status: 'unknown', message: expect.stringContaining('setcap') });
  });

  it.each([
    'echo Killed; exit 0',
    'echo; exit 0',
    'exit 0',
    'exit 1',
    'exit 255',
    'echo PING; exit 0',
    'echo "a b c = = = d ms"; echo "a = = = b"; exit 0',
    'echo "PING x (y): z"; echo "= = ="; exit 0',
    `${header}; echo "--- x ---"; echo " 999% packet loss"; echo "1/2/3/4/nan"; exit 0`,
    "printf '\\377\\000\\033[31m'; exit 0",
    'kill -9 $$',
    'yes',
    'head -c 70000 /dev/urandom; exit 0',
  ])('with a ping that makes no sense (%.40s) proves nothing and harms nobody', async (lines) => {
    const seen = await saying(lines);

    expect(seen).toMatchObject({
      status: 'unknown',
      reason: 'not-watched',
      message: expect.stringContaining('ping gave no usable result'),
    });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the point
    expect(seen.message).not.toMatch(/[\u0000-\u001f]/);
  });

  it('with a ping that hangs is down at the deadline and leaves nothing running', async () => {
    expect(await saying(`trap "" TERM; sleep 30`, 200)).toMatchObject({ status: 'down', reason: 'timeout' });
    await vi.waitFor(() => expect(scripts.running()).toEqual([]));
  });
});
