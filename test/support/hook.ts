import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { until } from './until.ts';

/** A request with its whole body. */
export interface Called {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A web address on loopback that keeps what it is told. */
export interface Hook extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly origin: string;
  readonly calls: readonly Called[];
  /** What it answers from now on, once the whole body has come; 200 at first. */
  answer: (response: ServerResponse, call: Called) => void;
  /** The first call that is wanted; waits for it. */
  call(what: string, wanted: (body: string) => boolean): Promise<Called>;
}

export async function openHook(answer: Hook['answer'] = (response) => void response.end('ok')): Promise<Hook> {
  const calls: Called[] = [];
  const take: RequestListener = (request, response) => {
    response.on('error', () => {});
    text(request).then(
      (body) => {
        const call = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
        calls.push(call);
        hook.answer(response, call);
      },
      () => {},
    );
  };
  const server = createServer(take);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  const hook: Hook = {
    origin: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    calls,
    answer,
    call: (what, wanted) =>
      until(`a call: ${what}`, () => calls.find(({ body }) => wanted(body)), {
        seen: () => calls.map(({ body }) => body).join('\n'),
      }),
    [Symbol.asyncDispose]: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
  return hook;
}

/** Answers with a status. */
export function status(code: number, body = '', headers: Readonly<Record<string, string>> = {}): Hook['answer'] {
  return (response) => void response.writeHead(code, headers).end(body);
}

/** Takes it and cuts the line. */
export const cut: Hook['answer'] = (response) => void response.socket?.destroy();

/** Takes it and says nothing. */
export const silence: Hook['answer'] = () => {};
