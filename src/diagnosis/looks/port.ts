/** The port of the service: open, closed, or silent. */
import { connectTo } from '../../net/connect.ts';
import { askByDatagram } from '../../net/datagram.ts';
import type { Failure } from '../../net/failure.ts';
import { smallestQuestion } from '../../net/name-server.ts';
import type { Resolver } from '../../net/resolver.ts';
import type { Target } from '../looks.ts';
import type { Sight } from '../vocabulary.ts';

const patienceMs = 1700;

/** By a connection; a name server on a UDP port by a question. */
export async function lookAtPort(target: Target, signal: AbortSignal): Promise<Sight<'port'>> {
  const { host, port = 0, transport } = target.way;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
  if (transport === 'udp') return byDatagram(target, patience, signal);
  const attempt = await connectTo({ host, port, signal: patience, resolver: known(target) });
  if (!attempt.ok) return judge(target, attempt, signal);
  attempt.socket.destroy();
  return { saw: 'open', subject: subjectOf(target), detail: `accepts connections after ${Math.round(attempt.connectMs)} ms` };
}

async function byDatagram(target: Target, patience: AbortSignal, signal: AbortSignal): Promise<Sight<'port'>> {
  const question = { make: () => smallestQuestion, read: (datagram: Buffer) => datagram, repeatMs: 500 };
  const { host, port = 53 } = target.way;
  const seen = await askByDatagram({ host, port, signal: patience, resolver: known(target), ...question });
  if (!seen.ok) return judge(target, seen, signal);
  return { saw: 'open', subject: subjectOf(target), detail: 'answers a question' };
}

function judge(target: Target, { failure, text }: Failure, signal: AbortSignal): Sight<'port'> {
  const subject = subjectOf(target);
  if (failure === 'port-closed') return { saw: 'closed', subject, detail: text };
  const isSilent = (failure === 'port-filtered' || failure === 'timeout') && !signal.aborted;
  return { saw: isSilent ? 'filtered' : 'unclear', subject, detail: text };
}

function subjectOf({ way, addresses: [{ address, family }] }: Target): string {
  const host = family === 6 ? `[${address}]` : address;
  return way.port === undefined ? host : `${host}:${way.port}`;
}

/** What has been looked up is not looked up again. */
export function known({ addresses }: Target): Resolver {
  return { resolve: () => Promise.resolve({ ok: true, addresses }) };
}
