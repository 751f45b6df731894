import { describe, expect, it, vi } from 'vitest';
import { secret } from '../../src/lib/secret.ts';
import { tcp } from '../../src/probes/tcp.ts';
import { closedPort, tcpServer } from '../net/support/servers.ts';
import { look, optionsOf } from './support/look.ts';

describe('the target of a TCP check', () => {
  it.each<[string | number, string | null, string]>([
    ['db:5432', null, 'db:5432'],
    [445, '192.168.178.10', '192.168.178.10:445'],
    ['445', 'nas', 'nas:445'],
    ['tcp://db:5432', null, 'db:5432'],
    ['tcp://db:5432/', 'other', 'db:5432'],
    ['[::1]:80', null, '[::1]:80'],
    ['tcp://[fe80::1%eth0]:22', null, '[fe80::1%eth0]:22'],
    ['müller.example:25', null, 'müller.example:25'],
  ])('%s with host %s is %s', (typed, host, shown) => {
    expect(tcp.describe(optionsOf(tcp, typed, {}, host))).toBe(shown);
  });

  it.each<[string | number | null | readonly string[]]>([
    [null],
    ['db'],
    [445],
    ['db:0'],
    ['db:70000'],
    ['a b:1'],
    ['::1'],
    ['-x:1'],
    [['db', '1']],
    ['http://db:1'],
    ['u@db:1'],
  ])('cannot be %j, and the message says what can', (typed) => {
    expect(() => optionsOf(tcp, typed)).toThrow(/host:port such as db:5432/);
  });

  it('may be a secret, whose host is then not shown', () => {
    const options = optionsOf(tcp, secret('db:5432'));

    expect(tcp.describe(options)).toBe('***:5432');
  });
});

describe('a TCP check', () => {
  it('is up when the port accepts, and closes the connection', async () => {
    await using server = await tcpServer(() => {});

    const seen = await look(tcp, server.port, {}, { host: 'localhost' });

    expect(seen).toMatchObject({ status: 'up', reason: 'ok', message: expect.stringContaining('accepts connections after') });
    expect(seen.measures).toEqual([{ name: 'time', value: expect.any(Number), unit: 'ms' }]);
    await vi.waitFor(() => expect(server.open()).toBe(0));
  });

  it('is down when nothing listens', async () => {
    const port = await closedPort();

    expect(await look(tcp, `127.0.0.1:${port}`)).toMatchObject({ status: 'down', reason: 'port-closed' });
  });

  it.each([
    ['220 ', 'up', 'ok'],
    ['/^220 [\\w.]+ ESMTP/', 'up', 'ok'],
    ['/^250 /', 'down', 'content'],
  ])('expecting %s of a mail server is %s', async (expected, status, reason) => {
    await using server = await tcpServer((socket) => socket.end('220 mail.example ESMTP\r\n'));

    expect(await look(tcp, `127.0.0.1:${server.port}`, { expect: expected })).toMatchObject({ status, reason });
  });

  it.each([
    ['words beyond ASCII', Buffer.from('Grüß Gott\r\n'), 'Grüß'],
    ['bytes that are no text', Buffer.from([0xff, 0xfb, 0x01]), '/\\xff\\xfb/'],
  ])('understands %s', async (_name, said, expected) => {
    await using server = await tcpServer((socket) => socket.end(said));

    const seen = await look(tcp, `127.0.0.1:${server.port}`, { expect: expected });

    expect(seen).toMatchObject({ status: 'up' });
  });

  it('waits for words that come in pieces', async () => {
    await using server = await tcpServer((socket) => {
      const pieces = ['+P', 'ON', 'G\r\n'];
      const timer = setInterval(() => (pieces.length > 0 ? socket.write(pieces.shift() ?? '') : clearInterval(timer)), 20);
    });

    expect(await look(tcp, `127.0.0.1:${server.port}`, { expect: 'PONG' })).toMatchObject({ status: 'up' });
  });

  it('sends what it is told and reads the answer', async () => {
    await using server = await tcpServer((socket) => socket.on('data', (data) => socket.write(`you said ${data}`)));

    const seen = await look(tcp, `127.0.0.1:${server.port}`, { send: secret('PING\r\n'), expect: 'said PING' });

    expect(seen).toMatchObject({ status: 'up' });
  });

  it('is down when the port accepts and then says nothing', async () => {
    await using server = await tcpServer(() => {});

    expect(await look(tcp, `127.0.0.1:${server.port}`, { expect: 'PONG' }, { timeoutMs: 150 })).toMatchObject({
      status: 'down',
      reason: 'timeout',
      message: expect.stringContaining('accepts connections and then says nothing'),
    });
  });

  it('reads no more than it must of a server that talks without end', async () => {
    await using server = await tcpServer((socket) => {
      const pour = () => {
        while (!socket.destroyed && socket.write('blah '.repeat(1000)));
      };
      socket.on('drain', pour);
      pour();
    });

    expect(await look(tcp, `127.0.0.1:${server.port}`, { expect: 'PONG' })).toMatchObject({ status: 'down', reason: 'content' });
    await vi.waitFor(() => expect(server.open()).toBe(0));
  });

  it('understands words before the limit, where that cuts a character in two', async () => {
    await using server = await tcpServer((socket) => socket.write(`${'x'.repeat(16_376)}Größeü`));

    expect(await look(tcp, `127.0.0.1:${server.port}`, { expect: 'Größe' })).toMatchObject({ status: 'up' });
  });

  it('does not spend its time on a server that drips', async () => {
    await using server = await tcpServer((socket) => {
      socket.setNoDelay(true);
      const timer = setInterval(() => socket.write('a'), 1);
      socket.once('close', () => clearInterval(timer));
    });
    const before = process.cpuUsage();

    const seen = await look(tcp, `127.0.0.1:${server.port}`, { expect: '/b$/' }, { timeoutMs: 300 });

    const { user, system } = process.cpuUsage(before);
    expect(seen).toMatchObject({ status: 'down', reason: 'content' });
    expect((user + system) / 1000).toBeLessThan(280);
  });

  it.each([
    '\u001b[2J\u001b[31mred',
    'a\0b',
    '220 x\r\nBcc: victim@example.com\r\n',
    '\u202egnp.exe',
    '<script>alert(1)</script>',
  ])('has a clean message for the banner %j', async (banner) => {
    await using server = await tcpServer((socket) => socket.end(banner));

    const seen = await look(tcp, `127.0.0.1:${server.port}`, { expect: 'never' });

    // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for them is the point
    expect(seen.message).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    expect(seen.message.length).toBeLessThanOrEqual(300);
  });

  it('does not blame the target for an expression that takes too long', async () => {
    await using server = await tcpServer((socket) => socket.end(`${'a'.repeat(40)}!`));

    expect(await look(tcp, `127.0.0.1:${server.port}`, { expect: '/^(a+)+$/' })).toMatchObject({ status: 'unknown' });
  });
});
