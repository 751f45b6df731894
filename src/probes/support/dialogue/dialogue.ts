/** A conversation in lines that may turn to TLS on its way; every wait has a deadline, everything heard a bound. */
import type { Socket } from 'node:net';
import type { Connected } from '../../../net/connect.ts';
import { type Failure, failed } from '../../../net/failure.ts';
import { type Secured, secure, type TlsSettings } from '../../../net/tls.ts';
import { type Ear, listenTo } from './ear.ts';
import type { Transcript } from './transcript.ts';

export interface Dialogue extends Disposable {
  /** `address:port` of the other side. */
  readonly where: string;
  readonly transcript: Transcript;
  /** Our own address, and whether what is said stays on this machine. */
  readonly localAddress: string;
  readonly isLoopback: boolean;
  /** The next line without its end. `awaited` completes "… before <its greeting>". */
  hear(awaited: string): Promise<Said | Failure>;
  /** Says a line; the transcript has `shown`. */
  say(text: string, shown?: string): void;
  /**
   * Goes on over TLS. What the other side has said ahead of it would pass for a part of the encrypted conversation, so there
   * must be nothing (RFC 3207 6, CVE-2011-0411).
   */
  encrypt(host: string, settings: TlsSettings): Promise<Secured>;
  /** Says a last line and waits, a second at most, until the other side closes. */
  part(text: string): Promise<void>;
}

/** What the other side said. */
export interface Said {
  readonly ok: true;
  readonly text: string;
}

const partingMs = 1000;

/** Starts a conversation over an open connection, which ends with it. */
export function converse({ socket: plain, where }: Connected, signal: AbortSignal, transcript: Transcript): Dialogue {
  let socket: Socket = plain;
  let ear: Ear | null = null;
  let isImpatient = false;
  let wake = () => {};
  const ring = () => wake();
  signal.addEventListener('abort', ring);

  async function hear(awaited: string): Promise<Said | Failure> {
    ear ??= listenTo(socket, ring);
    for (;;) {
      const text = ear.takeLine();
      if (text !== null) {
        transcript.add('S', text);
        return { ok: true, text };
      }
      const complaint = ear.complaint();
      if (complaint !== null) return failed('protocol-error', `${where} ${complaints[complaint]} before ${awaited}`);
      if (signal.aborted || isImpatient) return failed('timeout', `${where} ${silence(ear, awaited)}`);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  function say(text: string, shown = text): void {
    transcript.add('C', shown);
    if (socket.writable) socket.write(`${text}\r\n`);
  }

  async function encrypt(host: string, settings: TlsSettings): Promise<Secured> {
    if (ear !== null && ear.waiting() > 0) {
      return failed('protocol-error', `${where} says more, unencrypted, after it has agreed to encrypt`);
    }
    ear?.stop();
    ear = null;
    const secured = await secure(socket, host, settings, signal);
    if (secured.ok) socket = secured.socket;
    return secured;
  }

  async function part(text: string): Promise<void> {
    say(text);
    const timer = setTimeout(() => {
      isImpatient = true;
      ring();
    }, partingMs);
    while ((await hear('the end')).ok);
    clearTimeout(timer);
  }

  function end(): void {
    signal.removeEventListener('abort', ring);
    ear?.stop();
    socket.destroy();
    plain.destroy();
  }

  return { where, transcript, ...addressesOf(plain), hear, say, encrypt, part, [Symbol.dispose]: end };
}

const complaints = {
  'a line too long': 'says a line longer than 8 KiB',
  'too much': 'says more than 64 KiB',
  closed: 'closes the connection',
} as const;

function silence(ear: Ear, awaited: string): string {
  return ear.hasHeard() ? `takes too long before ${awaited}` : 'accepts connections and then says nothing';
}

function addressesOf(socket: Socket): Pick<Dialogue, 'localAddress' | 'isLoopback'> {
  const isLoopback = /^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '');
  return { localAddress: socket.localAddress ?? '127.0.0.1', isLoopback };
}
