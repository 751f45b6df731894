/** The two small files that name resolution of this machine is made of, parsed again when they change. */
import { readFileSync, statSync } from 'node:fs';
import { isIP } from 'node:net';

/** Names of `/etc/hosts` in lower case, with their addresses in order. */
export type Hosts = ReadonlyMap<string, readonly string[]>;

export interface ResolvConf {
  readonly search: readonly string[];
  /** A name with at least this many dots is first asked for as it is. */
  readonly ndots: number;
}

/** Hosts file (hosts(5)): address, then names; `#` begins a comment. */
export function parseHosts(text: string): Hosts {
  const hosts = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [address = '', ...names] = (line.split('#', 1)[0] ?? '').trim().split(/\s+/);
    if (isIP(address) === 0) continue;
    for (const name of names) {
      const addresses = hosts.get(name.toLowerCase()) ?? [];
      if (!addresses.includes(address)) hosts.set(name.toLowerCase(), [...addresses, address]);
    }
  }
  return hosts;
}

/** Search list and `ndots` (resolv.conf(5)); the last `search` or `domain` line counts. */
export function parseResolvConf(text: string): ResolvConf {
  let search: readonly string[] = [];
  let ndots = 1;
  for (const line of text.split('\n')) {
    const [keyword, ...words] = line.trim().split(/\s+/);
    if (keyword === 'search' || keyword === 'domain') search = words.filter((word) => word !== '.').slice(0, 6);
    const option = keyword === 'options' ? words.find((word) => /^ndots:\d+$/.test(word)) : undefined;
    if (option) ndots = Math.min(15, Number(option.slice('ndots:'.length)));
  }
  return { search, ndots };
}

/**
 * A parsed file that is read anew only when it changed. Reading is synchronous on purpose: these files are local and
 * small, and the thread pool, where a hanging mount may wait, stays out of name resolution.
 */
export function watchedFile<Parsed>(path: string, parse: (text: string) => Parsed): () => Parsed {
  let seen = '';
  let parsed = parse('');
  return () => {
    const stat = statSync(path, { throwIfNoEntry: false });
    const version = stat ? `${stat.mtimeMs} ${stat.size} ${stat.ino}` : '';
    if (version !== seen) {
      parsed = parse(stat ? readFileSync(path, 'utf8') : '');
      seen = version;
    }
    return parsed;
  };
}
