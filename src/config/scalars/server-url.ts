/** URLs of servers that speak one protocol. */
import { isDomain } from '../../lib/address.ts';
import { scalar } from './scalar.ts';

/** A URL of one of the schemes with a host, at most a user, a password and a port beside it; `examples` completes "expected". */
export function serverUrl(schemes: readonly string[], examples: string) {
  const words = `a URL such as ${examples}`;
  return scalar<URL>({ type: `${schemes.map((scheme) => `${scheme}://`).join(' or ')} URL`, words }, (typed) => {
    const url = URL.parse(typed.trim());
    if (!url || !schemes.includes(url.protocol.slice(0, -1)) || !isHost(url.hostname)) return null;
    if (url.pathname.length > 1 || url.search !== '' || url.hash !== '' || !isEncoded(url.username + url.password)) return null;
    return url.port === '0' ? null : { value: url };
  });
}

function isHost(host: string): boolean {
  return /^\[[0-9a-f:.]+\]$/i.test(host) || isDomain(decodable(host) ?? '');
}

function isEncoded(text: string): boolean {
  return decodable(text) !== null;
}

function decodable(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
