/** Where a redirect may lead: a watched site is not trusted to send us wherever it likes. */

export type NextHop =
  | { readonly follow: true; readonly url: URL; readonly carry: boolean }
  /** `why` is a half sentence, such as `to another host (sso.example.net)`. */
  | { readonly follow: false; readonly why: string };

const redirectStatuses = new Set([301, 302, 303, 307, 308]);

/** Whether an answer of this status sends the client elsewhere (RFC 9110 15.4). */
export function isRedirect(status: number, location: string | undefined): location is string {
  return redirectStatuses.has(status) && location !== undefined;
}

/**
 * Judges a redirect: to http or https only, never from https back to http, to the same host (with or without `www.`) or
 * a listed one. `carry`: headers, body and credentials may go along, which is so on the same origin only and from
 * http to https on the default ports of the same host.
 */
export function nextHop(from: URL, location: string, allowHosts: readonly string[]): NextHop {
  const url = URL.parse(location, from);
  if (url === null) return { follow: false, why: 'to something that is not a URL' };
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { follow: false, why: `to a ${url.protocol} address` };
  if (from.protocol === 'https:' && url.protocol === 'http:') return { follow: false, why: 'from https to http' };
  const isSameHost = withoutWww(url.hostname) === withoutWww(from.hostname);
  if (!isSameHost && !allowHosts.some((host) => host.toLowerCase() === url.hostname)) {
    return { follow: false, why: `to another host (${url.hostname.slice(0, 80)})` };
  }
  url.username = '';
  url.password = '';
  const isUpgrade = url.hostname === from.hostname && from.port === '' && url.port === '' && url.protocol === 'https:';
  return { follow: true, url, carry: url.origin === from.origin || isUpgrade };
}

/** The method of the next request: `303`, and by custom `301` and `302` after a POST, ask with GET (RFC 9110 15.4). */
export function methodAfter(status: number, method: string): string {
  if (status === 303) return method === 'HEAD' ? 'HEAD' : 'GET';
  return (status === 301 || status === 302) && method === 'POST' ? 'GET' : method;
}

function withoutWww(host: string): string {
  return host.replace(/^www\./, '');
}
