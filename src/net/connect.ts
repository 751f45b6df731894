/** One TCP connection to a name or address, within a deadline. */
import { connect, type Socket } from 'node:net';
import { connectFailure, type Failure, failed } from './failure.ts';
import { type Address, type Resolver, systemResolver } from './resolver.ts';

export interface ConnectRequest {
  readonly host: string;
  readonly port: number;
  readonly signal: AbortSignal;
  readonly resolver?: Resolver | undefined;
}

export interface Connected {
  readonly ok: true;
  /** Open, paused, without listeners except one that keeps a late error from being thrown; the caller destroys it. */
  readonly socket: Socket;
  /** `address:port`, as it was reached. */
  readonly where: string;
  readonly resolveMs: number;
  readonly connectMs: number;
}

const addressLimit = 4;
/** An address that is silent for this long is passed over while there are others. */
const patienceMs = 3000;

/**
 * Resolves and connects; tries at most four addresses in turn and tells the failure of the first. Settles at the
 * latest when `signal` aborts and leaves no socket behind unless it hands it over.
 */
export async function connectTo(request: ConnectRequest): Promise<Connected | Failure> {
  const begun = performance.now();
  const resolution = await (request.resolver ?? systemResolver).resolve(request.host, request.signal);
  if (!resolution.ok) return resolution;
  const resolved = performance.now();
  const addresses = resolution.addresses.slice(0, addressLimit);
  let first: Failure | null = null;
  for (const [index, address] of addresses.entries()) {
    const isLast = index === addresses.length - 1;
    const signal = isLast ? request.signal : AbortSignal.any([request.signal, AbortSignal.timeout(patienceMs)]);
    const where = address.family === 6 ? `[${address.address}]:${request.port}` : `${address.address}:${request.port}`;
    const attempt = await connectOnce(address, request.port, where, signal);
    if (attempt.ok) {
      return { ok: true, socket: attempt.socket, where, resolveMs: resolved - begun, connectMs: performance.now() - resolved };
    }
    first ??= attempt;
    if (request.signal.aborted) break;
  }
  return first ?? failed('dns-failure', 'the name has no address');
}

type Attempt = { readonly ok: true; readonly socket: Socket } | Failure;

function connectOnce(address: Address, port: number, where: string, signal: AbortSignal): Promise<Attempt> {
  if (signal.aborted) return Promise.resolve(failed('local', `no time was left to connect to ${where}`));
  return new Promise((resolve) => {
    const socket = connect({ host: address.address, port, family: address.family, autoSelectFamily: false });
    const settle = (attempt: Attempt) => {
      signal.removeEventListener('abort', onAbort);
      if (!attempt.ok) socket.destroy();
      resolve(attempt);
    };
    const onAbort = () => settle(failed('port-filtered', `no answer from ${where}`));
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('connect', () => settle({ ok: true, socket }));
    socket.on('error', (error) => settle(connectFailure(error, where)));
  });
}
