/** The network interfaces of this machine, as Linux shows them (sysfs(5), sysfs-class-net). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';

export interface Interface {
  readonly name: string;
  /** `unplugged`: up, and nothing at the other end; `off`: not switched on. */
  readonly state: 'up' | 'unplugged' | 'off';
  /** Has hardware behind it. */
  readonly isHardware: boolean;
  /** A tunnel or a dialled line: no network with neighbours. */
  readonly isPointToPoint: boolean;
  /** Without those that hold on the link only. */
  readonly addresses: readonly string[];
}

const folder = '/sys/class/net';
/** IFF_POINTOPOINT (netdevice(7)). */
const pointToPoint = 0x10;

/** All but the loopback. Addresses are missing where the system does not tell them. */
export function readInterfaces(): readonly Interface[] {
  const addresses = ownAddresses();
  return readdirSync(folder)
    .filter((name) => name !== 'lo' && existsSync(join(folder, name, 'flags')))
    .map((name) => ({
      name,
      state: stateOf(read(name, 'operstate'), read(name, 'carrier')),
      isHardware: existsSync(join(folder, name, 'device')),
      isPointToPoint: (Number(read(name, 'flags')) & pointToPoint) !== 0,
      addresses: addresses.filter((own) => own.interface === name).map(({ address }) => address),
    }));
}

/** Of all interfaces, the loopback too. */
export function ownAddresses(): readonly { readonly interface: string; readonly address: string }[] {
  try {
    return Object.entries(networkInterfaces()).flatMap(([name, entries = []]) =>
      entries.filter(({ address }) => !isLinkLocal(address)).map(({ address }) => ({ interface: name, address })),
    );
  } catch {
    return [];
  }
}

/** Tunnels know no carrier, and their state is `unknown` (RFC 2863 3.1.14). The carrier of what is off cannot be read. */
function stateOf(operstate: string, carrier: string): Interface['state'] {
  if (carrier === '') return 'off';
  return carrier === '0' || ['down', 'lowerlayerdown', 'notpresent'].includes(operstate) ? 'unplugged' : 'up';
}

function isLinkLocal(address: string): boolean {
  return /^(169\.254\.|fe[89ab])/i.test(address);
}

function read(name: string, file: string): string {
  try {
    return readFileSync(join(folder, name, file), 'utf8').trim();
  } catch {
    return '';
  }
}
