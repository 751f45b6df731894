import { describe, expect, it } from 'vitest';
import type { Observation } from '../../src/core/observation.ts';
import { ntp } from '../../src/probes/ntp.ts';
import { readNtpReply } from '../../src/probes/support/ntp-packet.ts';
import { closedUdpPort, udpServer } from '../net/support/datagrams.ts';
import { describeWith } from '../net/support/peers.ts';
import { look, optionsOf } from './support/look.ts';
import { chronyd, chronyProgram, type NtpFields, ntpAnswer } from './support/time-server.ts';

function measured({ measures }: Observation, name: string): number {
  return measures.find((measure) => measure.name === name)?.value ?? Number.NaN;
}

/** Looks at a server that answers each question with these, in order. */
async function answered(...answers: readonly NtpFields[]): Promise<Observation> {
  await using server = await udpServer((question, send) => {
    for (const fields of answers) send(ntpAnswer(question, fields));
  });
  return await look(ntp, `127.0.0.1:${server.port}`, {}, { timeoutMs: 300 });
}

describe('the target of an NTP check', () => {
  it.each<[string | number | null, string | null, string]>([
    ['ptbtime1.ptb.de', null, 'ptbtime1.ptb.de:123'],
    ['router:1123', null, 'router:1123'],
    [null, 'router', 'router:123'],
    [1123, 'router', 'router:1123'],
    [1123, '2001:db8::1', '[2001:db8::1]:1123'],
    ['2001:db8::1', null, '[2001:db8::1]:123'],
    ['ntp://router', null, 'router:123'],
    ['ntp://router:1123/', 'other', 'router:1123'],
  ])('%s with host %s is %s', (typed, host, shown) => {
    expect(ntp.describe(optionsOf(ntp, typed, {}, host))).toBe(shown);
  });

  it.each<[string | number | null | readonly string[]]>([
    [null],
    [123],
    ['a b'],
    ['x:0'],
    ['x:70000'],
    ['http://x'],
    [['a', 'b']],
  ])('cannot be %j, and the message says what can', (typed) => {
    expect(() => optionsOf(ntp, typed)).toThrow(/a host such as ptbtime1\.ptb\.de or router:123/);
  });
});

describeWith(chronyProgram, 'chrony', 'an NTP check of a real time server', () => {
  it('is up, and finds that both look at the same clock', async () => {
    await using server = await chronyd('local stratum 8');

    const seen = await look(ntp, `127.0.0.1:${server.port}`);

    expect(seen).toMatchObject({ status: 'up', message: expect.stringMatching(/answers after .* this machine, stratum 8$/) });
    expect(measured(seen, 'offset')).toBeLessThan(250);
    expect(measured(seen, 'stratum')).toBe(8);
  });

  it('is degraded where that is not synchronised itself', async () => {
    await using server = await chronyd();

    expect(await look(ntp, `127.0.0.1:${server.port}`)).toMatchObject({ status: 'degraded', reason: 'content' });
  });
});

describe('an NTP check', () => {
  it.each([
    [90_200, /: 1m 30s ahead of this machine, stratum 2$/],
    [-2500, /: 2\.5 s behind this machine/],
    [86_400_000 * (365 * 30 + 0.5), /: 30y ahead/],
  ])('measures a clock that is %i ms ahead', async (aheadMs, message) => {
    const seen = await answered({ aheadMs });

    expect(seen).toMatchObject({ status: 'up', message: expect.stringMatching(message) });
    expect(Math.abs(measured(seen, 'offset') - Math.abs(aheadMs))).toBeLessThan(250);
  });

  it('does not take a slow way for a wrong clock', async () => {
    await using server = await udpServer((question, send) => setTimeout(() => send(ntpAnswer(question)), 400));

    const seen = await look(ntp, `127.0.0.1:${server.port}`);

    expect(measured(seen, 'time')).toBeGreaterThan(380);
    expect(measured(seen, 'offset')).toBeLessThan(250);
  });

  it.each<[string, NtpFields, Partial<Observation>]>([
    ['is not synchronised', { leap: 3 }, { status: 'degraded', reason: 'content' }],
    ['has stratum 16', { stratum: 16 }, { status: 'degraded', reason: 'content' }],
    ['has no stratum yet', { stratum: 0, reference: 'INIT' }, { status: 'degraded', reason: 'content' }],
    ['wants to be left alone', { stratum: 0, leap: 3, reference: 'DENY' }, { status: 'down', reason: 'content' }],
    ['is restricted', { stratum: 0, reference: 'RSTR', isEmpty: true }, { status: 'down', reason: 'content' }],
    ['is asked too often', { stratum: 0, reference: 'RATE' }, { status: 'unknown', reason: 'not-watched' }],
    ['speaks version 7', { version: 7 }, { status: 'down', reason: 'protocol-error' }],
    ['tells no time', { isEmpty: true }, { status: 'down', reason: 'protocol-error' }],
    ['says that it worked for an hour', { workMs: 3_600_000 }, { status: 'down', reason: 'protocol-error' }],
    ['answered before it was asked', { workMs: -5000 }, { status: 'down', reason: 'protocol-error' }],
    ['answers something else', { nonce: Buffer.alloc(8) }, { status: 'down', reason: 'protocol-error' }],
    ['is a client', { mode: 3 }, { status: 'down', reason: 'protocol-error' }],
    ['is a broadcast', { mode: 5 }, { status: 'down', reason: 'protocol-error' }],
  ])('of a server that %s says so', async (_what, fields, expected) => {
    expect(await answered(fields)).toMatchObject(expected);
  });

  it('leaves aside what does not belong to its question', async () => {
    const seen = await answered({ nonce: Buffer.alloc(8, 7), aheadMs: 5_000_000 }, { mode: 6 }, { aheadMs: 0 });

    expect(seen.status).toBe('up');
    expect(measured(seen, 'offset')).toBeLessThan(250);
  });

  it.each([Buffer.alloc(0), Buffer.alloc(47, 0x24), Buffer.alloc(60_000, 0xff)])(
    'is not disturbed by other datagrams',
    async (datagram) => {
      await using server = await udpServer((_question, send) => send(datagram));

      expect(await look(ntp, `127.0.0.1:${server.port}`, {}, { timeoutMs: 200 })).toMatchObject({
        status: 'down',
        reason: 'protocol-error',
      });
    },
  );

  it('stops listening to a server that floods', async () => {
    await using server = await udpServer((_question, send) => {
      for (let count = 0; count < 200; count += 1) send('x');
    });

    expect(await look(ntp, `127.0.0.1:${server.port}`, {}, { timeoutMs: 60_000 })).toMatchObject({ reason: 'protocol-error' });
  });

  it('asks again when the question was lost', async () => {
    await using server = await udpServer((question, send, count) => count > 1 && send(ntpAnswer(question)));

    const seen = await look(ntp, `127.0.0.1:${server.port}`, {}, { timeoutMs: 5000 });

    expect(seen.status).toBe('up');
    expect(measured(seen, 'offset')).toBeLessThan(250);
    expect(new Set(server.received.map((question) => question.toString('hex', 40))).size).toBe(2);
  });

  it('is down when nothing listens, or nothing answers', async () => {
    await using silent = await udpServer(() => {});

    expect(await look(ntp, `127.0.0.1:${await closedUdpPort()}`)).toMatchObject({ status: 'down', reason: 'port-closed' });
    expect(await look(ntp, `127.0.0.1:${silent.port}`, {}, { timeoutMs: 100 })).toMatchObject({
      status: 'down',
      reason: 'timeout',
    });
  });

  it.each(['1971-01-01', '2026-11-24', '2036-02-07', '2036-02-08', '2090-05-05'])('knows the era of its times in %s', (day) => {
    const nowMs = Date.parse(`${day}T12:00:00Z`);
    const packet = ntpAnswer(Buffer.alloc(48), { aheadMs: nowMs - Date.now() });

    const reply = readNtpReply(packet, nowMs);

    expect(reply).toMatchObject({ kind: 'time' });
    expect(reply.kind === 'time' && Math.abs(reply.sentMs - nowMs) < 5000).toBe(true);
  });
});
