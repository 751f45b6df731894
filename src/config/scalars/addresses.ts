/** Mail addresses, URLs and places to listen. */
import { isDomain, isMailAddress } from '../../lib/address.ts';
import { isSecret, revealed } from '../../lib/secret.ts';
import { scalar, secretText } from './scalar.ts';

export interface Mailbox {
  readonly name: string | null;
  readonly address: string;
}

/** `Monitoring <monitoring@kanzlei.example>`, or the address alone. */
export function mailbox() {
  const words = 'a sender such as Monitoring <monitoring@kanzlei.example>';
  return scalar<Mailbox>({ type: 'sender', words }, (typed) => {
    const match = /^\s*(?:"?([^"<>]*?)"?\s*<([^<>]+)>|([^<>]+?))\s*$/.exec(typed);
    const address = match?.[2] ?? match?.[3] ?? '';
    return isMailAddress(address) ? { value: { name: match?.[1] || null, address } } : null;
  });
}

/** `kanzlei.example` */
export function domain() {
  return scalar<string>({ type: 'domain', words: 'a domain such as kanzlei.example' }, (typed) =>
    isDomain(typed) ? { value: typed.toLowerCase() } : null,
  );
}

/** A web address as it is shown and linked, without a slash at its end. */
export function webUrl() {
  return scalar<string>({ type: 'web address', words: 'a web address such as https://monitor.example' }, (typed) => {
    const url = httpUrl(typed);
    return url && url.username === '' && url.search === '' && url.hash === '' ? { value: url.href.replace(/\/+$/, '') } : null;
  });
}

/** A web address that is called and may hold a token: kept secret. */
export function secretWebUrl(example: string) {
  const words = `a web address such as ${example}`;
  return secretText(words, 'web address or secret').refine(
    (value) => isUnreadable(value) || httpUrl(revealed(value)) !== null,
    `expected ${words}`,
  );
}

function isUnreadable(value: unknown): boolean {
  return isSecret(value) && value.reveal() === '';
}

function httpUrl(typed: string): URL | null {
  const url = URL.parse(typed);
  return url && /^https?:$/.test(url.protocol) && url.hostname !== '' && !/\s/.test(typed) ? url : null;
}

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** `127.0.0.1:8080`, `[::1]:8080` or `:8080` for every address. */
export function listenAddress() {
  const words = 'an address and port such as 127.0.0.1:8080';
  return scalar<ListenAddress>({ type: 'address and port', words }, (typed) => {
    const match = /^(?:\[([0-9a-f:.]+)\]|([^\s:[\]]*)):(\d{1,5})$/i.exec(typed);
    const port = Number(match?.[3]);
    const host = match?.[1] ?? match?.[2] ?? '';
    if (!match || port > 65_535 || (match[2] && !isDomain(match[2]))) return null;
    return { value: { host: host === '' ? '::' : host, port } };
  });
}
