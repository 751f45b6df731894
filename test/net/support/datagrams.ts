/** UDP servers of the tests: on port 0 of loopback, closed at the end of the block. */
import { createSocket } from 'node:dgram';

export interface Datagrams extends AsyncDisposable {
  readonly port: number;
  /** What came so far. */
  readonly received: readonly Buffer[];
  /** The port that the last datagram came from. */
  lastPeer(): number;
  /** Sends to a port of loopback, unasked. */
  sendTo(port: number, text: string): void;
}

/** Calls `reply` with each datagram and its number, from 1; what it sends goes back to where that came from. */
export async function udpServer(
  reply: (datagram: Buffer, send: (answer: Buffer | string) => void, count: number) => void,
): Promise<Datagrams> {
  const socket = createSocket('udp4');
  const received: Buffer[] = [];
  let isOpen = true;
  let lastPeer = 0;
  socket.on('message', (datagram, { port, address }) => {
    const count = received.push(datagram);
    lastPeer = port;
    reply(datagram, (answer) => isOpen && socket.send(answer, port, address), count);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    port: socket.address().port,
    received,
    lastPeer: () => lastPeer,
    sendTo: (port, text) => socket.send(text, port, '127.0.0.1'),
    [Symbol.asyncDispose]: () => {
      isOpen = false;
      return new Promise((resolve) => socket.close(() => resolve()));
    },
  };
}

/** A UDP port that nothing listens on. */
export async function closedUdpPort(): Promise<number> {
  await using server = await udpServer(() => {});
  return server.port;
}
