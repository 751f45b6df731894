/** Servers of the tests that say what they are told to say, line by line. */
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { KeyPair } from '../../net/support/certificates.ts';
import { type Listening, tcpServer, tlsServer } from '../../net/support/servers.ts';

/** What is done about a line: text to be said (without an end of line, nothing at all when empty), or something else. */
type Act = string | ((socket: Socket, line: string) => void);

export interface Part {
  /** Said after connecting. */
  readonly greeting: Act;
  /** What to do about a line, by how it begins; the first that fits. */
  readonly lines?: readonly (readonly [begin: string, act: Act])[];
  /** TLS from the first byte. */
  readonly tls?: KeyPair;
}

export interface LineServer extends Listening {
  /** Lines heard so far, over all connections. */
  readonly heard: string[];
}

/** Plays a part on a port of loopback; lines that it has nothing about stay without an answer. */
export async function lineServer({ greeting, lines = [], tls }: Part): Promise<LineServer> {
  const heard: string[] = [];
  const play = (socket: Socket) => {
    listen(socket, heard, lines);
    perform(greeting, socket, '');
  };
  const server = tls ? await tlsServer(tls, play) : await tcpServer(play);
  return Object.assign(server, { heard });
}

function listen(socket: Socket, heard: string[], lines: NonNullable<Part['lines']>): void {
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    const whole = text.split('\r\n');
    text = whole.pop() ?? '';
    for (const line of whole) {
      heard.push(line);
      const act = lines.find(([begin]) => line.startsWith(begin))?.[1];
      if (act !== undefined) perform(act, socket, line);
    }
  });
}

function perform(act: Act, socket: Socket, line: string): void {
  if (typeof act === 'function') act(socket, line);
  else if (act !== '') socket.write(`${act}\r\n`);
}

/** Says `agreed`, turns to TLS, and goes on with other lines. */
export function turnToTls(agreed: string, pair: KeyPair, heard: () => string[], lines: NonNullable<Part['lines']>): Act {
  return (plain) => {
    plain.removeAllListeners('data');
    plain.write(`${agreed}\r\n`);
    const socket = new TLSSocket(plain, { isServer: true, ...pair });
    socket.on('error', () => {});
    listen(socket, heard(), lines);
  };
}

/** Says the last word and closes. */
export function ending(text: string): Act {
  return (socket) => socket.end(`${text}\r\n`);
}

/** Closes without a word. */
export const hangUp: Act = (socket) => socket.end();

/** Breaks the connection off. */
export const reset: Act = (socket) => socket.resetAndDestroy();

/** Repeats a text every few milliseconds. */
export function dripping(text: string): Act {
  return (socket) => {
    const timer = setInterval(() => socket.write(text), 15);
    socket.once('close', () => clearInterval(timer));
  };
}

/** Says a text as fast as it is taken, without end. */
export function flooding(text: string): Act {
  return (socket) => {
    const block = text.repeat(Math.ceil(65_536 / text.length));
    const pour = () => {
      while (!socket.destroyed && socket.write(block));
    };
    socket.on('drain', pour);
    pour();
  };
}
