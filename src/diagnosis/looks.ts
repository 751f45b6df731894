/** What diagnosis may ask of the world; everything else of it is reasoning. */
import type { Way } from '../core/diagnosis.ts';
import type { Address } from '../net/resolver.ts';
import type { Place, Sight } from './vocabulary.ts';

/** How this machine would reach an address. */
export interface Ground {
  readonly link: Sight<'link'>;
  readonly place: Exclude<Place, 'unknown' | 'none'>;
  /** The address of the gateway on the way there, else of the usual one; null where there is none. */
  readonly gateway: string | null;
}

/** What a name server said to the question of the way, and the addresses to go to. */
export interface Named {
  /** Null where there was nothing to ask: the host is an address. */
  readonly sight: Sight<'address'> | null;
  readonly addresses: readonly Address[];
}

/** A host at an address. */
export interface Target {
  readonly way: Way;
  readonly addresses: readonly [Address, ...Address[]];
  readonly place: Place;
}

/** Small looks; each settles at the latest when `signal` aborts. */
export interface Looks {
  address(way: Way, signal: AbortSignal): Promise<Named>;
  /** Sends nothing. */
  ground(address: Address, signal: AbortSignal): Promise<Ground>;
  /** Where answers about names come from: a name server on the network; null where this machine itself asks the internet. */
  nameServer(): Address | null;
  /** An address on the internet. */
  reference(): Address;
  gateway(address: string, signal: AbortSignal): Promise<Sight<'gateway'>>;
  resolver(signal: AbortSignal): Promise<Sight<'resolver'>>;
  others(signal: AbortSignal): Promise<Sight<'others'>>;
  internet(signal: AbortSignal): Promise<Sight<'internet'>>;
  host(target: Target, signal: AbortSignal): Promise<Sight<'host'>>;
  port(target: Target, signal: AbortSignal): Promise<Sight<'port'>>;
  tls(target: Target, signal: AbortSignal): Promise<Sight<'tls'>>;
  /** What fills the disk that `path` is on. */
  folders(path: string, signal: AbortSignal): Promise<Sight<'machine'>>;
  /** What keeps this machine busy. */
  processes(signal: AbortSignal): Promise<Sight<'machine'>>;
}
