/** Waiting for the words that the other side of a connection should say. */
import type { Socket } from 'node:net';
import { matches } from './pattern.ts';
import { textOf } from './text-of.ts';

export interface Heard {
  readonly outcome: 'match' | 'closed' | 'full' | 'deadline' | 'too-slow';
  /** What was said until then. */
  readonly text: string;
}

const listenLimit = 16_384;
/** A text that drips in byte by byte is not searched more often than this; the last search is at its end. */
const searchLimit = 64;

/**
 * Listens until `pattern` is heard, 16 KiB have come, the other side closes, or `signal` aborts. The caller destroys
 * the socket.
 */
export function listenFor(pattern: string, socket: Socket, signal: AbortSignal): Promise<Heard> {
  const heard = Buffer.alloc(listenLimit);
  let length = 0;
  let searches = 0;
  return new Promise((resolve) => {
    const said = () => textOf(heard.subarray(0, length), length === listenLimit);
    const settle = (outcome: Heard['outcome']) => {
      signal.removeEventListener('abort', onAbort);
      socket.removeAllListeners('data');
      socket.pause();
      resolve({ outcome, text: said() });
    };
    const search = (otherwise: Heard['outcome'] | null) => {
      const result = matches(pattern, said());
      if (result !== 'no-match') settle(result);
      else if (otherwise !== null) settle(otherwise);
    };
    const onAbort = () => search('deadline');
    if (signal.aborted) return settle('deadline');
    signal.addEventListener('abort', onAbort, { once: true });
    socket.on('data', (chunk: Buffer) => {
      length += chunk.copy(heard, length);
      searches += 1;
      if (length === listenLimit) search('full');
      else if (searches <= searchLimit) search(null);
    });
    socket.once('error', () => search('closed'));
    socket.once('close', () => search('closed'));
  });
}
