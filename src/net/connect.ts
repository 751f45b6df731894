/** One TCP connection to a name or address, within a deadline. */
import { connect, type Socket } from 'node:net';
import { connectFailure, type Failure, failed } from './failure.ts';
import { type Destination, type Place, tryInTurn } from './walk.ts';

export interface Connected {
  readonly ok: true;
  /** Open, paused, without listeners except one that keeps a late error from being thrown; the caller destroys it. */
  readonly socket: Socket;
  /** `address:port`, as it was reached. */
  readonly where: string;
  readonly resolveMs: number;
  readonly connectMs: number;
}

/**
 * Resolves and connects; tries at most four addresses in turn and tells the failure of the first. Settles at the
 * latest when `signal` aborts and leaves no socket behind unless it hands it over.
 */
export async function connectTo(destination: Destination): Promise<Connected | Failure> {
  const begun = performance.now();
  const reached = await tryInTurn(destination, connectOnce);
  if (!reached.ok) return reached;
  const { result, where, resolveMs } = reached;
  return { ok: true, socket: result.socket, where, resolveMs, connectMs: performance.now() - begun - resolveMs };
}

type Attempt = { readonly ok: true; readonly socket: Socket } | Failure;

function connectOnce({ address, port, where, signal }: Place): Promise<Attempt> {
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
