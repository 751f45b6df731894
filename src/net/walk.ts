/** The addresses of a name, tried in turn within a deadline. */
import { type Failure, failed } from './failure.ts';
import { type Address, type Resolver, systemResolver } from './resolver.ts';

export interface Destination {
  readonly host: string;
  readonly port: number;
  /** The deadline of the whole. */
  readonly signal: AbortSignal;
  readonly resolver?: Resolver | undefined;
}

/** One address of a destination. */
export interface Place {
  readonly address: Address;
  readonly port: number;
  /** `address:port`, with brackets around an IPv6 address. */
  readonly where: string;
  /** Aborts when the next address is to have its turn, and with the whole. */
  readonly signal: AbortSignal;
}

export interface Reached<Result> {
  readonly ok: true;
  /** What the attempt brought. */
  readonly result: Result;
  readonly where: string;
  readonly resolveMs: number;
}

const addressLimit = 4;
/** An address that is silent for this long is passed over while there are others. */
const patienceMs = 3000;

/**
 * Resolves, makes the attempt at each of at most four addresses in turn until one is good, and tells the failure of the
 * first. An attempt settles when the signal of its place aborts; then so does the whole at the latest when its own does.
 */
export async function tryInTurn<Result extends { readonly ok: true }>(
  { host, port, signal, resolver = systemResolver }: Destination,
  attempt: (place: Place) => Promise<Result | Failure>,
): Promise<Reached<Result> | Failure> {
  const begun = performance.now();
  const resolution = await resolver.resolve(host, signal);
  if (!resolution.ok) return resolution;
  const resolveMs = performance.now() - begun;
  const addresses = resolution.addresses.slice(0, addressLimit);
  let first: Failure | null = null;
  for (const [index, address] of addresses.entries()) {
    const isLast = index === addresses.length - 1;
    const patience = isLast ? signal : AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]);
    const where = address.family === 6 ? `[${address.address}]:${port}` : `${address.address}:${port}`;
    const result = await attempt({ address, port, where, signal: patience });
    if (result.ok) return { ok: true, result, where, resolveMs };
    first ??= result;
    if (signal.aborted) break;
  }
  return first ?? failed('dns-failure', 'the name has no address');
}
