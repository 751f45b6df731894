/** One call of a web address that takes JSON: bounded, signed, never redirected. */
import { createHmac } from 'node:crypto';
import { revealed, type Secret } from '../lib/secret.ts';
import { askWeb, type WebAnswer } from './http.ts';
import type { ExchangeFailure } from './http-exchange.ts';

export interface HookCall {
  /** A user and password in it become basic authentication. */
  readonly url: string | Secret;
  readonly method: 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
  /** From the name of the server to the last byte of its answer. */
  readonly signal: AbortSignal;
}

/** Bytes that are kept of an answer. */
export const hookAnswerLimit = 16_384;

/** Calls it. A redirect is the answer: a POST that becomes a GET loses its body, and another host is none of ours. */
export function callHook({ url, method, headers = {}, body, signal }: HookCall): Promise<WebAnswer | ExchangeFailure> {
  return askWeb({
    url: revealed(url),
    method,
    headers: { 'User-Agent': 'incidentd', 'Content-Type': 'application/json', ...headers },
    body,
    tls: {},
    signal,
    bodyLimit: hookAnswerLimit,
    decompress: true,
    redirects: 0,
    allowHosts: [],
  });
}

/** The header by which the called side knows who calls: `sha256=<hex HMAC-SHA256 of the body>`; none without a secret. */
export function signature(body: string, secret: Secret | undefined): Readonly<Record<string, string>> {
  if (secret === undefined) return {};
  return { 'X-Incidentd-Signature': `sha256=${createHmac('sha256', secret.reveal()).update(body).digest('hex')}` };
}

/** Why a redirect is no good answer, to be followed by no more of its address than the origin; null where it is none. */
export function redirectedTo(status: number, location: string | undefined): string | null {
  if (status < 300 || status >= 400) return null;
  const origin = URL.parse(location ?? '')?.origin;
  const where = origin === undefined || origin === 'null' ? '' : ` (it leads to ${origin})`;
  return `redirects are not followed; write the address where it ends${where}`;
}
