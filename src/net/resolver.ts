/**
 * Names to addresses without the thread pool: getaddrinfo shares that pool with all file operations, and a dead name
 * server would stall them. The hosts file comes first, then c-ares with the search list of resolv.conf.
 */
import { promises as dns } from 'node:dns';
import { isIP } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { domainToASCII } from 'node:url';
import { errorCode, type Failure, failed } from './failure.ts';
import { createGate, type Gate } from './gate.ts';
import { type Hosts, parseHosts, parseResolvConf, type ResolvConf, watchedFile } from './hosts.ts';

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

export type Resolution = { readonly ok: true; readonly addresses: readonly [Address, ...Address[]] } | Failure;

export interface Resolver {
  /**
   * Addresses of a host name or literal address, IPv4 first; settles at the latest when `signal` aborts. The text of a
   * failure names the name servers and never the name; its code is c-ares's.
   */
  resolve(name: string, signal: AbortSignal): Promise<Resolution>;
}

/** Where names are looked up; defaults are the machine's own. */
export interface ResolverSources {
  readonly hostsFile?: string;
  readonly resolvConf?: string;
  /** Name servers instead of those in resolv.conf, as `127.0.0.1:5353`. */
  readonly servers?: readonly string[];
  /** How long one try with one name server may take. */
  readonly tryMs?: number;
}

/** How long IPv6 addresses are waited for when IPv4 ones are there: some routers never answer such questions. */
const ipv6GraceMs = 200;
/** Lookups that are under way at once: small routers refuse or drop what is more. */
const lookupLimit = 64;

/** Makes a resolver; the parsed files are shared by its lookups, nothing else is. */
export function createResolver(sources: ResolverSources = {}): Resolver {
  const hosts = watchedFile(sources.hostsFile ?? '/etc/hosts', parseHosts);
  const conf = watchedFile(sources.resolvConf ?? '/etc/resolv.conf', parseResolvConf);
  const gate = createGate(lookupLimit);
  return {
    resolve: async (typed, signal) => {
      const name = typed.replace(/^\[(.*)\]$/, '$1');
      const literal = isIP(name) > 0 ? name : domainToASCII(name).toLowerCase();
      if (literal === '') return failed('dns-failure', 'the name is not a valid host name');
      const known = isIP(literal) > 0 ? found([literal]) : fromMachine(literal, hosts());
      return known ?? inTurn(gate, signal, () => askServers(candidates(literal, conf()), sources, signal));
    },
  };
}

/** The machine's own resolver. */
export const systemResolver: Resolver = createResolver();

/** The hosts file, and `localhost`, which is never asked for (RFC 6761 6.3). */
function fromMachine(name: string, hosts: Hosts): Resolution | null {
  const listed = hosts.get(name.replace(/\.$/, ''));
  if (listed) return found(listed);
  return /(^|\.)localhost\.?$/.test(name) ? found(['127.0.0.1', '::1']) : null;
}

/** The full names to ask for, in order, as resolv.conf(5) says for `search` and `ndots`. */
export function candidates(name: string, conf: ResolvConf): readonly string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const searched = conf.search.map((domain) => `${name}.${domain.replace(/\.$/, '')}`);
  const dots = name.split('.').length - 1;
  return dots >= conf.ndots ? [name, ...searched] : [...searched, name];
}

async function inTurn(gate: Gate, signal: AbortSignal, lookup: () => Promise<Resolution>): Promise<Resolution> {
  if (signal.aborted) return failed('local', 'no time was left to ask a name server');
  const leave = await gate.enter(signal);
  if (leave === null) return failed('dns-failure', `the name servers do not answer ${lookupLimit} other questions`);
  try {
    return await lookup();
  } finally {
    leave();
  }
}

async function askServers(names: readonly string[], sources: ResolverSources, signal: AbortSignal): Promise<Resolution> {
  const tryMs = sources.tryMs ?? 2000;
  const resolver = new dns.Resolver({ timeout: tryMs, maxTimeout: tryMs, tries: 2 });
  if (sources.servers) resolver.setServers(sources.servers);
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await firstKnown(names, resolver);
  } finally {
    signal.removeEventListener('abort', cancel);
    resolver.cancel();
  }
}

/** Goes on to the next name only where a server said that this one does not exist, or could not answer for it. */
async function firstKnown(names: readonly string[], resolver: dns.Resolver): Promise<Resolution> {
  let worst: Failure | null = null;
  for (const name of names) {
    const answer = await ask(name, resolver);
    if (answer.ok) return answer;
    const failure = { ...failed('dns-failure', explain(answer.code, resolver.getServers())), code: answer.code };
    if (worst === null || answer.code === 'ESERVFAIL') worst = failure;
    if (!['ENOTFOUND', 'ENODATA', 'ESERVFAIL'].includes(answer.code)) return failure;
  }
  return worst ?? failed('dns-failure', 'the name is not a valid host name');
}

type Answer = (Resolution & { readonly ok: true }) | { readonly ok: false; readonly code: string };

async function ask(name: string, resolver: dns.Resolver): Promise<Answer> {
  const six = resolver.resolve6(name).catch(errorCode);
  const four = await resolver.resolve4(name).catch(errorCode);
  if (Array.isArray(four) && four.length > 0) {
    const also = await Promise.race([six, setTimeout(ipv6GraceMs, null, { ref: false })]);
    return found([...four, ...(Array.isArray(also) ? also : [])]);
  }
  const alone = await six;
  if (Array.isArray(alone) && alone.length > 0) return found(alone);
  return {
    ok: false,
    code: typeof four === 'string' && four !== 'ENODATA' ? four : typeof alone === 'string' ? alone : 'ENODATA',
  };
}

function found(addresses: readonly string[]): Answer & { readonly ok: true } {
  const list = addresses.map((address): Address => ({ address, family: isIP(address) === 6 ? 6 : 4 }));
  const ordered = [...list.filter(({ family }) => family === 4), ...list.filter(({ family }) => family === 6)];
  return { ok: true, addresses: ordered as [Address, ...Address[]] };
}

function explain(code: string, servers: readonly string[]): string {
  const who = `name server ${servers.slice(0, 3).join(', ')}`;
  switch (code) {
    case 'ENOTFOUND':
      return `no such name (NXDOMAIN), says ${who}`;
    case 'ENODATA':
      return `the name has no address, says ${who}`;
    case 'ESERVFAIL':
      return `${who} could not answer (SERVFAIL)`;
    case 'EREFUSED':
      return `${who} refuses to answer`;
    case 'ECONNREFUSED':
      return `nothing answers as ${who}`;
    case 'ETIMEOUT':
    case 'ECANCELLED':
      return `no answer in time from ${who}`;
    default:
      return `${who} gave no usable answer (${code})`;
  }
}
