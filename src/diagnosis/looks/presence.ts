/** Whether somebody is at an address: a ping, a few usual ports, and on the same network the network card itself. */
import { setTimeout as wait } from 'node:timers/promises';
import { connectTo } from '../../net/connect.ts';
import { type Echo, echo } from '../../net/echo.ts';
import { type Neighbour, neighbour } from './neighbours.ts';

export interface Presence {
  readonly echo: Echo;
  /** A port that accepted or refused a connection; null where none did, or none was tried. */
  readonly port: { readonly number: number; readonly isOpen: boolean } | null;
  /** Null where the address is on another network, or something else answered. */
  readonly neighbour: Neighbour | null;
}

const usualPorts: readonly number[] = [22, 80, 443, 445, 53];
const pings = 3;
/** A ping that is answered within this time saves the ports from being tried. */
const headStartMs = 600;
const knockMs = 1200;
const pingMs = 2000;

/** Looks for signs of life; settles at the latest when `signal` aborts. */
export async function presence(
  address: string,
  { isNear, port }: { readonly isNear: boolean; readonly port?: number | undefined },
  signal: AbortSignal,
): Promise<Presence> {
  const pinging = echo(address, pings, pingMs, signal);
  const early = await Promise.race([pinging, wait(headStartMs, null, { ref: false })]);
  if (early !== null && answers(early)) return { echo: early, port: null, neighbour: null };
  const ports = new Set([...usualPorts, ...(port === undefined ? [] : [port])]);
  const knocking = Promise.all(Array.from(ports, (number) => knock(address, number, signal)));
  const [pinged, knocks] = await Promise.all([pinging, knocking]);
  const answered = knocks.find((one) => one !== null) ?? null;
  const isSilent = !answers(pinged) && answered === null;
  return { echo: pinged, port: answered, neighbour: isSilent && isNear ? await neighbour(address, signal) : null };
}

/** Whether at least one ping came back. */
export function answers(echo: Echo): echo is Echo & { readonly how: 'counted'; readonly timeMs: number } {
  return echo.how === 'counted' && echo.loss < 1 && echo.timeMs !== null;
}

async function knock(host: string, port: number, signal: AbortSignal): Promise<Presence['port']> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(knockMs)]);
  const attempt = await connectTo({ host, port, signal: patience });
  if (attempt.ok) {
    attempt.socket.destroy();
    return { number: port, isOpen: true };
  }
  return attempt.failure === 'port-closed' ? { number: port, isOpen: false } : null;
}
