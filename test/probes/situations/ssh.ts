import { closedPort, tcpServer } from '../../net/support/servers.ts';
import { down, type Situations, served, silentServer, up } from '../support/situation.ts';

export const situations: Situations = {
  healthy: () =>
    served(
      tcpServer((socket) => socket.write('SSH-2.0-OpenSSH_9.2p1\r\n')),
      'ssh',
      up,
    ),
  refusing: async () => ({ typed: `127.0.0.1:${await closedPort()}`, ...down('port-closed') }),
  silent: () => served(silentServer(), 'ssh', down('timeout')),
  lying: () =>
    served(
      tcpServer((socket) => socket.end('\u001b[2J\0\r\n')),
      'ssh',
      down('protocol-error'),
    ),
};
