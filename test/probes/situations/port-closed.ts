import { filteredPort } from '../../net/support/filtered-port.ts';
import { closedPort } from '../../net/support/servers.ts';
import { down, type Situations, silentServer, up } from '../support/situation.ts';

export const situations: Situations = {
  healthy: async () => ({ typed: `127.0.0.1:${await closedPort()}`, ...up }),
  refusing: async () => {
    const server = await silentServer();
    return { typed: `127.0.0.1:${server.port}`, ...down('content'), end: async () => server[Symbol.asyncDispose]() };
  },
  silent: async () => {
    const filtered = await filteredPort();
    return { typed: `127.0.0.1:${filtered.port}`, ...up, end: async () => filtered[Symbol.asyncDispose]() };
  },
  lying: 'an open port cannot pretend to be closed',
};
