import { closedPort } from '../../net/support/servers.ts';
import { fine, mailServer } from '../support/mail-server.ts';
import { down, type Situations, served, silentServer, up } from '../support/situation.ts';

export const situations: Situations = {
  healthy: () => served(mailServer(fine.smtp), 'smtp', up),
  refusing: async () => ({ typed: `127.0.0.1:${await closedPort()}`, ...down('port-closed') }),
  silent: () => served(silentServer(), 'smtp', down('timeout')),
  lying: () => served(mailServer({ greeting: 'HTTP/1.1 400 Bad Request' }), 'smtp', down('protocol-error')),
};
