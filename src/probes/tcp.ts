import { z } from 'zod';
import type { Observation } from '../core/observation.ts';
import { revealed } from '../lib/secret.ts';
import { connectTo } from '../net/connect.ts';
import { defineProbe, down, type Probe, type ProbeContext, unknown, up } from './contract.ts';
import { type Heard, listenFor } from './support/banner.ts';
import { endpoint } from './support/endpoint.ts';
import { pattern, port, textOrSecret } from './support/options.ts';
import { fromFailure, milliseconds, spoken } from './support/outcome.ts';
import { hostAndPort, shown } from './support/target.ts';
import { wayTo } from './support/way.ts';

const schema = z.strictObject({
  host: textOrSecret.describe('name or address'),
  port: port.describe('number of the port'),
  send: textOrSecret.optional().describe('text sent after connecting'),
  expect: pattern
    .optional()
    .describe('text, or regular expression between slashes, that the other side must say within its first 16 KiB'),
});
export type TcpOptions = z.output<typeof schema>;

/** Watches a TCP port: whether it accepts connections and, if asked, what it says. */
export const tcp: Probe<TcpOptions> = defineProbe<TcpOptions>({
  kind: 'tcp',
  summary: 'Connects to a TCP port and, where wanted, looks at what the other side says',
  category: 'other',
  schemes: ['tcp'],
  schema,
  measures: [
    {
      name: 'time',
      unit: 'ms',
      sort: 'current',
      worse: 'above',
      main: true,
      about: 'from asking for the name to the connection, or to the expected answer',
    },
  ],
  target: (typed, host) =>
    endpoint({ kind: 'tcp', expected: 'host:port such as db:5432, or a port alone where the service has a host' }, typed, host),
  describe: (options) => hostAndPort(shown(options.host), options.port),
  run,
  way: ({ host, port }) => wayTo(host, { port, transport: 'tcp' }),
  example: `- tcp: db:5432
- tcp: mail.example.com:25
  expect: /^220 /
- tcp: cache:6379
  send: "PING\\r\\n"
  expect: PONG`,
});

async function run(options: TcpOptions, context: ProbeContext): Promise<Observation> {
  const begun = performance.now();
  const { signal, resolver } = context;
  const connected = await connectTo({ host: revealed(options.host), port: options.port, signal, resolver });
  if (!connected.ok) return fromFailure(connected);
  const { socket, where } = connected;
  try {
    if (options.send !== undefined) socket.write(revealed(options.send));
    const heard = options.expect === undefined ? null : await listenFor(options.expect, socket, signal);
    return judge(heard, performance.now() - begun, where, options.expect ?? '');
  } finally {
    socket.destroy();
  }
}

function judge(heard: Heard | null, timeMs: number, where: string, pattern: string): Observation {
  const measures = [milliseconds('time', timeMs)];
  const said = heard === null || heard.text === '' ? 'nothing' : `"${heard.text.slice(0, 120)}"`;
  switch (heard?.outcome) {
    case undefined:
      return up(`${where} accepts connections after ${spoken(timeMs)}`, measures);
    case 'match':
      return up(`${where} answers as expected after ${spoken(timeMs)}: ${said}`, measures);
    case 'closed':
    case 'full':
      return down('content', `${where} said ${said}, expected ${pattern}`, measures);
    case 'deadline':
      if (heard?.text === '') return down('timeout', `${where} accepts connections and then says nothing`, measures);
      return down('content', `${where} said ${said}, expected ${pattern}`, measures);
    case 'too-slow':
      return unknown(`the expression ${pattern} takes too long on this answer; write a simpler one`);
  }
}
