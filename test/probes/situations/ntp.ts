import { closedUdpPort, type Datagrams, udpServer } from '../../net/support/datagrams.ts';
import { down, type Situation, type Situations, up } from '../support/situation.ts';
import { ntpAnswer } from '../support/time-server.ts';

async function served(server: Promise<Datagrams>, rest: Pick<Situation, 'status' | 'reason'>): Promise<Situation> {
  const peer = await server;
  return { typed: `ntp://127.0.0.1:${peer.port}`, ...rest, end: async () => peer[Symbol.asyncDispose]() };
}

export const situations: Situations = {
  healthy: () =>
    served(
      udpServer((question, send) => send(ntpAnswer(question))),
      up,
    ),
  refusing: async () => ({ typed: `127.0.0.1:${await closedUdpPort()}`, ...down('port-closed') }),
  silent: () =>
    served(
      udpServer(() => {}),
      down('timeout'),
    ),
  lying: () =>
    served(
      udpServer((question, send) => send(ntpAnswer(question, { workMs: 3_600_000 }))),
      down('protocol-error'),
    ),
};
