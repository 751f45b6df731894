import { closedPort } from '../../net/support/servers.ts';
import { fine, mailServer } from '../support/mail-server.ts';
import { down, type Situations, served, silentServer, up } from '../support/situation.ts';

export const situations: Situations = {
  healthy: () => served(mailServer(fine.pop3), 'pop3', up),
  refusing: async () => ({ typed: `127.0.0.1:${await closedPort()}`, ...down('port-closed') }),
  silent: () => served(silentServer(), 'pop3', down('timeout')),
  lying: () => served(mailServer({ greeting: 'HTTP/1.1 400 Bad Request' }), 'pop3', down('protocol-error')),
};
