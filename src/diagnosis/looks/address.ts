/** What name servers say about the target's name. */
import { isIP } from 'node:net';
import type { Way } from '../../core/diagnosis.ts';
import { askNameServers } from '../../net/name-server.ts';
import type { Resolver } from '../../net/resolver.ts';
import type { Named } from '../looks.ts';
import type { Sight, Word } from '../vocabulary.ts';

const patienceMs = 1700;

/** By c-ares's codes; whatever else it may say leaves the question open. */
const meanings: Readonly<Record<string, Word<'address'>>> = {
  ENOTFOUND: 'no-such-name',
  ENODATA: 'no-record',
  ESERVFAIL: 'server-failed',
  EREFUSED: 'refused',
  ECONNREFUSED: 'unanswered',
  ETIMEOUT: 'unanswered',
  ECANCELLED: 'unanswered',
};

const inWords: Readonly<Record<Word<'address'>, string>> = {
  found: 'the name is known',
  'no-such-name': 'no such name (NXDOMAIN)',
  'no-record': 'the name has no such entry',
  'server-failed': 'the name server could not find out (SERVFAIL)',
  refused: 'the name server refuses to answer (REFUSED)',
  unanswered: 'no answer from the name server',
  unclear: 'no usable answer',
};

/** Asks what the check asks; `servers` are those of this machine, null for resolv.conf's. */
export async function lookAtAddress(
  way: Way,
  resolver: Resolver,
  servers: readonly string[] | null,
  signal: AbortSignal,
): Promise<Named> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  if (way.transport === 'lookup') return { sight: await ask(way, servers, patience), addresses: [] };
  const resolution = await resolver.resolve(way.host, patience);
  if (!resolution.ok) {
    const saw = (signal.aborted ? undefined : meanings[resolution.code ?? '']) ?? 'unclear';
    return { sight: { saw, subject: way.host, detail: resolution.text }, addresses: [] };
  }
  const { addresses } = resolution;
  if (way.asks !== undefined) {
    const own = addresses.map(({ address, family }) => `${family === 6 ? `[${address}]` : address}:${way.port ?? 53}`);
    return { sight: await ask(way, own, patience), addresses };
  }
  if (isIP(way.host) > 0) return { sight: null, addresses };
  const detail = addresses
    .slice(0, 3)
    .map(({ address }) => address)
    .join(', ');
  return { sight: { saw: 'found', subject: way.host, detail }, addresses };
}

async function ask({ asks, host }: Way, servers: readonly string[] | null, signal: AbortSignal): Promise<Sight<'address'>> {
  const { name, type } = asks ?? { name: host, type: 'A' };
  const answer = await askNameServers({ servers, timeoutMs: patienceMs, signal }, (resolver) => resolver.resolve(name, type));
  const saw = answer.ok ? 'found' : (meanings[answer.code] ?? 'unclear');
  return { saw, subject: `${name} ${type}`, detail: `${inWords[saw]}, asked ${answer.servers.slice(0, 3).join(', ')}` };
}
