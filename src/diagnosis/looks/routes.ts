/** The kernel's tables of routes (proc_net_route, proc_net_ipv6_route in proc(5)), read and searched. */
import { BlockList } from 'node:net';
import type { Address } from '../../net/resolver.ts';

export interface Route {
  readonly interface: string;
  readonly network: string;
  readonly prefix: number;
  /** Null on a network that this machine is connected to. */
  readonly gateway: string | null;
  readonly metric: number;
}

const isUp = 0x1;
/** IPv6: refuses what it matches (RTF_REJECT). */
const rejects = 0x200;

/** Lines of `/proc/net/route`: hexadecimal in the byte order of the machine, which is little-endian here. */
export function parseRoutes4(text: string): readonly Route[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', network = '', gateway = '', flags = '', , , metric = '', mask = ''] = line.trim().split(/\s+/);
    if (!/^[0-9A-F]{8}$/i.test(network) || (Number.parseInt(flags, 16) & isUp) === 0) return [];
    const via = ipv4(gateway);
    const route = { interface: name, network: ipv4(network), prefix: ones(mask), metric: Number(metric) };
    return [{ ...route, gateway: via === '0.0.0.0' ? null : via }];
  });
}

/** Lines of `/proc/net/ipv6_route`; those of this machine's own addresses are among them. */
export function parseRoutes6(text: string): readonly Route[] {
  return text.split('\n').flatMap((line) => {
    const [network = '', length = '', , , gateway = '', metric = '', , , flags = '', name = ''] = line.trim().split(/\s+/);
    const set = Number.parseInt(flags, 16);
    if (!/^[0-9a-f]{32}$/i.test(network) || (set & isUp) === 0 || (set & rejects) !== 0) return [];
    const via = /^0+$/.test(gateway) ? null : ipv6(gateway);
    const scoped = via !== null && /^fe[89ab]/i.test(via) ? `${via}%${name}` : via;
    const prefix = Number.parseInt(length, 16);
    return [{ interface: name, network: ipv6(network), prefix, gateway: scoped, metric: Number.parseInt(metric, 16) }];
  });
}

/** The most particular route to an address through an interface, of equal ones the cheapest. */
export function routeTo({ address, family }: Address, through: string | null, routes: readonly Route[]): Route | null {
  const fitting = routes.filter((route) => (through === null || route.interface === through) && covers(route, address, family));
  return fitting.toSorted((a, b) => b.prefix - a.prefix || a.metric - b.metric)[0] ?? null;
}

function covers({ network, prefix }: Route, address: string, family: 4 | 6): boolean {
  if (network.includes(':') !== (family === 6)) return false;
  const type = family === 6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(network, prefix, type);
  return list.check(address.split('%', 1)[0] ?? '', type);
}

function ipv4(hex: string): string {
  return [...Buffer.from(hex, 'hex')].reverse().join('.');
}

function ipv6(hex: string): string {
  return (hex.match(/.{4}/g) ?? []).map((group) => group.replace(/^0{1,3}/, '')).join(':');
}

function ones(mask: string): number {
  const bits = Number.parseInt(mask, 16) || 0;
  return bits.toString(2).replaceAll('0', '').length;
}
