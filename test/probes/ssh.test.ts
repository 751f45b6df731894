import { connect, type Socket } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { ssh } from '../../src/probes/ssh.ts';
import { describeWith } from '../net/support/peers.ts';
import { tcpServer } from '../net/support/servers.ts';
import { look, optionsOf } from './support/look.ts';
import { sshd, sshdProgram } from './support/sshd.ts';

describe('the target of an SSH check', () => {
  it.each<[string | number | null, string | null, string]>([
    ['web1', null, 'web1:22'],
    ['web1:2222', null, 'web1:2222'],
    [null, 'web1', 'web1:22'],
    [2222, 'web1', 'web1:2222'],
    ['ssh://web1', 'other', 'web1:22'],
    ['[::1]:2222', null, '[::1]:2222'],
  ])('%s with host %s is %s', (typed, host, shown) => {
    expect(ssh.describe(optionsOf(ssh, typed, {}, host))).toBe(shown);
  });

  it.each([null, 22, 'root@web1', 'web1:0', 'sftp://web1'])('cannot be %j, and the message says what can', (typed) => {
    expect(() => optionsOf(ssh, typed)).toThrow(/a host such as web1 or web1:2222/);
  });
});

/** A connection that has been greeted and goes no further. */
async function greeted(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  const said = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
  return said.startsWith('SSH-') ? socket : greeted(port);
}

describeWith(sshdProgram, 'openssh-server', 'an SSH check of a real server', () => {
  it('is up, names the software, and leaves a log that alarms nobody', async () => {
    await using server = await sshd();
    await vi.waitFor(() => expect(server.log()).toMatch(/closed|Did not receive|kex_exchange/), 3000);
    const before = server.log();

    const seen = await look(ssh, `127.0.0.1:${server.port}`, { expect: '/^SSH-2\\.0-OpenSSH_/' });

    expect(seen).toMatchObject({ status: 'up', message: expect.stringMatching(/greets as OpenSSH_\S+ .*after \d/) });
    await vi.waitFor(() => expect(server.log().slice(before.length)).toMatch(/\[preauth\]/), 3000);
    expect(server.log().slice(before.length)).not.toMatch(/error|invalid|bad|did not receive|kex_exchange/i);
  });

  it('is down when it is another server than expected', async () => {
    await using server = await sshd();

    expect(await look(ssh, `127.0.0.1:${server.port}`, { expect: 'dropbear' })).toMatchObject({
      status: 'down',
      reason: 'content',
      message: expect.stringMatching(/greets as "SSH-2\.0-OpenSSH_.*", expected dropbear$/),
    });
  });

  it('says that no new logins are taken', async () => {
    await using server = await sshd('MaxStartups 1:100:1');
    const waiting = await greeted(server.port);

    const seen = await look(ssh, `127.0.0.1:${server.port}`);

    waiting.destroy();
    expect(seen).toMatchObject({
      status: 'down',
      reason: 'auth-failed',
      message: expect.stringContaining('Exceeded MaxStartups'),
    });
  });
});

/** Looks at a server that says this and closes. */
async function heard(text: string | Buffer, written: object = {}, timeoutMs = 1000) {
  await using server = await tcpServer((socket) => socket.end(text));
  return await look(ssh, `127.0.0.1:${server.port}`, written, { timeoutMs });
}

describe('an SSH check', () => {
  it.each([
    ['SSH-2.0-dropbear_2022.83\r\n', 'dropbear_2022.83'],
    ['SSH-1.99-Cisco-1.25\n', 'Cisco-1.25'],
    ['Welcome\r\nto the office\r\nSSH-2.0-OpenSSH_9.2p1 Debian-2\r\n\0\0\u0005', 'OpenSSH_9.2p1 Debian-2'],
  ])('understands %j', async (text, software) => {
    expect(await heard(text)).toMatchObject({ status: 'up', message: expect.stringContaining(`greets as ${software} after`) });
  });

  it('identifies itself as a client', async () => {
    const said: string[] = [];
    await using server = await tcpServer((socket) => {
      socket.write('SSH-2.0-x\r\n');
      socket.on('data', (data) => said.push(data.toString()));
    });

    await look(ssh, `127.0.0.1:${server.port}`);

    await vi.waitFor(() => expect(said.join('')).toBe('SSH-2.0-incidentd\r\n'));
    await vi.waitFor(() => expect(server.open()).toBe(0));
  });

  it.each([
    ['SSH-1.5-OpenSSH_1.2\n', /does not speak SSH 2: "SSH-1\.5-OpenSSH_1\.2"/],
    ['SSH-\n', /does not speak SSH 2/],
    ['SSH-2.0-\n', /does not speak SSH 2/],
    ['220 mail.example ESMTP\r\n', /is no SSH server, it says "220 mail\.example ESMTP"/],
    ['SSH-2.0-no-end', /closes the connection before its identification/],
    ['', /closes the connection before its identification/],
    ['x'.repeat(20_000), /longer than .* before its identification/],
    ['x\n'.repeat(500_000), /is no SSH server, it says "x"/],
    [Buffer.alloc(1_000_000), /before its identification/],
  ])('says of %j what is wrong with it', async (text, message) => {
    expect(await heard(text)).toMatchObject({
      status: 'down',
      reason: 'protocol-error',
      message: expect.stringMatching(message),
    });
  });

  it('ends at its deadline when the server talks about other things, or says nothing', async () => {
    await using chatty = await tcpServer((socket) => socket.write('220 mail.example ESMTP\r\n'));
    await using silent = await tcpServer(() => {});

    expect(await look(ssh, `127.0.0.1:${chatty.port}`, {}, { timeoutMs: 150 })).toMatchObject({ reason: 'protocol-error' });
    expect(await look(ssh, `127.0.0.1:${silent.port}`, {}, { timeoutMs: 150 })).toMatchObject({ reason: 'timeout' });
    await vi.waitFor(() => expect(chatty.open() + silent.open()).toBe(0));
  });

  it.each(['\u001b[2J\u001b[31mred', 'a\0b', 'x\r\nBcc: victim@example.com', '\u202egnp.exe', '<script>alert(1)</script>'])(
    'has a clean message for the identification %j',
    async (software) => {
      const seen = await heard(`SSH-2.0-${software}\r\n`, { expect: 'never' });

      expect(seen).toMatchObject({ status: 'down', reason: 'content' });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the point
      expect(seen.message).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    },
  );

  it('does not blame the server for an expression that takes too long', async () => {
    expect(await heard(`SSH-2.0-${'a'.repeat(40)}!\r\n`, { expect: '/(a+)+$/' })).toMatchObject({ status: 'unknown' });
  });
});
