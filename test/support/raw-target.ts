import { createServer, type Socket } from 'node:net';

/** A TCP server on loopback that does to every connection what it is told. */
export interface RawTarget extends AsyncDisposable {
  readonly port: number;
}

export async function openRawTarget(act: (socket: Socket) => void): Promise<RawTarget> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    act(socket);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Says `head`, then `chunk` again and again as fast as it is taken. */
export function endless(head: string, chunk: string): (socket: Socket) => void {
  return (socket) => {
    const more = (): void => {
      while (!socket.destroyed && socket.write(chunk)) {}
      if (!socket.destroyed) socket.once('drain', more);
    };
    socket.once('data', () => {
      socket.write(head);
      more();
    });
  };
}
