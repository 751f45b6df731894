/** A port that leaves connections without an answer, as behind a firewall. */
import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';

/** Listens and never accepts: as soon as the queue of waiting connections is full, the kernel drops what comes. */
const listener = `
const { parentPort } = require('node:worker_threads');
const server = require('node:net').createServer();
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage(server.address().port);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;
const queued = 2;
const longMs = 100;

/** Opens such a port on loopback. */
export async function filteredPort(): Promise<{ readonly port: number } & AsyncDisposable> {
  const worker = new Worker(listener, { eval: true });
  const port = await new Promise<number>((resolve) => worker.once('message', resolve));
  const sockets: Socket[] = [];
  while (sockets.length < queued || (await isAnswered(sockets.at(-1))))
    sockets.push(connect(port, '127.0.0.1').on('error', () => {}));
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await worker.terminate();
    },
  };
}

async function isAnswered(socket: Socket | undefined): Promise<boolean> {
  if (!socket?.connecting) return true;
  return await new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), longMs);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
