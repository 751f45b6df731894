/** Name servers asked through c-ares, by one look at a time, with channels that are kept for later looks. */
import { promises as dns } from 'node:dns';
import { errorCode } from './failure.ts';

export interface NameServerRequest {
  /** `address` or `address:port`, asked in turn; null: those of resolv.conf. */
  readonly servers: readonly string[] | null;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export type NameServerAnswer<Answer> =
  | { readonly ok: true; readonly answer: Answer; readonly servers: readonly string[] }
  /** c-ares's code: `ENOTFOUND`, `ENODATA`, `ESERVFAIL`, `EREFUSED`, `ETIMEOUT`, …; `ECANCELLED`: `signal` aborted. */
  | { readonly ok: false; readonly code: string; readonly servers: readonly string[] };

/** The root's name servers are asked for, which any server may answer as it likes: one datagram that proves that it is there. */
export const smallestQuestion = Buffer.from('1dea01000001000000000000' + '0000020001', 'hex');

interface Channel {
  readonly key: string;
  readonly bornMs: number;
  readonly resolver: dns.Resolver;
}

/**
 * Channels that wait for the next look: making one costs nearly as much as a whole question. Each is used by one look at a
 * time, so that cancelling ends nobody else's question, and none for long, so that a changed resolv.conf is noticed.
 */
const idle: Channel[] = [];
const idleLimit = 64;
const lifetimeMs = 60_000;
/**
 * c-ares doubles its patience with every try: the first three fill the whole time. A kept channel begins with less patience,
 * as it knows how fast the server was, and needs more of them.
 */
const firstTryShare = 1 / 7;
const tries = 8;

/**
 * Lets `ask` put questions to the servers; never throws for what they answer and ends at the latest when `signal` aborts. A
 * question is repeated, over TCP where an answer was cut; an answer that comes after the repetition is not seen by c-ares.
 */
export async function askNameServers<Answer>(
  request: NameServerRequest,
  ask: (resolver: dns.Resolver) => Promise<Answer>,
): Promise<NameServerAnswer<Answer>> {
  const { signal } = request;
  const channel = take(request);
  const { resolver } = channel;
  const cancel = () => resolver.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    if (signal.aborted) return { ok: false, code: 'ECANCELLED', servers: resolver.getServers() };
    const answer = await ask(resolver);
    keep(channel);
    return { ok: true, answer, servers: resolver.getServers() };
  } catch (error) {
    const code = errorCode(error);
    if (code === '' || code.startsWith('ERR_')) throw error;
    return { ok: false, code, servers: resolver.getServers() };
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

function take({ servers, timeoutMs }: NameServerRequest): Channel {
  const key = `${servers?.join(' ') ?? ''} ${timeoutMs}`;
  const bornMs = performance.now();
  const index = idle.findIndex((channel) => channel.key === key);
  const [kept] = index < 0 ? [] : idle.splice(index, 1);
  if (kept && bornMs - kept.bornMs < lifetimeMs) return kept;
  const timeout = Math.max(1, Math.round(timeoutMs * firstTryShare));
  const resolver = new dns.Resolver({ timeout, maxTimeout: Math.max(1, Math.round(timeoutMs)), tries });
  if (servers) resolver.setServers(servers);
  return { key, bornMs, resolver };
}

function keep(channel: Channel): void {
  idle.push(channel);
  if (idle.length > idleLimit) idle.shift();
}
