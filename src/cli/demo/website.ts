import { createServer, type Server } from 'node:http';
import { listenOnLoopback } from './listening.ts';

/** A web server that can be stopped and started on the same port. */
export class Website implements Disposable {
  readonly port: number;
  #server: Server;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.port = port;
  }

  static async open(): Promise<Website> {
    const server = webServer();
    return new Website(server, await listenOnLoopback(server));
  }

  /** From now on nothing listens there. */
  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async start(): Promise<void> {
    this.#server = webServer();
    await listenOnLoopback(this.#server, this.port);
  }

  [Symbol.dispose](): void {
    this.stop();
  }
}

function webServer(): Server {
  return createServer((_, response) => response.end('<h1>Willkommen</h1>\n'));
}
