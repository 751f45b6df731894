import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { json, text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { serveSocket } from '../../src/web/socket.ts';
import { SocketError, usablePath } from '../../src/web/socket-path.ts';
import { fakeApi, newFolder, sampleIncident, sampleStatus, sampleWindow } from './support/api.ts';

interface Sent {
  readonly method?: string;
  readonly body?: string;
  readonly type?: string;
}

async function send(socketPath: string, path: string, { method = 'GET', body, type = 'application/json' }: Sent = {}) {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; json: unknown }>();
  const sent = request({ socketPath, path, method, agent: false, headers: body === undefined ? {} : { 'Content-Type': type } });
  sent.on('error', reject);
  sent.on('response', async (response) => resolve({ status: response.statusCode ?? 0, json: await json(response) }));
  sent.end(body);
  return await promise;
}

function post(socketPath: string, body: unknown) {
  return send(socketPath, '/api/v1/acts', { method: 'POST', body: JSON.stringify(body) });
}

describe('the control socket', () => {
  it('is for its owner alone', async () => {
    const path = join(newFolder(), 'control.sock');

    await using _server = await serveSocket(path, fakeApi());

    expect(statSync(path).isSocket()).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('leaves the umask as it was', async () => {
    const before = process.umask();

    await using _server = await serveSocket(join(newFolder(), 'control.sock'), fakeApi());

    expect(process.umask()).toBe(before);
  });

  it('takes the place of what a killed daemon left', async () => {
    const path = join(newFolder(), 'control.sock');
    writeFileSync(path, 'left behind');

    await using _server = await serveSocket(path, fakeApi());

    expect((await send(path, '/api/v1/site')).status).toBe(200);
  });

  it('is gone when the daemon stops, also with a client that says nothing', async () => {
    const path = join(newFolder(), 'control.sock');
    const server = await serveSocket(path, fakeApi());
    const silent = connect(path);
    silent.on('error', () => {});
    await new Promise((resolve) => silent.once('connect', resolve));

    await server[Symbol.asyncDispose]();

    expect(existsSync(path)).toBe(false);
  });

  it('says what is in its way', async () => {
    const path = join(newFolder(), 'control.sock');
    mkdirSync(path);

    await expect(serveSocket(path, fakeApi())).rejects.toThrow(/the control socket .* cannot be opened/);
  });

  it('refuses a path that is too long for the system, in words', () => {
    const long = join('/tmp', 'x'.repeat(120), 'control.sock');

    expect(() => usablePath(long)).toThrow(SocketError);
    expect(() => usablePath(long)).toThrow(/too long for a Unix socket .*--state/);
  });

  it('shortens a long path that lies below the working folder', () => {
    const long = join(process.cwd(), 'x'.repeat(90), 'control.sock');

    expect(usablePath(long)).toBe(join('x'.repeat(90), 'control.sock'));
  });
});

describe('what the API answers', () => {
  it.each([
    ['/api/v1/status', sampleStatus],
    ['/api/v1/incidents', [sampleIncident]],
    ['/api/v1/incidents/INC-2026-0042', sampleIncident],
    ['/api/v1/incidents/42', sampleIncident],
    ['/api/v1/maintenance', [sampleWindow]],
    ['/api/v1/site', { name: 'Kanzlei Sommer', timezone: 'Europe/Berlin', language: 'en' }],
  ])('%s', async (path, expected) => {
    const socket = join(newFolder(), 'control.sock');
    await using _server = await serveSocket(socket, fakeApi());

    expect(await send(socket, path)).toEqual({ status: 200, json: expected });
  });

  it('lists closed incidents when asked for all', async () => {
    const socket = join(newFolder(), 'control.sock');
    await using _server = await serveSocket(socket, fakeApi());

    expect((await send(socket, '/api/v1/incidents?all=1')).json).toHaveLength(2);
  });

  it('hands an act with its author to the daemon and gives its answer', async () => {
    const api = fakeApi({ answer: { ok: false, reason: 'unknown-id', facts: { id: '7' } } });
    const socket = join(newFolder(), 'control.sock');
    await using _server = await serveSocket(socket, api);

    const answered = await post(socket, { act: { act: 'acknowledge', id: '7', forMs: 7_200_000 }, by: 'anna' });

    expect(answered).toEqual({ status: 200, json: { ok: false, reason: 'unknown-id', facts: { id: '7' } } });
    expect(api.acts).toEqual([{ act: { act: 'acknowledge', id: '7', forMs: 7_200_000 }, by: 'anna' }]);
  });

  it.each([
    ['an unknown address', 404, '/api/v1/nothing', {}],
    ['an address of its own', 404, '/', {}],
    ['an incident that does not exist', 404, '/api/v1/incidents/INC-2026-0001', {}],
    ['a POST where one reads', 405, '/api/v1/status', { method: 'POST', body: '{}' }],
    ['a GET where one acts', 405, '/api/v1/acts', {}],
    ['a form', 415, '/api/v1/acts', { method: 'POST', body: 'act=close', type: 'application/x-www-form-urlencoded' }],
    ['something else than JSON', 400, '/api/v1/acts', { method: 'POST', body: '{"act":' }],
    ['an act that nobody knows', 400, '/api/v1/acts', { method: 'POST', body: '{"act":{"act":"explode"},"by":"anna"}' }],
    ['a body without end', 413, '/api/v1/acts', { method: 'POST', body: `"${'x'.repeat(70_000)}"` }],
  ] as const)('refuses %s', async (_, status, path, sent) => {
    const api = fakeApi();
    const socket = join(newFolder(), 'control.sock');
    await using _server = await serveSocket(socket, api);

    const answered = await send(socket, path, sent);

    expect(answered).toEqual({ status, json: { error: expect.any(String) } });
    expect(api.acts).toEqual([]);
  });

  it('says in its own words when the history cannot be read', async () => {
    const socket = join(newFolder(), 'control.sock');
    const broken = Object.assign(new Error('history.db cannot be read: disk error'), { name: 'HistoryError' });
    await using _server = await serveSocket(socket, fakeApi({ incidents: () => Promise.reject(broken) }));

    expect(await send(socket, '/api/v1/incidents?all=1')).toEqual({
      status: 503,
      json: { error: 'history.db cannot be read: disk error' },
    });
  });

  it('logs a defect and tells the client nothing of it', async () => {
    const logged: unknown[] = [];
    const socket = join(newFolder(), 'control.sock');
    const defect = () => {
      throw new TypeError('secret detail');
    };
    await using _server = await serveSocket(socket, fakeApi({ status: defect }), (level, sentence) =>
      logged.push([level, sentence]),
    );

    expect(await send(socket, '/api/v1/status')).toEqual({ status: 500, json: { error: expect.not.stringContaining('secret') } });
    expect(logged).toEqual([['error', expect.stringContaining('defect')]]);
  });

  it('survives a client that speaks no HTTP', async () => {
    const socket = join(newFolder(), 'control.sock');
    await using _server = await serveSocket(socket, fakeApi());
    const client = connect(socket).on('error', () => {});
    client.end('\u0000\u0001 nonsense\r\n\r\n');

    await text(client);

    expect((await send(socket, '/api/v1/site')).status).toBe(200);
  });
});
