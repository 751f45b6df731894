/** Makes the looks that are in doubt, from this server outwards, side by side where none needs another. */
import type { Complaint, Way } from '../core/diagnosis.ts';
import type { Ground, Looks, Named, Target } from './looks.ts';
import { concernsInternet, looksFor } from './plan.ts';
import type { LookName, Place, Sight, Word } from './vocabulary.ts';

/** What each look saw that was made. */
export type Sights = { readonly [Look in LookName]?: Sight<Look> };

export interface Surroundings {
  readonly place: Place;
  readonly sights: Sights;
}

/** Never rejects; settles at the latest when `signal` aborts. */
export async function lookAround({ code }: Complaint, way: Way, looks: Looks, signal: AbortSignal): Promise<Surroundings> {
  const early = looksFor(code, 'unknown');
  if (early.size === 0) return { place: 'none', sights: {} };
  const [named, resolver] = await Promise.all([
    guarded(looks.address(way, signal), (detail): Named => ({ sight: unclear(way.host, detail), addresses: [] })),
    early.has('resolver') ? sight(looks.resolver(signal), 'name servers') : undefined,
  ]);
  const [first] = named.addresses;
  const about = { ...(named.sight && { address: named.sight }), ...(first === undefined && resolver && { resolver }) };
  const ground =
    first === undefined ? await groundWithout(way, looks, signal) : await guarded(looks.ground(first, signal), noGround);
  const place = first === undefined ? 'unknown' : ground.place;
  const scene: Scene = { code, way, looks, signal, ground, place, about };
  const [between, target] = await Promise.all([lookBetween(scene), lookAtTarget(scene, named.addresses)]);
  return { place, sights: { ...about, ...between, ...target } };
}

/** Without an address of the target: the way to who knows it, and to where it may be by its name. */
async function groundWithout(way: Way, looks: Looks, signal: AbortSignal): Promise<Ground> {
  const server = looks.nameServer();
  const internet = await guarded(looks.ground(looks.reference(), signal), noGround);
  const names = server === null ? internet : await guarded(looks.ground(server, signal), noGround);
  const isOut = names.link.saw === 'up' && concernsInternet('unknown', nameIn(way)) && internet.link.saw !== 'up';
  return isOut ? internet : names;
}

/** The name that matters: the one asked for where the host is a name server. */
function nameIn({ asks, host }: Way): string {
  return asks?.name ?? host;
}

interface Scene {
  readonly code: Complaint['code'];
  readonly way: Way;
  readonly looks: Looks;
  readonly signal: AbortSignal;
  readonly ground: Ground;
  readonly place: Place;
  readonly about: Pick<Sights, 'address' | 'resolver'>;
}

/** What lies between this server and the target. */
async function lookBetween({ code, way, looks, signal, ground, place, about }: Scene): Promise<Sights> {
  const wanted = looksFor(code, place);
  const concerned = concernsInternet(place, nameIn(way));
  const gateway = wanted.has('gateway') && gatewayMatters(place, ground, concerned) ? ground.gateway : null;
  const isNameless = place === 'unknown' && about.resolver !== undefined && about.resolver.saw !== 'answers';
  const [atGateway, others, internet] = await Promise.all([
    gateway === null ? undefined : sight(looks.gateway(gateway, signal), gateway),
    wanted.has('others') && isNameless && concerned ? sight(looks.others(signal), 'other name servers') : undefined,
    wanted.has('internet') && concerned ? sight(looks.internet(signal), 'internet') : undefined,
  ]);
  return {
    ...(wanted.has('link') && { link: ground.link }),
    ...(atGateway && { gateway: atGateway }),
    ...(others && { others }),
    ...(internet && { internet }),
  };
}

/** Without an address the gateway matters where names, or what they stand for, come from behind it. */
function gatewayMatters(place: Place, ground: Ground, concerned: boolean): boolean {
  return place !== 'unknown' || concerned || ground.place === 'beyond' || ground.place === 'internet';
}

async function lookAtTarget({ code, way, looks, signal, place }: Scene, addresses: Named['addresses']): Promise<Sights> {
  const [first, ...rest] = addresses;
  if (first === undefined) return {};
  const target: Target = { way, addresses: [first, ...rest], place };
  const wanted = looksFor(code, place);
  const hasPort = wanted.has('port') && (way.transport === 'tcp' || (way.transport === 'udp' && way.asks !== undefined));
  const [host, port] = await Promise.all([
    wanted.has('host') ? sight(looks.host(target, signal), first.address) : undefined,
    hasPort ? sight(looks.port(target, signal), way.host) : undefined,
  ]);
  const isEncrypted = wanted.has('tls') && way.tls === 'implicit' && (port === undefined || port.saw === 'open');
  const tls = isEncrypted ? await sight(looks.tls(target, signal), way.host) : undefined;
  return { ...(host && { host }), ...(port && { port }), ...(tls && { tls }) };
}

/** A look that goes wrong by our own fault has seen nothing. */
function sight<Look extends LookName>(look: Promise<Sight<Look>>, subject: string): Promise<Sight<Look>> {
  return guarded(look, (detail) => unclear<Look>(subject, detail));
}

function unclear<Look extends LookName>(subject: string, detail: string): Sight<Look> {
  return { saw: 'unclear' as Word<Look>, subject, detail };
}

function noGround(detail: string): Ground {
  return { link: unclear<'link'>('network', detail), place: 'internet', gateway: null };
}

async function guarded<Seen>(look: Promise<Seen>, otherwise: (detail: string) => Seen): Promise<Seen> {
  try {
    return await look;
  } catch (error) {
    return otherwise(`could not be looked at: ${String(error)}`);
  }
}
