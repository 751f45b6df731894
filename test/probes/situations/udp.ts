import { closedUdpPort, type Datagrams, udpServer } from '../../net/support/datagrams.ts';
import { down, type Situation, type Situations, up } from '../support/situation.ts';

const written = { send: 'ping', expect: 'pong' };

async function served(server: Promise<Datagrams>, rest: Pick<Situation, 'status' | 'reason'>): Promise<Situation> {
  const peer = await server;
  return { typed: `udp://127.0.0.1:${peer.port}`, written, ...rest, end: async () => peer[Symbol.asyncDispose]() };
}

export const situations: Situations = {
  healthy: () =>
    served(
      udpServer((_datagram, send) => send('pong')),
      up,
    ),
  refusing: async () => ({ typed: `127.0.0.1:${await closedUdpPort()}`, written, ...down('port-closed') }),
  silent: () =>
    served(
      udpServer(() => {}),
      down('timeout'),
    ),
  lying: () =>
    served(
      udpServer((_datagram, send) => send('\u001b[2J\0')),
      down('content'),
    ),
};
