import { closedPort } from '../../net/support/servers.ts';
import { lineServer } from '../support/line-server.ts';
import { fine } from '../support/mail-parts.ts';
import { down, type Situations, served, silentServer, up } from '../support/situation.ts';

export const situations: Situations = {
  healthy: () => served(lineServer(fine.imap), 'imap', up),
  refusing: async () => ({ typed: `127.0.0.1:${await closedPort()}`, ...down('port-closed') }),
  silent: () => served(silentServer(), 'imap', down('timeout')),
  lying: () => served(lineServer({ greeting: 'HTTP/1.1 400 Bad Request' }), 'imap', down('protocol-error')),
};
