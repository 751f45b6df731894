import { createServer } from 'node:net';
import { listenOnLoopback } from './listening.ts';

/** Something that accepts connections, as a file server does. */
export async function openFileServer(): Promise<Disposable & { readonly port: number }> {
  const server = createServer((socket) => socket.on('error', () => {}).end());
  const port = await listenOnLoopback(server);
  return { port, [Symbol.dispose]: () => void server.close() };
}
