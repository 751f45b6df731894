/** Signs of life of the target's machine, and of the gateway. */
import type { Target } from '../looks.ts';
import type { Sight } from '../vocabulary.ts';
import { answers, type Presence, presence } from './presence.ts';

const slowMs = 300;
const muchLoss = 0.3;

export async function lookAtHost({ way, addresses, place }: Target, signal: AbortSignal): Promise<Sight<'host'>> {
  const [{ address }] = addresses;
  const port = way.transport === 'tcp' ? way.port : undefined;
  return judgeHost(await presence(address, { isNear: place === 'near', port }, signal), address);
}

export async function lookAtGateway(address: string, signal: AbortSignal): Promise<Sight<'gateway'>> {
  return judgeGateway(await presence(address, { isNear: true }, signal), address);
}

/** Pings, then ports, then the network card; where ping may not be used, silence proves nothing. */
export function judgeHost(seen: Presence, subject: string): Sight<'host'> {
  const { echo, port } = seen;
  if (answers(echo)) {
    const isSlow = echo.timeMs > slowMs || echo.loss > muchLoss;
    return { saw: isSlow ? 'answers-slowly' : 'answers', subject, detail: inWords(seen) };
  }
  if (port !== null || seen.neighbour === 'there') return { saw: 'answers-no-ping', subject, detail: inWords(seen) };
  return { saw: isProvenSilent(seen) ? 'silent' : 'unclear', subject, detail: inWords(seen) };
}

/** Some gateways answer to nothing but the question where they are. */
export function judgeGateway(seen: Presence, subject: string): Sight<'gateway'> {
  const detail = inWords(seen);
  if (answers(seen.echo) || seen.port !== null || seen.neighbour === 'there') return { saw: 'answers', subject, detail };
  return { saw: isProvenSilent(seen) ? 'silent' : 'unclear', subject, detail };
}

function isProvenSilent({ echo, neighbour }: Presence): boolean {
  return neighbour === 'gone' || echo.how !== 'unable';
}

function inWords({ echo, port, neighbour }: Presence): string {
  if (answers(echo)) return `answers pings in ${Math.round(echo.timeMs * 10) / 10} ms${lossInWords(echo.loss)}`;
  const noPing = echo.how === 'unable' ? 'ping cannot be used' : 'no answer to pings';
  if (port !== null) return `${noPing}, port ${port.number} ${port.isOpen ? 'accepts connections' : 'refuses connections'}`;
  if (neighbour === 'there') return `${noPing}, but its network card answers`;
  return `${noPing} or connections${neighbour === 'gone' ? ', nor does its network card' : ''}`;
}

function lossInWords(loss: number): string {
  return loss === 0 ? '' : `, ${Math.round(loss * 100)}% get lost`;
}
