/** Servers of the tests: on port 0 of loopback, closed with all their connections at the end of the block. */
import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

export interface Listening extends AsyncDisposable {
  readonly port: number;
  /** Connections that are open now. */
  open(): number;
  /** Connections so far. */
  accepted(): number;
}

/** A TCP server that does to each connection what `handle` says. */
export async function tcpServer(handle: (socket: Socket) => void): Promise<Listening> {
  return listening(createServer(guarded(handle)));
}

/** The same behind TLS. */
export async function tlsServer(options: TlsOptions, handle: (socket: Socket) => void): Promise<Listening> {
  const server = createTlsServer(options, guarded(handle));
  server.on('tlsClientError', () => {});
  return listening(server);
}

/** A TCP server that answers each request, once its headers are complete, with these bytes, and closes. */
export async function answering(...parts: readonly (string | Buffer)[]): Promise<Listening> {
  return tcpServer((socket) => onRequest(socket, () => socket.end(Buffer.concat(parts.map((part) => Buffer.from(part))))));
}

/** Calls `reply` with the text of each complete request head (and what came with it). */
export function onRequest(socket: Duplex, reply: (head: string) => void): void {
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    if (!text.includes('\r\n\r\n')) return;
    const head = text;
    text = '';
    reply(head);
  });
}

/** A port that nothing listens on. */
export async function closedPort(): Promise<number> {
  await using server = await tcpServer(() => {});
  return server.port;
}

function guarded(handle: (socket: Socket) => void): (socket: Socket) => void {
  return (socket) => {
    socket.on('error', () => {});
    handle(socket);
    socket.resume();
  };
}

async function listening(server: Server): Promise<Listening> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  server.on('connection', (socket: Socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    open: () => sockets.size,
    accepted: () => accepted,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
