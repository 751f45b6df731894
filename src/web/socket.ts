import { rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Api } from './api.ts';
import { readBody } from './read-body.ts';
import { type ApiResponse, respond } from './routes.ts';
import { SocketError, usablePath } from './socket-path.ts';

type Log = (level: 'warn' | 'error', sentence: string, fields?: Readonly<Record<string, unknown>>) => void;

/** Only the daemon's own user may speak to it. */
const onlyOwner = 0o177;
const mostConnections = 64;
/** A request must be here, and an answer be ready, within these. */
const requestWithinMs = 10_000;
const answerWithinMs = 15_000;
/** What is being answered at the end gets this long. */
const partingMs = 500;

/**
 * Serves the API on a Unix socket at `path`, readable and writable for this user alone. A socket that a killed daemon
 * left there is replaced: the caller holds the lock of the folder. Rejects with a `SocketError` where it cannot be opened.
 * Disposing ends all connections within a second and removes the socket.
 */
export async function serveSocket(path: string, api: Api, log: Log = () => {}): Promise<AsyncDisposable> {
  const server = createServer((request, response) => void serve(request, response, api, log));
  server.maxConnections = mostConnections;
  server.headersTimeout = requestWithinMs;
  server.requestTimeout = requestWithinMs;
  server.keepAliveTimeout = 1000;
  server.on('clientError', (_, socket) => socket.destroy());
  await listen(server, usablePath(path));
  server.on('error', (error) => log('error', 'the control socket failed', { error: String(error) }));
  return { [Symbol.asyncDispose]: () => close(server) };
}

async function listen(server: Server, path: string): Promise<void> {
  try {
    await rm(path, { force: true });
    await opened(server, path);
  } catch (error) {
    throw new SocketError(`the control socket ${path} cannot be opened: ${(error as Error).message}`, { cause: error });
  }
}

/** The socket is made, with its mode, before `listen` returns. */
async function opened(server: Server, path: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const before = process.umask(onlyOwner);
  try {
    server.once('error', reject).listen(path, resolve);
  } finally {
    process.umask(before);
  }
  await promise;
  server.off('error', reject);
}

async function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), partingMs);
  await promise;
  clearTimeout(timer);
}

async function serve(request: IncomingMessage, response: ServerResponse, api: Api, log: Log): Promise<void> {
  try {
    send(response, await withDeadline(answer(request, api)));
  } catch (error) {
    log('error', 'a request to the control socket failed: a defect of incidentd', {
      url: request.url,
      error: String(error),
      stack: error instanceof Error ? error.stack : undefined,
    });
    send(response, { status: 500, json: { error: 'internal error; the log of incidentd says more' } });
  }
}

function answer(request: IncomingMessage, api: Api): Promise<ApiResponse> {
  return respond(api, {
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    contentType: request.headers['content-type'] ?? '',
    body: () => readBody(request),
  });
}

async function withDeadline(work: Promise<ApiResponse>): Promise<ApiResponse> {
  const { promise: late, resolve } = Promise.withResolvers<ApiResponse>();
  const json = { error: `no answer within ${answerWithinMs / 1000} s; incidentd is busy or its disk hangs` };
  const timer = setTimeout(() => resolve({ status: 503, json }), answerWithinMs);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function send(response: ServerResponse, { status, json }: ApiResponse): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(`${JSON.stringify(json)}\n`);
}
