/** What comes in over a socket, kept until it is taken line by line, and never much of it. */
import type { Socket } from 'node:net';

export interface Ear {
  /** The next whole line without its end; null when there is none yet. */
  takeLine(): string | null;
  /** What makes it useless to wait for another line. */
  complaint(): 'a line too long' | 'too much' | 'closed' | null;
  /** Bytes that came and were not taken. */
  waiting(): number;
  /** Whether anything has come at all. */
  hasHeard(): boolean;
  /** Leaves the socket paused. */
  stop(): void;
}

/** RFC 5321 wants 512 bytes of a reply; capabilities of IMAP are the longest lines seen. */
const lineLimit = 8192;
const totalLimit = 65_536;

/** Listens until it is stopped or 64 KiB have come; `ring` is called whenever something has changed. */
export function listenTo(socket: Socket, ring: () => void): Ear {
  let pending: Buffer = Buffer.alloc(0);
  let total = 0;

  function onData(chunk: Buffer): void {
    total += chunk.length;
    pending = Buffer.concat([pending, chunk]);
    if (total > totalLimit) socket.pause();
    ring();
  }

  function takeLine(): string | null {
    const end = pending.indexOf('\n');
    if (end < 0 || end > lineLimit) return null;
    const line = pending.toString('utf8', 0, end).replace(/\r$/, '');
    pending = pending.subarray(end + 1);
    return line;
  }

  function complaint(): ReturnType<Ear['complaint']> {
    if (pending.length > lineLimit) return 'a line too long';
    if (total > totalLimit) return 'too much';
    return socket.readableEnded || socket.destroyed ? 'closed' : null;
  }

  socket.on('data', onData).on('end', ring).on('close', ring);
  return {
    takeLine,
    complaint,
    waiting: () => pending.length + socket.readableLength,
    hasHeard: () => total > 0,
    stop: () => {
      socket.off('data', onData).off('end', ring).off('close', ring).pause();
    },
  };
}
