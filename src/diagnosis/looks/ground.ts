/** Where a target stands, and whether this machine's own network leads there. Nothing is sent. */
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { errorCode } from '../../net/failure.ts';
import type { Address } from '../../net/resolver.ts';
import type { Ground } from '../looks.ts';
import type { Sight } from '../vocabulary.ts';
import { isLoopbackAddress, isPrivateAddress } from './address-class.ts';
import { type Interface, ownAddresses, readInterfaces } from './interfaces.ts';
import { parseRoutes4, parseRoutes6, type Route, routeTo } from './routes.ts';

const anywhere: Readonly<Record<4 | 6, Address>> = {
  4: { address: '192.0.0.8', family: 4 },
  6: { address: '2001::1', family: 6 },
};

const onThisMachine: Ground = {
  link: { saw: 'up', subject: 'lo', detail: 'on this machine' },
  place: 'self',
  gateway: null,
};

/** Follows the kernel's own choice of a way to `to`. */
export async function lookAtGround(to: Address, signal: AbortSignal): Promise<Ground> {
  const own = ownAddresses();
  if (isLoopbackAddress(to.address)) return onThisMachine;
  const chosen = await sourceFor(to, signal);
  if ('source' in chosen && chosen.source === to.address) return onThisMachine;
  const interfaces = readInterfaces();
  const routes = readRoutes();
  const name = 'source' in chosen ? own.find(({ address }) => address === chosen.source)?.interface : undefined;
  const route = routeTo(to, name ?? null, routes);
  // The system tells no addresses of an interface that nothing is connected to.
  const used = interfaces.find((one) => one.name === (name ?? route?.interface));
  const gateway = (route?.gateway ?? routeTo(anywhere[to.family], null, routes)?.gateway) || null;
  const link = 'source' in chosen ? linkBy(used, chosen.source) : linkWithout(chosen.code, to, interfaces, routes);
  return { link, place: placeOf(to, route, used), gateway };
}

/** The address that this machine would speak from, asked of the kernel by a socket that sends nothing. */
function sourceFor({ address, family }: Address, signal: AbortSignal): Promise<{ source: string } | { code: string }> {
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  const { promise, resolve } = Promise.withResolvers<{ source: string } | { code: string }>();
  const give = (answer: { source: string } | { code: string }) => {
    signal.removeEventListener('abort', late);
    resolve(answer);
  };
  const late = () => give({ code: 'ETIME' });
  signal.addEventListener('abort', late, { once: true });
  socket.on('error', (error) => give({ code: errorCode(error) }));
  socket.connect(9, address, (error?: Error) => give(error ? { code: errorCode(error) } : { source: socket.address().address }));
  return promise.finally(() => {
    try {
      socket.close();
    } catch {
      // A socket whose `connect` has failed may be closed already.
    }
  });
}

function readRoutes(): readonly Route[] {
  return [...parseRoutes4(readOr('/proc/net/route')), ...parseRoutes6(readOr('/proc/net/ipv6_route'))];
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function placeOf({ address }: Address, route: Route | null, used: Interface | undefined): Ground['place'] {
  const isConnected = route !== null && route.gateway === null && route.prefix > 0 && used?.isPointToPoint !== true;
  if (isConnected) return 'near';
  return isPrivateAddress(address) ? 'beyond' : 'internet';
}

function linkBy(used: Interface | undefined, source: string): Sight<'link'> {
  if (used === undefined) return { saw: 'up', subject: source, detail: 'this address would be used' };
  if (used.state === 'up') return { saw: 'up', subject: used.name, detail: `up, ${source}` };
  return {
    saw: 'unplugged',
    subject: used.name,
    detail: used.state === 'off' ? 'switched off' : 'no carrier: nothing is connected',
  };
}

/** Why the kernel knows no way. */
function linkWithout(code: string, to: Address, interfaces: readonly Interface[], routes: readonly Route[]): Sight<'link'> {
  if (!['ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'EHOSTUNREACH'].includes(code)) {
    return { saw: 'unclear', subject: to.address, detail: `the way there could not be looked up (${code})` };
  }
  const hardware = interfaces.filter(({ isHardware }) => isHardware);
  const counted = hardware.length > 0 ? hardware : interfaces;
  const subject = counted.map(({ name }) => name).join(', ') || 'no network interface';
  if (!counted.some(({ state }) => state === 'up')) return { saw: 'unplugged', subject, detail: 'none is connected' };
  if (to.family === 6 && routeTo(anywhere[4], null, routes) !== null) {
    return { saw: 'no-ipv6', subject, detail: `no IPv6 route to ${to.address}` };
  }
  const up = interfaces.filter(({ state, addresses }) => state === 'up' && addresses.length > 0);
  if (up.length === 0) return { saw: 'no-address', subject, detail: 'connected, without an address' };
  return { saw: 'no-route', subject, detail: `no route to ${to.address} (${code})` };
}
