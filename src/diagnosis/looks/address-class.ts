/** What an address tells by itself. */
import { BlockList, isIPv6 } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/** RFC 1918, 3927, 6598, 4193, 4291: what no route of the internet leads to. */
const ownUse = new BlockList();
ownUse.addSubnet('10.0.0.0', 8);
ownUse.addSubnet('172.16.0.0', 12);
ownUse.addSubnet('192.168.0.0', 16);
ownUse.addSubnet('169.254.0.0', 16);
ownUse.addSubnet('100.64.0.0', 10);
ownUse.addSubnet('fc00::', 7, 'ipv6');
ownUse.addSubnet('fe80::', 10, 'ipv6');

export function isLoopbackAddress(address: string): boolean {
  return loopback.check(bare(address), typeOf(address));
}

/** Whether an address belongs to a network that is nobody's but its owner's. */
export function isPrivateAddress(address: string): boolean {
  return ownUse.check(bare(address), typeOf(address));
}

/** Without the interface that a link-local address may name. */
function bare(address: string): string {
  return address.split('%', 1)[0] ?? '';
}

function typeOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
