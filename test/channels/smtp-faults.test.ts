import type { Socket } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { email } from '../../src/channels/email.ts';
import type { MailSettings } from '../../src/channels/mail/settings.ts';
import { secret } from '../../src/lib/secret.ts';
import { message } from '../texts/sample.ts';
import { calm, serverAt, settings } from './office.ts';
import { type Action, drip, type Point, scriptedServer } from './scripted-server.ts';

const address = 'anna@kanzlei.example';
/** For servers that stall before they ask for the message, and for those that stall afterwards. */
const early = { greetingMs: 300, dialogueMs: 400 };
const late = { totalMs: 1500 };

beforeAll(() => import('nodemailer'));

async function deliverTo(port: number, changes: Partial<MailSettings> = {}, signal: AbortSignal = calm.signal) {
  return email.deliver(message(), { address }, { signal, mail: settings([serverAt(port)], changes) });
}

function stalls(action: Action): boolean {
  return action === 'silence' || action === drip;
}

describe('before the final dot, nothing was delivered and the next try is safe', () => {
  it.each<[string, Point, Action]>([
    ['refuses by its greeting', 'greeting', '554 go away'],
    ['is too busy', 'greeting', '421 too many connections'],
    ['never greets', 'greeting', 'silence'],
    ['hangs up at once', 'greeting', 'close'],
    ['greets drop by drop', 'greeting', drip],
    ['answers EHLO drop by drop', 'EHLO', drip],
    ['never answers EHLO', 'EHLO', 'silence'],
    ['does not like the sender for now', 'MAIL', '451 try again later'],
    ['does not like the sender at all', 'MAIL', '550 5.7.1 sender not allowed'],
    ['hangs up at MAIL', 'MAIL', 'close'],
    ['puts the recipient off', 'RCPT', '451 4.7.1 greylisted, try again'],
    ['does not relay', 'RCPT', '554 5.7.1 <anna@kanzlei.example>: Relay access denied'],
    ['blames the sender at RCPT', 'RCPT', '553 5.7.1 Sender address rejected: not owned by user'],
    ['wants a login', 'RCPT', '530 5.7.0 Authentication required'],
    ['lost its place', 'RCPT', '503 5.5.1 bad sequence of commands'],
    ['hangs up at RCPT', 'RCPT', 'close'],
    ['never asks for the message', 'DATA', 'silence'],
    ['has no room for the message', 'DATA', '452 4.3.1 insufficient storage'],
    ['puts the message off after the dot', 'dot', '451 4.3.0 try again later'],
    ['is full after the dot', 'dot', '452 4.2.2 mailbox full'],
    ['goes down after the dot, saying so', 'dot', '421 4.3.2 shutting down'],
  ])('retries where the server %s', async (_, point, action) => {
    await using server = await scriptedServer({ [point]: action });

    const { state, response } = await deliverTo(server.port, stalls(action) ? { limits: early } : {});

    expect(state).toBe('retry');
    expect(response).not.toBe('');
  });

  it('retries where nothing listens, and says so', async () => {
    const gone = await scriptedServer();
    await gone[Symbol.asyncDispose]();

    const { state, response } = await deliverTo(gone.port);

    expect(state).toBe('retry');
    expect(response).toContain('refuses connections');
  });

  it('retries where the connection breaks in the middle of the message', async () => {
    const hangUp = (socket: Socket) => {
      socket.write('354 go on\r\n', () => socket.resetAndDestroy());
    };
    await using server = await scriptedServer({ DATA: hangUp });

    const { state } = await deliverTo(server.port);

    expect(['retry', 'uncertain']).toContain(state);
    expect(server.messages).toEqual([]);
  });

  it('says the server’s own words', async () => {
    await using server = await scriptedServer({ RCPT: '451 4.7.1 greylisted for 5 minutes' });

    const { response } = await deliverTo(server.port);

    expect(response).toContain('451 4.7.1 greylisted for 5 minutes');
  });
});

describe('a refusal for good', () => {
  it.each<[string, Point, Action]>([
    ['does not know the recipient', 'RCPT', '550 5.1.1 no such user'],
    ['refuses the message at DATA', 'DATA', '554 5.6.0 no'],
    ['takes it for spam after the dot', 'dot', '550 5.7.1 spam message rejected'],
    ['finds it too large after the dot', 'dot', '552 5.3.4 message too big'],
    ['dislikes its content after the dot', 'dot', '554 5.6.0 content rejected'],
  ])('is told where the server %s', async (_, point, action) => {
    await using server = await scriptedServer({ [point]: action });

    const { state, response } = await deliverTo(server.port);

    expect(state).toBe('refused');
    expect(response).toContain(String(action).slice(0, 9));
  });

  it('asks no further server', async () => {
    await using first = await scriptedServer({ RCPT: '550 5.1.1 no such user' });
    await using second = await scriptedServer();

    const { state } = await deliverTo(0, { servers: [serverAt(first.port), serverAt(second.port)] });

    expect(state).toBe('refused');
    expect(second.connections()).toBe(0);
  });

  it('is not believed while the login that is configured has not happened', async () => {
    await using server = await scriptedServer({ RCPT: '550 5.7.1 no' });
    const login = { user: 'monitoring', password: secret('geheim') };

    const { state } = await deliverTo(0, { servers: [serverAt(server.port, login)] });

    expect(state).toBe('retry');
  });
});

describe('after the final dot', () => {
  it('only 250 counts as sent', async () => {
    await using server = await scriptedServer();

    const { state, response } = await deliverTo(server.port);

    expect(state).toBe('sent');
    expect(response).toBe('250 2.0.0 queued as 42');
    expect(server.messages).toHaveLength(1);
  });

  it.each<[string, Action]>([
    ['hangs up without an answer', 'close'],
    ['is silent', 'silence'],
    ['answers drop by drop', drip],
    ['answers with something that is no answer to it', '354 go on'],
    ['hangs up in the middle of its answer', (socket: Socket) => socket.end('250 queued, but the line is not comple')],
  ])('is uncertain where the server %s', async (_, action) => {
    await using server = await scriptedServer({ dot: action });

    const { state } = await deliverTo(server.port, stalls(action) ? { limits: late } : {});

    expect(state).toBe('uncertain');
    expect(server.messages).toHaveLength(1);
  });

  it('tries no further server once it is uncertain', async () => {
    await using first = await scriptedServer({ dot: 'close' });
    await using second = await scriptedServer();

    const { state } = await deliverTo(0, { servers: [serverAt(first.port), serverAt(second.port)] });

    expect(state).toBe('uncertain');
    expect(second.connections()).toBe(0);
  });

  it('is not fooled by an answer that comes before the message', async () => {
    await using server = await scriptedServer({ DATA: '354 go on\r\n250 queued' });

    const { state } = await deliverTo(server.port);

    expect(state).not.toBe('refused');
    expect(['sent', 'uncertain']).toContain(state);
  });
});

describe('a stop of the daemon', () => {
  it.each<[string, Point]>([
    ['the greeting', 'greeting'],
    ['the sender', 'MAIL'],
    ['the recipient', 'RCPT'],
    ['DATA', 'DATA'],
  ])('before the server has answered to %s abandons the mail for another try', async (_, point) => {
    const stop = new AbortController();
    await using server = await scriptedServer({ [point]: () => stop.abort(new Error('stopping')) });

    const { state, response } = await deliverTo(server.port, {}, stop.signal);

    expect(state).toBe('retry');
    expect(response).toContain('stopping');
  });

  it('after the message was handed over leaves it uncertain', async () => {
    const stop = new AbortController();
    await using server = await scriptedServer({ dot: () => stop.abort(new Error('stopping')) });

    const { state } = await deliverTo(server.port, {}, stop.signal);

    expect(state).toBe('uncertain');
  });

  it('opens no connection when it has come already', async () => {
    await using server = await scriptedServer();

    const { state } = await deliverTo(server.port, {}, AbortSignal.abort());

    expect(state).toBe('retry');
    expect(server.connections()).toBe(0);
  });
});

describe('several servers', () => {
  it('are tried in order until one takes the mail', async () => {
    await using broken = await scriptedServer({ greeting: '421 no' });
    await using poor = await scriptedServer({ MAIL: '452 no room' });
    await using good = await scriptedServer();
    const servers = [broken, poor, good].map(({ port }) => serverAt(port));

    const { state } = await deliverTo(0, { servers });

    expect(state).toBe('sent');
    expect(good.messages).toHaveLength(1);
  });

  it('are each named with what they said when none does', async () => {
    await using broken = await scriptedServer({ greeting: '421 too busy' });
    await using poor = await scriptedServer({ MAIL: '452 no room' });

    const { state, response } = await deliverTo(0, {
      servers: [serverAt(broken.port), serverAt(poor.port, { host: 'localhost' })],
    });

    expect(state).toBe('retry');
    expect(response).toContain('127.0.0.1: 421 too busy');
    expect(response).toContain('localhost: 452 no room');
  });

  it('share one message, so that no two copies differ', async () => {
    await using full = await scriptedServer({ dot: '452 full' });
    await using good = await scriptedServer();

    await deliverTo(0, { servers: [serverAt(full.port), serverAt(good.port)] });

    expect(full.messages[0]).toBe(good.messages[0]);
  });
});
