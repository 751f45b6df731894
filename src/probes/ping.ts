import { z } from 'zod';
import { defineProbe, type Probe, TargetError, type Typed } from './contract.ts';
import { textOrSecret } from './support/options.ts';
import { asSecretAs, oneWord, parseAuthority, shown } from './support/target.ts';

const schema = z.strictObject({
  host: textOrSecret,
  /** Echo requests sent, a fifth of a second apart. */
  count: z.int().min(1).max(20).default(3),
});
export type PingOptions = z.output<typeof schema>;

const expected = 'a host name or address such as router or 192.168.1.1';

/** Watches whether a host answers ICMP echo requests, with the system's ping. */
export const ping: Probe<PingOptions> = defineProbe<PingOptions>({
  kind: 'ping',
  summary: 'Sends ICMP echo requests to a host and looks at loss and round-trip time',
  category: 'network',
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
  run: async () => Promise.reject(new Error('not built yet')),
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
