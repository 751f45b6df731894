/** Makes the looks that are in doubt, from this server outwards, side by side where none needs another. */
import type { Complaint, Way } from '../core/diagnosis.ts';
import type { Ground, Looks, Named, Target } from './looks.ts';
import { concernsInternet, looksFor } from './plan.ts';
import { guarded, sight, unclear } from './sight.ts';
import type { LookName, Place, Sight } from './vocabulary.ts';

/** What each look saw that was made. */
export type Sights = { readonly [Look in LookName]?: Sight<Look> };

export interface Surroundings {
  readonly place: Place;
  readonly sights: Sights;
}

/** Never rejects; settles at the latest when `signal` aborts. */
export async function lookAround({ code }: Complaint, way: Way, looks: Looks, signal: AbortSignal): Promise<Surroundings> {
  if (looksFor(code, 'unknown').size === 0) return { place: 'none', sights: {} };
  const nobody = (detail: string): Named => ({ sight: unclear(way.host, detail), addresses: [] });
  const named = await guarded(looks.address(way, signal), signal, nobody);
  const [first] = named.addresses;
  const ground =
    first === undefined ? await groundWithout(way, looks, signal) : await guarded(looks.ground(first, signal), signal, noGround);
  const place = first === undefined ? 'unknown' : ground.place;
  const scene: Scene = { code, way, looks, signal, ground, place, named };
  const [between, target] = await Promise.all([lookBetween(scene), lookAtTarget(scene)]);
  return { place, sights: { ...(named.sight && { address: named.sight }), ...between, ...target } };
}

/** Without an address of the target: the way to who knows it, and to where it may be by its name. */
async function groundWithout(way: Way, looks: Looks, signal: AbortSignal): Promise<Ground> {
  const server = looks.nameServer();
  const internet = await guarded(looks.ground(looks.reference(), signal), signal, noGround);
  const names = server === null ? internet : await guarded(looks.ground(server, signal), signal, noGround);
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
  readonly named: Named;
}

/** What lies between this server and the target. */
async function lookBetween({ code, way, looks, signal, ground, place, named }: Scene): Promise<Sights> {
  const wanted = looksFor(code, place);
  const concerned = concernsInternet(place, nameIn(way));
  const gateway = wanted.has('gateway') && gatewayMatters(place, ground, concerned) ? ground.gateway : null;
  const isUnanswered = named.sight?.saw === 'unanswered';
  const [atGateway, resolver, others, internet] = await Promise.all([
    gateway === null ? undefined : sight(looks.gateway(gateway, signal), gateway, signal),
    wanted.has('resolver') && place === 'unknown' ? sight(looks.resolver(signal), 'name servers', signal) : undefined,
    wanted.has('others') && isUnanswered && concerned ? sight(looks.others(signal), 'other name servers', signal) : undefined,
    wanted.has('internet') && concerned ? sight(looks.internet(signal), 'internet', signal) : undefined,
  ]);
  return {
    ...(wanted.has('link') && { link: ground.link }),
    ...(atGateway && { gateway: atGateway }),
    ...(resolver && { resolver }),
    ...(others && { others }),
    ...(internet && { internet }),
  };
}

/** Without an address the gateway matters where names, or what they stand for, come from behind it. */
function gatewayMatters(place: Place, ground: Ground, concerned: boolean): boolean {
  return place !== 'unknown' || concerned || ground.place === 'beyond' || ground.place === 'internet';
}

async function lookAtTarget({ code, way, looks, signal, place, named }: Scene): Promise<Sights> {
  const [first, ...rest] = named.addresses;
  if (first === undefined) return {};
  const target: Target = { way, addresses: [first, ...rest], place };
  const wanted = looksFor(code, place);
  const hasPort = wanted.has('port') && (way.transport === 'tcp' || (way.transport === 'udp' && way.asks !== undefined));
  const [host, port] = await Promise.all([
    wanted.has('host') ? sight(looks.host(target, signal), first.address, signal) : undefined,
    hasPort ? sight(looks.port(target, signal), way.host, signal) : undefined,
  ]);
  const isEncrypted = wanted.has('tls') && way.tls === 'implicit' && (port === undefined || port.saw === 'open');
  const tls = isEncrypted ? await sight(looks.tls(target, signal), way.host, signal) : undefined;
  return { ...(host && { host }), ...(port && { port }), ...(tls && { tls }) };
}

function noGround(detail: string): Ground {
  return { link: unclear<'link'>('network', detail), place: 'internet', gateway: null };
}
