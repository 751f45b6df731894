import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Observation } from '../core/observation.ts';
import { formatDuration } from '../lib/duration.ts';
import { revealed } from '../lib/secret.ts';
import { askByDatagram } from '../net/datagram.ts';
import { defineProbe, degraded, down, type Probe, type ProbeContext, unknown, up } from './contract.ts';
import { endpoint } from './support/endpoint.ts';
import { answeredNonce, type NtpReply, ntpQuestion, readNtpReply } from './support/ntp-packet.ts';
import { port, textOrSecret } from './support/options.ts';
import { fromFailure, milliseconds, spoken } from './support/outcome.ts';
import { hostAndPort, shown } from './support/target.ts';
import { wayTo } from './support/way.ts';

const schema = z.strictObject({
  host: textOrSecret.describe('name or address'),
  port: port.default(123).describe('number of the UDP port'),
});
export type NtpOptions = z.output<typeof schema>;

/** Watches a time server and, by it, the clock of this machine. */
export const ntp: Probe<NtpOptions> = defineProbe<NtpOptions>({
  kind: 'ntp',
  summary:
    "Asks a time server (NTP) once and compares its clock with this machine's; a server that is not synchronised itself is degraded",
  category: 'other',
  schemes: ['ntp'],
  schema,
  measures: [
    {
      name: 'offset',
      unit: 'ms',
      sort: 'forewarning',
      worse: 'above',
      main: true,
      warning: 1000,
      critical: 30_000,
      about:
        "how far the server's clock and this machine's differ at least; what the way there and back may account for is taken off",
    },
    { name: 'time', unit: 'ms', sort: 'current', worse: 'above', about: 'from asking for the name to the answer' },
    {
      name: 'stratum',
      unit: 'count',
      sort: 'forewarning',
      worse: 'above',
      about: 'how many servers lie between a reference clock and here, from 1 to 15',
    },
  ],
  target: (typed, host) =>
    endpoint({ kind: 'ntp', expected: 'a host such as ptbtime1.ptb.de or router:123', usualPort: 123 }, typed, host),
  describe: (options) => hostAndPort(shown(options.host), options.port),
  run,
  way: ({ host, port }) => wayTo(host, { port, transport: 'udp' }),
  sentences: {
    threshold: {
      en: 'the time of day cannot be relied on (clocks disagree)',
      de: 'auf die Uhrzeit ist kein Verlass (die Uhren weichen ab)',
    },
    content: {
      en: 'the time server answers and gives no usable time',
      de: 'der Zeitserver antwortet, liefert aber keine brauchbare Zeit',
    },
  },
  firstSteps: {
    threshold: {
      en: 'Compare the clocks of both machines with a phone, and set the one that is wrong.',
      de: 'Die Uhren beider Rechner mit einem Handy vergleichen und die falsche stellen.',
    },
    content: {
      en: 'Look on the time server where it gets its own time from, and whether it reaches that.',
      de: 'Auf dem Zeitserver nachsehen, woher er selbst die Zeit bekommt und ob er dorthin durchkommt.',
    },
  },
  example: `- ntp: router
- ntp: ptbtime1.ptb.de
  interval: 15m
  warning: 500ms`,
});

/** An answer with what our own clocks said. */
interface Heard {
  readonly reply: NtpReply;
  /** By this machine's clock, epoch ms. */
  readonly askedMs: number;
  readonly tripMs: number;
}

async function run(options: NtpOptions, { signal, resolver }: ProbeContext): Promise<Observation> {
  const begun = performance.now();
  const asked = new Map<string, { readonly wallMs: number; readonly monoMs: number }>();
  const make = () => {
    const nonce = randomBytes(8);
    asked.set(nonce.toString('hex'), { wallMs: wallMs(), monoMs: performance.now() });
    return ntpQuestion(nonce);
  };
  const read = (packet: Buffer): Heard | null => {
    const monoMs = performance.now();
    const question = asked.get(answeredNonce(packet) ?? '');
    if (question === undefined) return null;
    return { reply: readNtpReply(packet, question.wallMs), askedMs: question.wallMs, tripMs: monoMs - question.monoMs };
  };
  const heard = await askByDatagram({
    host: revealed(options.host),
    port: options.port,
    signal,
    resolver,
    make,
    read,
    repeatMs: 2000,
  });
  return heard.ok ? judge(heard.answer, heard.where, performance.now() - begun) : fromFailure(heard);
}

/** Epoch ms with its fraction: `Date.now()` alone would be off by up to one. */
function wallMs(): number {
  return Number(Temporal.Now.instant().epochNanoseconds) / 1e6;
}

function judge({ reply, askedMs, tripMs }: Heard, where: string, timeMs: number): Observation {
  const time = milliseconds('time', timeMs);
  switch (reply.kind) {
    case 'time':
      return compare(reply, askedMs, tripMs, where, timeMs);
    case 'unsynchronised':
      return degraded('content', `${where} answers, but is not synchronised itself`, [time]);
    case 'refused':
      if (reply.code === 'RATE')
        return unknown(`${where} wants to be asked less often (RATE); write a longer interval, such as 15m`);
      return down('content', `${where} refuses to tell this machine the time (${reply.code})`, [time]);
    case 'nonsense':
      return down('protocol-error', `${where} answers, but ${reply.text}`, [time]);
  }
}

/** A server that pretends to have worked on the answer for longer than we waited for it, by more than this, is not believed. */
const toleranceMs = 20;

/** RFC 5905 8: offset and delay. The true offset lies within half the delay of the computed one. */
function compare(
  { receivedMs, sentMs, stratum }: NtpReply & { readonly kind: 'time' },
  askedMs: number,
  tripMs: number,
  where: string,
  timeMs: number,
): Observation {
  const workMs = sentMs - receivedMs;
  if (workMs < -toleranceMs || workMs > tripMs + toleranceMs) {
    return down('protocol-error', `${where} answers with times that cannot be`, [milliseconds('time', timeMs)]);
  }
  const offsetMs = (receivedMs - askedMs + sentMs - (askedMs + tripMs)) / 2;
  const marginMs = Math.max(0, tripMs - workMs) / 2;
  const size = Math.abs(offsetMs);
  const difference = size < 60_000 ? spoken(size) : formatDuration(size);
  return up(
    `${where} answers after ${spoken(timeMs)}: ${difference} ${offsetMs < 0 ? 'behind' : 'ahead of'} this machine, stratum ${stratum}`,
    [
      milliseconds('offset', Math.max(0, size - marginMs)),
      milliseconds('time', timeMs),
      { name: 'stratum', value: stratum, unit: 'count' },
    ],
  );
}
