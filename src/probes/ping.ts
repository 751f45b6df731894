import { z } from 'zod';
import type { Measure, Observation } from '../core/observation.ts';
import { formatShare } from '../lib/duration.ts';
import { revealed } from '../lib/secret.ts';
import { type Echo, echo } from '../net/echo.ts';
import { systemResolver } from '../net/resolver.ts';
import { defineProbe, down, type Probe, type ProbeContext, TargetError, type Typed, unknown, up } from './contract.ts';
import { textOrSecret } from './support/options.ts';
import { fromFailure, milliseconds, spoken } from './support/outcome.ts';
import { asSecretAs, oneWord, parseAuthority, shown } from './support/target.ts';
import { wayTo } from './support/way.ts';

const schema = z.strictObject({
  host: textOrSecret.describe('name or address; a name is looked up first'),
  count: z.int().min(1).max(20).default(3).describe('how many echo requests are sent, a fifth of a second apart'),
});
export type PingOptions = z.output<typeof schema>;

const expected = 'a host name or address such as router or 192.168.1.1';

/** Watches whether a host answers ICMP echo requests, with the system's ping. */
export const ping: Probe<PingOptions> = defineProbe<PingOptions>({
  kind: 'ping',
  summary: 'Sends ICMP echo requests to a host and looks at loss and round-trip time',
  category: 'network',
  spawns: true,
  schemes: ['ping'],
  schema,
  measures: [
    { name: 'time', unit: 'ms', sort: 'current', worse: 'above', main: true, about: 'average round-trip time of the answers' },
    {
      name: 'loss',
      unit: 'share',
      sort: 'current',
      worse: 'above',
      about: 'share of requests without an answer; all of them is down by itself',
    },
  ],
  target,
  describe: (options) => shown(options.host),
  run,
  way: ({ host }) => wayTo(host, { transport: 'icmp' }),
  sentences: { threshold: { en: 'part of the data gets lost on the way', de: 'unterwegs geht ein Teil der Daten verloren' } },
  example: `- ping: router
  warning: { loss: 20%, time: 200ms }
- ping://192.168.1.1`,
});

function target(typed: Typed, host: string | null): { readonly host: PingOptions['host'] } {
  const word = oneWord(typed, expected) ?? host;
  if (word === null) throw new TargetError(`ping needs ${expected}, here or as the service's host`);
  const parsed = parseAuthority(word, 'ping');
  if (parsed === null || parsed.port !== null) throw new TargetError(`expected ${expected}, found "${shown(word)}"`);
  return { host: asSecretAs(word, parsed.host) };
}

async function run(options: PingOptions, context: ProbeContext): Promise<Observation> {
  const { signal, timeoutMs, resolver = systemResolver } = context;
  const resolution = await resolver.resolve(revealed(options.host), signal);
  if (!resolution.ok) return fromFailure(resolution);
  const { address } = resolution.addresses[0];
  return judge(await echo(address, options.count, timeoutMs, signal), address);
}

function judge(seen: Echo, address: string): Observation {
  switch (seen.how) {
    case 'counted':
      return judgeCounts(seen.loss, seen.timeMs, address);
    case 'unreachable':
      return down('host-unreachable', `no way to ${address}: ${seen.text}`);
    case 'deadline':
      return down('timeout', `no answer from ${address} in time`);
    case 'unable':
      return unknown(seen.text);
  }
}

function judgeCounts(loss: number, timeMs: number | null, address: string): Observation {
  const measures: Measure[] = [{ name: 'loss', value: loss, unit: 'share' }];
  if (timeMs === null || loss === 1) return down('host-unreachable', `${address} does not answer (100% loss)`, measures);
  measures.unshift(milliseconds('time', timeMs));
  return up(`${address} answers in ${spoken(timeMs)}${loss > 0 ? `, ${formatShare(loss)} loss` : ''}`, measures);
}
