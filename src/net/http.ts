/** A web request with every bound that an untrusted site needs: deadline, size, redirects, credentials. */
import { type Answer, type Exchange, type ExchangeFailure, exchange, httpClient, type WithCertificate } from './http-exchange.ts';
import { isRedirect, methodAfter, nextHop } from './redirect.ts';

export interface WebRequest extends Omit<Exchange, 'url'> {
  /** May hold `user:password@`, which becomes basic authentication. */
  readonly url: string;
  /** How many redirects are followed; 0 takes a redirect as the answer. */
  readonly redirects: number;
  /** Hosts besides the own one that redirects may lead to; they get no headers, body or credentials. */
  readonly allowHosts: readonly string[];
}

/** `certificate` is that of the first host, not of one that a redirect leads to. */
export interface WebAnswer extends Answer, WithCertificate {
  /** Where the answer came from. */
  readonly url: URL;
  readonly hops: number;
  /** Why the last answer, a redirect, was not followed; null when it was none. */
  readonly stopped: string | null;
  /** More redirects than allowed. */
  readonly isLoop: boolean;
  readonly timeMs: number;
}

/** Asks and follows redirects within the bounds. Settles at the latest when `signal` aborts. */
export async function askWeb(request: WebRequest): Promise<WebAnswer | (ExchangeFailure & WithCertificate)> {
  await httpClient();
  const begun = performance.now();
  let hop = firstHop(request);
  let certificate: WithCertificate['certificate'];
  for (let hops = 0; ; hops += 1) {
    const answer = await exchange(hop);
    if (hops === 0) certificate = answer.certificate;
    if (!answer.ok) return { ...answer, certificate };
    const end = { ...answer, certificate, url: hop.url, hops, stopped: null, isLoop: false, timeMs: performance.now() - begun };
    const { location } = answer.headers;
    if (!isRedirect(answer.status, location) || request.redirects === 0) return end;
    const next = nextHop(hop.url, location, request.allowHosts);
    if (!next.follow) return { ...end, stopped: next.why };
    if (hops === request.redirects) return { ...end, stopped: `after ${hops} others`, isLoop: true };
    const method = methodAfter(answer.status, hop.method);
    const base = { ...hop, url: next.url, method, wantsCertificate: false };
    hop = next.carry
      ? { ...base, body: method === hop.method ? hop.body : undefined }
      : { ...base, headers: {}, body: undefined };
  }
}

function firstHop(request: WebRequest): Exchange {
  const url = new URL(request.url.trim());
  const basic = basicAuthorization(decoded(url.username), decoded(url.password));
  const headers = url.username === '' && url.password === '' ? request.headers : { Authorization: basic, ...request.headers };
  url.username = '';
  url.password = '';
  url.hash = '';
  return { ...request, url, headers };
}

/** Value of an `Authorization` header (RFC 7617). */
export function basicAuthorization(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}

/** A percent-encoded part of a URL; as it is where the encoding is broken. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
