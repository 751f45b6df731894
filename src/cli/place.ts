/** Where the target of a check lies, as far as what is written says: in the house or outside of it. */
import { BlockList, isIP } from 'node:net';
import type { CheckRule } from '../core/rules.ts';

export type Place = 'inside' | 'outside' | 'unknown';

/** A target names its host alone, with a port, in a URL, behind `@` (a name server), or among the words of a command. */
export function placeOf({ kind, target, local, passive }: Pick<CheckRule, 'kind' | 'target' | 'local' | 'passive'>): Place {
  if (local || passive) return 'unknown';
  const words = target.split(/[\s,]+/);
  const asked = words.filter((word) => word.startsWith('@')).map((word) => word.slice(1));
  const hosts = (asked.length > 0 ? asked : words).map(hostOf);
  const places = hosts.map((host) => (kind === 'command' ? placeOfAddress(host) : placeOfHost(host)));
  return places.find((place) => place === 'inside') ?? places.find((place) => place === 'outside') ?? 'unknown';
}

/** Where a web address leads; `unknown` for anything else. */
export function placeOfUrl(url: string): Place {
  const host = URL.canParse(url) ? hostOf(url) : '';
  return host === '' ? 'unknown' : placeOfHost(host);
}

function hostOf(word: string): string {
  const host = URL.parse(word)?.hostname || word.replace(/:\d+$/, '');
  return host.replace(/^\[|\]$/g, '').toLowerCase();
}

/** Names that lead nowhere outside: single ones, and those of domains that are kept for houses (RFC 6762, RFC 8375). */
function placeOfHost(host: string): Place {
  if (isIP(host) !== 0) return placeOfAddress(host);
  const isSingle = /^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(host);
  return isSingle || /\.(local|localdomain|localhost|lan|home|home\.arpa|internal|intern|corp|fritz\.box)\.?$/.test(host)
    ? 'inside'
    : 'unknown';
}

function placeOfAddress(host: string): Place {
  const family = isIP(host);
  if (family === 0) return 'unknown';
  return privateAddresses.check(host, family === 6 ? 'ipv6' : 'ipv4') ? 'inside' : 'outside';
}

const privateAddresses = new BlockList();
for (const [net, bits] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['127.0.0.0', 8],
] as const) {
  privateAddresses.addSubnet(net, bits, 'ipv4');
}
for (const [net, bits] of [
  ['fc00::', 7],
  ['fe80::', 10],
  ['::1', 128],
] as const) {
  privateAddresses.addSubnet(net, bits, 'ipv6');
}
