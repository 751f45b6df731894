import { answering, closedPort } from '../../net/support/servers.ts';
import { down, type Situations, served, silentServer, up } from '../support/situation.ts';

const page = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';

export const situations: Situations = {
  healthy: () => served(answering(page), 'http', up),
  refusing: async () => ({ typed: `http://127.0.0.1:${await closedPort()}`, ...down('port-closed') }),
  silent: () => served(silentServer(), 'http', down('timeout')),
  lying: () => served(answering('220 mail.example ESMTP\r\n'), 'http', down('protocol-error')),
};
