/** What domains, hosts and mail addresses look like. */
import { domainToASCII } from 'node:url';

/** The domain of a mail address, or a host name: labels of letters, digits and dashes (RFC 1123 2.1), IDN as well. */
export function isDomain(text: string): boolean {
  const ascii = domainToASCII(text);
  return ascii.length <= 253 && /^[a-z0-9](?:[a-z0-9-]{0,62})(?:\.[a-z0-9](?:[a-z0-9-]{0,62}))*$/i.test(ascii);
}

/** A plain address, without quoted local parts or comments (RFC 5321 4.1.2, what offices use of it). */
export function isMailAddress(typed: string): boolean {
  const at = typed.lastIndexOf('@');
  const local = typed.slice(0, at);
  if (at < 1 || local.length > 64 || typed.length > 254) return false;
  return /^[^\s@<>()[\]\\,;:"]+$/.test(local) && !local.startsWith('.') && !local.endsWith('.') && isDomain(typed.slice(at + 1));
}

/** Whether a host name means this very machine. */
export function isLoopback(host: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}
