/** Kinds of DNS records: how they are asked for, and their answers as text, written as dig(1) does. */
import type { promises as dns } from 'node:dns';
import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';

export interface DnsRecord {
  /** The whole of it: `10 mail.example.com`. */
  readonly text: string;
  /** What people may mean by it, where that is less: `mail.example.com`. */
  readonly short?: string | readonly string[];
}

type Ask = (resolver: dns.Resolver, name: string) => Promise<readonly DnsRecord[]>;

const asks = {
  A: async (resolver, name) => (await resolver.resolve4(name)).map(plain),
  AAAA: async (resolver, name) => (await resolver.resolve6(name)).map(plain),
  CAA: async (resolver, name) => (await resolver.resolveCaa(name)).map(caa),
  CNAME: async (resolver, name) => (await resolver.resolveCname(name)).map(plain),
  MX: async (resolver, name) =>
    (await resolver.resolveMx(name)).map(({ priority, exchange }) => ({ text: `${priority} ${exchange}`, short: exchange })),
  NS: async (resolver, name) => (await resolver.resolveNs(name)).map(plain),
  PTR: async (resolver, name) => (await resolver.resolvePtr(name)).map(plain),
  SOA: async (resolver, name) => [soa(await resolver.resolveSoa(name))],
  SRV: async (resolver, name) =>
    (await resolver.resolveSrv(name)).map((record) => ({
      text: `${record.priority} ${record.weight} ${record.port} ${record.name}`,
      short: [`${record.name}:${record.port}`, record.name],
    })),
  TLSA: async (resolver, name) =>
    (await resolver.resolveTlsa(name)).map(({ certUsage, selector, match, data }) =>
      plain(`${certUsage} ${selector} ${match} ${Buffer.from(data).toString('hex')}`),
    ),
  TXT: async (resolver, name) => (await resolver.resolveTxt(name)).map((parts) => plain(parts.join(''))),
} satisfies Readonly<Record<string, Ask>>;

export type RecordType = keyof typeof asks;
export const recordTypes = Object.keys(asks) as [RecordType, ...RecordType[]];

/** The records of one type that a name has; rejects with c-ares's code where there are none. */
export function askFor(type: RecordType, name: string, resolver: dns.Resolver): Promise<readonly DnsRecord[]> {
  return asks[type](resolver, name);
}

/** The name under which the names of an address are found (RFC 1035 3.5, RFC 3596 2.5). */
export function reverseName(address: string): string {
  if (isIP(address) === 4) return `${address.split('.').reverse().join('.')}.in-addr.arpa`;
  const [left = '', right = ''] = shortest(address).split('::');
  const groups = (text: string) => text.split(':').filter((group) => group !== '');
  const [before, after] = [groups(left), groups(right)];
  const zeros = Array<string>(8 - before.length - after.length).fill('0');
  const digits = [...before, ...zeros, ...after].map((group) => group.padStart(4, '0')).join('');
  return `${[...digits].reverse().join('.')}.ip6.arpa`;
}

/** Whether one of the records is what an admin wrote, however a name or an address in it is spelled; a TXT with or without quotes. */
export function isAmong(wanted: string, records: readonly DnsRecord[], type: RecordType): boolean {
  if (type === 'TXT') return records.some(({ text }) => text === wanted || `"${text}"` === wanted);
  const key = spelling(wanted);
  return records.some(({ text, short = [] }) => [text, short].flat().some((one) => spelling(one) === key));
}

/** One spelling of names (without case, final dot and umlauts) and of IPv6 addresses. */
function spelling(text: string): string {
  const trimmed = text.trim().toLowerCase();
  if (isIP(trimmed) === 6) return shortest(trimmed);
  const words = trimmed.split(/\s+/);
  return words.map((word) => (/[^ -~]/.test(word) ? domainToASCII(word) : word.replace(/(?<=.)\.$/, ''))).join(' ');
}

/** The one way to write an IPv6 address (RFC 5952), without a zone. */
function shortest(address: string): string {
  return new URL(`http://[${address.replace(/%.*$/, '')}]/`).hostname.slice(1, -1);
}

function plain(text: string): DnsRecord {
  return { text };
}

function caa(record: Awaited<ReturnType<dns.Resolver['resolveCaa']>>[number]): DnsRecord {
  const [tag = '', value = ''] = Object.entries(record).find(([key]) => key !== 'critical' && key !== 'type') ?? [];
  return { text: `${record.critical} ${tag} "${value}"`, short: String(value) };
}

function soa(record: Awaited<ReturnType<dns.Resolver['resolveSoa']>>): DnsRecord {
  const { nsname, hostmaster, serial, refresh, retry, expire, minttl } = record;
  return { text: `${nsname} ${hostmaster} ${serial} ${refresh} ${retry} ${expire} ${minttl}` };
}
