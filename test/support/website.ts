import { createServer, type RequestListener, type Server } from 'node:http';

/** A web server on loopback that can be stopped and started again on its port. */
export interface Website extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** When requests came, epoch ms. */
  readonly visits: readonly number[];
  /** What it answers from now on; `healthy` at first. */
  answer: RequestListener;
  stop(): Promise<void>;
  start(): Promise<void>;
}

const healthy: RequestListener = (_, response) => response.end('Anmelden');

/** Answers with status 500, once `times` are over with `healthy` again. */
export function failing(website: Website, times: number): RequestListener {
  let left = times;
  return (request, response) => {
    left -= 1;
    if (left <= 0) website.answer = healthy;
    request.resume();
    response.writeHead(500).end('Oops');
  };
}

export async function openWebsite(answer: RequestListener = healthy): Promise<Website> {
  const visits: number[] = [];
  let server = await listening(0);

  async function listening(port: number): Promise<Server> {
    const opened = createServer((request, response) => {
      visits.push(Date.now());
      website.answer(request, response);
    });
    await new Promise<void>((resolve, reject) => opened.once('error', reject).listen(port, '127.0.0.1', resolve));
    return opened;
  }

  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const website: Website = {
    port,
    url: `http://127.0.0.1:${port}/`,
    visits,
    answer,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
    start: async () => {
      server = await listening(port);
    },
    [Symbol.asyncDispose]: () => website.stop(),
  };
  return website;
}
