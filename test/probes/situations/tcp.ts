import { closedPort, tcpServer } from '../../net/support/servers.ts';
import { down, type Situations, served, silentServer, up } from '../support/situation.ts';

const written = { expect: 'PONG' };
const babbling = () => tcpServer((socket) => socket.end('\u001b[2J\0'));

export const situations: Situations = {
  healthy: () => served(silentServer(), 'tcp', up),
  refusing: async () => ({ typed: `127.0.0.1:${await closedPort()}`, ...down('port-closed') }),
  silent: () => served(silentServer(), 'tcp', { ...down('timeout'), written }),
  lying: () => served(babbling(), 'tcp', { ...down('content'), written }),
};
