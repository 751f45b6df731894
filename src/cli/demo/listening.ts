import type { AddressInfo, Server } from 'node:net';

/** Listens on loopback; 0 is any free port. Gives the port. */
export async function listenOnLoopback(server: Server, port = 0): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(port, '127.0.0.1', resolve);
  await promise;
  server.off('error', reject).on('error', () => {});
  return (server.address() as AddressInfo).port;
}
