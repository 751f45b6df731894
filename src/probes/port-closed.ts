import { z } from 'zod';
import type { Observation } from '../core/observation.ts';
import { revealed } from '../lib/secret.ts';
import { type Connected, connectTo } from '../net/connect.ts';
import type { Failure } from '../net/failure.ts';
import { systemResolver } from '../net/resolver.ts';
import { defineProbe, down, type Probe, type ProbeContext, unknown, up } from './contract.ts';
import { endpoint } from './support/endpoint.ts';
import { port, textOrSecret } from './support/options.ts';
import { hostAndPort, shown } from './support/target.ts';
import { wayTo } from './support/way.ts';

const schema = z.strictObject({
  host: textOrSecret.describe('name or address; the first eight addresses of a name are tried'),
  port: port.describe('number of the TCP port that must not accept connections'),
});
export type PortClosedOptions = z.output<typeof schema>;

/** Watches that a TCP port cannot be reached from here. */
export const portClosed: Probe<PortClosedOptions> = defineProbe<PortClosedOptions>({
  kind: 'port-closed',
  summary:
    'Tries a TCP port that must not accept connections, such as remote desktop from the internet: refused, unreachable and 3 s without an answer are up, a connection is down, a name that has no address proves nothing',
  category: 'security',
  schema,
  measures: [
    {
      name: 'open',
      unit: 'count',
      sort: 'current',
      worse: 'above',
      main: true,
      about: 'how many addresses of the host accept connections; down is already one',
    },
  ],
  target: (typed, host) =>
    endpoint(
      {
        kind: 'port-closed',
        expected: 'host:port such as office.example.com:3389, or a port alone where the service has a host',
      },
      typed,
      host,
    ),
  describe: (options) => hostAndPort(shown(options.host), options.port),
  run,
  way: ({ host, port }) => wayTo(host, { port, transport: 'tcp' }),
  sentences: {
    content: { en: 'a port is open that must stay closed', de: 'ein Port steht offen, der geschlossen sein muss' },
  },
  firstSteps: {
    content: {
      en: 'Close the port in the firewall, or stop the program that listens there; then ask who opened it.',
      de: 'Den Port in der Firewall schließen oder das Programm beenden, das dort lauscht; dann klären, wer ihn geöffnet hat.',
    },
  },
  example: `- port-closed: office.example.com:3389
  interval: 15m`,
});

const addressLimit = 8;
/** A port that has not answered for this long counts as closed. */
const patienceMs = 3000;

async function run(options: PortClosedOptions, { signal, resolver, timeoutMs }: ProbeContext): Promise<Observation> {
  const resolution = await (resolver ?? systemResolver).resolve(revealed(options.host), signal);
  if (!resolution.ok) return unknown(`${unclear}: ${resolution.text}; correct the name, or write the address`);
  const patience = AbortSignal.any([signal, AbortSignal.timeout(Math.min(patienceMs, Math.round(timeoutMs * 0.9)))]);
  const addresses = resolution.addresses.slice(0, addressLimit);
  const tries = await Promise.all(
    addresses.map(({ address }) => connectTo({ host: address, port: options.port, signal: patience })),
  );
  for (const attempt of tries) if (attempt.ok) attempt.socket.destroy();
  return judge(tries, signal.aborted);
}

const unclear = 'whether the port is closed cannot be told';

function judge(tries: readonly (Connected | Failure)[], wasCutShort: boolean): Observation {
  const open = tries.filter((attempt) => attempt.ok).map(({ where }) => where);
  const measures = [{ name: 'open', value: open.length, unit: 'count' as const }];
  if (open.length > 0) return down('content', `${open.join(' and ')} accepts connections and must not`, measures);
  const closed = tries.filter((attempt) => !attempt.ok);
  const proof = closed.filter((failure) => !isOurs(failure) && !(wasCutShort && failure.failure === 'port-filtered'));
  const texts = (proof.length > 0 ? proof : closed).map(({ text }) => text).join(', ');
  return proof.length > 0 ? up(`closed, as it should be: ${texts}`, measures) : unknown(`${unclear}: ${texts}`);
}

/** Without a network of its own this machine finds every port closed; without IPv6 all those of IPv6 addresses. */
function isOurs({ failure, code }: Failure): boolean {
  return failure === 'local' || code === 'ENETUNREACH' || code === 'ENETDOWN';
}
