/** One HTTP request and its answer over a connection of its own, through axios; no redirects here. */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { AxiosResponse, AxiosStatic } from 'axios';
import { connectTo } from './connect.ts';
import { errorCode, type Failure, failed } from './failure.ts';
import type { Resolver } from './resolver.ts';
import { type ShownCertificate, secure, shownBy, type TlsSettings } from './tls.ts';

export interface Exchange {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly tls: TlsSettings;
  /** The certificate is handed out; only where it is judged, that is not `insecure`. */
  readonly wantsCertificate?: boolean | undefined;
  readonly resolver?: Resolver | undefined;
  readonly signal: AbortSignal;
  /** Bytes of the body that are read, after decompression; what is beyond is not waited for. */
  readonly bodyLimit: number;
  /** Undo `Content-Encoding`; without it the body is only counted. */
  readonly decompress: boolean;
}

export interface Answer {
  readonly ok: true;
  readonly status: number;
  readonly statusText: string;
  /** Names in lower case; repeated ones joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The body was longer than the limit. */
  readonly cut: boolean;
  /** Where the time went, ms. */
  readonly phases: { readonly resolve: number; readonly connect: number; readonly tls: number; readonly firstByte: number };
}

/** `asked`: the request, or part of it, has left. `status`: of an answer whose body then did not come. */
export type ExchangeFailure = Failure & { readonly asked?: true; readonly status?: number };

/** What was shown on the way, where it was asked for. */
export interface WithCertificate {
  readonly certificate?: ShownCertificate | undefined;
}

/**
 * Connects, shakes hands, asks, reads. A status of any kind is an answer; everything else is a failure as a value.
 * Settles at the latest when `signal` aborts; the connection is closed in any case.
 */
export async function exchange(request: Exchange): Promise<(Answer | ExchangeFailure) & WithCertificate> {
  const host = request.url.hostname.replace(/^\[(.*)\]$/, '$1');
  const isSecure = request.url.protocol === 'https:';
  const port = Number(request.url.port || (isSecure ? 443 : 80));
  const connected = await connectTo({ host, port, signal: request.signal, resolver: request.resolver });
  if (!connected.ok) return connected;
  const tlsBegun = performance.now();
  let socket: Socket = connected.socket;
  let certificate: ShownCertificate | undefined;
  try {
    if (isSecure) {
      const secured = await secure(connected.socket, host, { ...request.tls, alpn: ['http/1.1'] }, request.signal);
      if (request.wantsCertificate) certificate = shownBy(secured);
      if (!secured.ok) return { ...secured, certificate };
      socket = secured.socket;
    }
    const asked = performance.now();
    const phases = { resolve: connected.resolveMs, connect: connected.connectMs, tls: asked - tlsBegun };
    const answer = await ask(request, socket, (firstByteAt) => ({ ...phases, firstByte: firstByteAt - asked }));
    return { ...answer, certificate };
  } finally {
    socket.destroy();
    connected.socket.destroy();
  }
}

async function ask(
  request: Exchange,
  socket: Socket,
  phasesAt: (firstByteAt: number) => Answer['phases'],
): Promise<Answer | ExchangeFailure> {
  let response: AxiosResponse<Readable>;
  try {
    response = await send(request, socket);
  } catch (error) {
    const failure = noAnswer(error, request.signal);
    return failure.failure === 'local' ? failure : { ...failure, asked: true };
  }
  const phases = phasesAt(performance.now());
  const body = await read(response.data, request.bodyLimit, request.signal);
  if (!body.ok) return { ...body, asked: true, status: response.status };
  return {
    ok: true,
    status: response.status,
    statusText: response.statusText,
    headers: flat(response.headers),
    body: body.bytes,
    cut: body.cut,
    phases,
  };
}

let client: AxiosStatic | null = null;

/** Loads axios with the first request, because of its memory; kept here, because even a repeated `import` takes its time. */
export async function httpClient(): Promise<AxiosStatic> {
  client ??= (await import('axios')).default;
  return client;
}

async function send(request: Exchange, socket: Socket): Promise<AxiosResponse<Readable>> {
  const axios = await httpClient();
  return axios.request<Readable>({
    url: request.url.href,
    method: request.method,
    headers: { ...request.headers },
    data: request.body,
    adapter: 'http',
    ...(request.url.protocol === 'https:'
      ? { httpsAgent: over(new HttpsAgent({ keepAlive: false }), socket) }
      : { httpAgent: over(new HttpAgent({ keepAlive: false }), socket) }),
    proxy: false,
    maxRedirects: 0,
    signal: request.signal,
    responseType: 'stream',
    decompress: request.decompress,
    transformRequest: (data) => data,
    transformResponse: (data) => data,
    validateStatus: () => true,
  });
}

/** An agent whose only connection is the one already made. */
function over<Agent extends HttpAgent>(agent: Agent, socket: Socket): Agent {
  agent.createConnection = () => socket;
  return agent;
}

type Body = { readonly ok: true; readonly bytes: Buffer; readonly cut: boolean } | Failure;

/** Reads up to `limit` bytes by hand: axios has neither a deadline for a body nor a way to keep its beginning. */
function read(stream: Readable, limit: number, signal: AbortSignal): Promise<Body> {
  const chunks: Buffer[] = [];
  let total = 0;
  return new Promise((resolve) => {
    const settle = (body: Body) => {
      signal.removeEventListener('abort', onAbort);
      resolve(body);
      stream.destroy();
    };
    const onAbort = () => settle(failed('timeout', `the answer began but did not end in time (${total} bytes came)`));
    const whole = (cut: boolean): Body => ({ ok: true, bytes: Buffer.concat(chunks), cut });
    stream.on('error', (error) => (signal.aborted ? onAbort() : settle(brokenBody(error, total))));
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk.subarray(0, limit - total));
      total += chunk.length;
      if (total > limit) settle(whole(true));
    });
    stream.once('end', () => settle(whole(false)));
    stream.once('close', () => settle(failed('protocol-error', `the connection ended within the body (after ${total} bytes)`)));
  });
}

function brokenBody(error: unknown, total: number): Failure {
  const code = errorCode(error);
  if (/^Z_|^ERR_BROTLI|^ERR_ZSTD|^ERR__ERROR_FORMAT/.test(code))
    return failed('protocol-error', 'the body is not compressed as its header says');
  if (code.startsWith('HPE_')) return failed('protocol-error', `the body is not valid HTTP (${code})`);
  return failed('protocol-error', `the connection ended within the body (after ${total} bytes)`);
}

function noAnswer(error: unknown, signal: AbortSignal): Failure {
  if (signal.aborted) return failed('timeout', 'connected, but no answer came in time');
  const code = errorCode(error);
  if (code === 'HPE_HEADER_OVERFLOW') return failed('protocol-error', 'the headers of the answer are longer than 16 KiB');
  if (code.startsWith('HPE_')) return failed('protocol-error', `the answer is not valid HTTP (${code})`);
  if (code.startsWith('ERR_SSL_')) return failed('tls-handshake', `the server ended the TLS connection (${code})`);
  if (code === 'ECONNRESET' || code === 'EPIPE') return failed('protocol-error', 'the connection was closed without an answer');
  if (/^ERR_(INVALID|UNESCAPED)/.test(code))
    return failed('local', 'a configured header, method or URL holds characters that HTTP cannot carry');
  return failed('protocol-error', `no usable answer (${code || 'no reason given'})`);
}

function flat(headers: AxiosResponse['headers']): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [
    name.toLowerCase(),
    Array.isArray(value) ? value.join(', ') : String(value),
  ]);
  return Object.fromEntries(entries);
}
