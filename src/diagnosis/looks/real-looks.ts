/** Looks at the real world. */
import { isIPv6 } from 'node:net';
import { type Address, createResolver } from '../../net/resolver.ts';
import type { Looks } from '../looks.ts';
import { lookAtAddress } from './address.ts';
import { isLoopbackAddress } from './address-class.ts';
import { lookAtFolders } from './folders.ts';
import { lookAtGround } from './ground.ts';
import { lookAtGateway, lookAtHost } from './host.ts';
import { lookAtInternet, type Reference } from './internet.ts';
import { configuredServers, lookAtOthers, lookAtResolver, serverAt } from './name-servers.ts';
import { lookAtPort } from './port.ts';
import { lookAtProcesses } from './processes.ts';
import { lookAtTls } from './tls.ts';

export interface Settings {
  /** Name servers of this machine, as `address` or `address:port`; those of resolv.conf when absent. */
  readonly nameServers?: readonly string[];
  /** Name servers elsewhere. */
  readonly others: readonly string[];
  /** Addresses on the internet of which always one answers. */
  readonly references: readonly Reference[];
}

/** Cloudflare's and Quad9's name servers, which also speak HTTPS, run in hundreds of places. */
const usual: Settings = {
  others: ['1.1.1.1', '9.9.9.9'],
  references: [
    { host: '1.1.1.1', port: 443 },
    { host: '9.9.9.9', port: 443 },
  ],
};

/** How long one try with one name server may take. */
const tryMs = 800;

function asAddress(address: string): Address {
  return { address, family: isIPv6(address) ? 6 : 4 };
}

/** The looks of this machine. */
export function realLooks(settings: Settings = usual): Looks {
  const { nameServers, others, references } = settings;
  const resolver = createResolver({ tryMs, ...(nameServers === undefined ? {} : { servers: nameServers }) });
  const servers = () => nameServers ?? configuredServers('/etc/resolv.conf');
  return {
    address: (way, signal) => lookAtAddress(way, resolver, nameServers ?? null, signal),
    ground: lookAtGround,
    nameServer: () => {
      const hosts = servers().map((server) => serverAt(server).host);
      const first = hosts.find((host) => !isLoopbackAddress(host));
      return first === undefined ? null : asAddress(first);
    },
    reference: () => asAddress(references[0]?.host ?? ''),
    gateway: lookAtGateway,
    resolver: (signal) => lookAtResolver(servers(), signal),
    others: (signal) => lookAtOthers(others, signal),
    internet: (signal) => lookAtInternet(references, signal),
    host: lookAtHost,
    port: lookAtPort,
    tls: lookAtTls,
    folders: lookAtFolders,
    processes: (signal) => lookAtProcesses(signal),
  };
}
