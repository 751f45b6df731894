import { z } from 'zod';
import type { Observation } from '../core/observation.ts';
import { revealed } from '../lib/secret.ts';
import { askByDatagram } from '../net/datagram.ts';
import { defineProbe, down, type Probe, type ProbeContext, unknown, up } from './contract.ts';
import { endpoint } from './support/endpoint.ts';
import { pattern, port, textOrSecret } from './support/options.ts';
import { fromFailure, milliseconds, spoken } from './support/outcome.ts';
import { matches } from './support/pattern.ts';
import { hostAndPort, shown } from './support/target.ts';
import { textOf } from './support/text-of.ts';
import { wayTo } from './support/way.ts';

const bytes = z.strictObject({
  hex: z
    .string({ error: 'expected bytes in quotation marks, such as "ff ff ff ff 54"' })
    .regex(/^\s*([0-9a-f]{2}\s*)+$/i, { error: 'expected bytes of two digits each, such as "ff ff ff ff 54"' })
    .describe('bytes of two hexadecimal digits each, in quotation marks'),
});

const schema = z.strictObject({
  host: textOrSecret.describe('name or address'),
  port: port.describe('number of the UDP port'),
  send: z
    .union([textOrSecret, bytes], { error: 'expected a text, or bytes as { hex: "ff ff ff ff 54" }' })
    .describe('what is sent, a question that the service answers: a text, or bytes as `{ hex: "ff ff ff ff 54" }`'),
  expect: pattern.describe(
    'text, or regular expression between slashes, that the first answer must contain; a byte that is no text is `\\xff` in it',
  ),
});
export type UdpOptions = z.output<typeof schema>;

/** Watches a service that answers over UDP. */
export const udp: Probe<UdpOptions> = defineProbe<UdpOptions>({
  kind: 'udp',
  summary:
    'Sends a datagram to a UDP port, up to four times, and looks at the first answer. An open UDP port that is not asked something it answers cannot be told from one behind a firewall, so a question and its answer are needed',
  category: 'other',
  schemes: ['udp'],
  schema,
  measures: [
    { name: 'time', unit: 'ms', sort: 'current', worse: 'above', main: true, about: 'from asking for the name to the answer' },
  ],
  target: (typed, host) =>
    endpoint(
      { kind: 'udp', expected: 'host:port such as radius:1812, or a port alone where the service has a host' },
      typed,
      host,
    ),
  describe: (options) => hostAndPort(shown(options.host), options.port),
  run,
  way: ({ host, port }) => wayTo(host, { port, transport: 'udp' }),
  example: `- udp: game.example.com:27015
  send: { hex: "ff ff ff ff 54" }
  expect: /^\\xff\\xff\\xff\\xff/
- udp: pbx:5060
  send: "OPTIONS sip:pbx SIP/2.0\\r\\n\\r\\n"
  expect: SIP/2.0`,
});

async function run(options: UdpOptions, { signal, resolver, timeoutMs }: ProbeContext): Promise<Observation> {
  const begun = performance.now();
  const question = questionOf(options.send);
  const answered = await askByDatagram({
    host: revealed(options.host),
    port: options.port,
    signal,
    resolver,
    make: () => question,
    read: (datagram) => datagram,
    repeatMs: Math.min(1000, Math.max(50, timeoutMs / 5)),
  });
  return answered.ok ? judge(answered.answer, answered.where, options.expect, performance.now() - begun) : fromFailure(answered);
}

function questionOf(send: UdpOptions['send']): Buffer {
  return typeof send === 'object' && 'hex' in send
    ? Buffer.from(send.hex.replaceAll(/\s/g, ''), 'hex')
    : Buffer.from(revealed(send));
}

function judge(answer: Buffer, where: string, expected: string, timeMs: number): Observation {
  const time = milliseconds('time', timeMs);
  const text = textOf(answer);
  const said = text === '' ? 'with nothing' : `"${text.slice(0, 120)}"`;
  switch (matches(expected, text)) {
    case 'match':
      return up(`${where} answers as expected after ${spoken(timeMs)}: ${said}`, [time]);
    case 'no-match':
      return down('content', `${where} answers ${said}, expected ${expected}`, [time]);
    case 'too-slow':
      return unknown(`the expression ${expected} takes too long on this answer; write a simpler one`);
  }
}
