import { certificationAuthority } from '../../net/support/certificates.ts';
import { closedPort, tcpServer, tlsServer } from '../../net/support/servers.ts';
import { down, type Situation, type Situations, served, silentServer, up } from '../support/situation.ts';

const speakingPlainly = () => tcpServer((socket) => socket.end('220 mail.example ESMTP\r\n'));

/** Shows a certificate of an authority that is trusted for this look. */
async function showing(): Promise<Situation> {
  const authority = certificationAuthority();
  const server = tlsServer(authority.issue('IP:127.0.0.1'), () => {});
  const situation = await served(server, 'tls', { ...up, written: { ca: authority.caFile } });
  const end = async () => {
    await situation.end?.();
    authority[Symbol.dispose]();
  };
  return { ...situation, end };
}

export const situations: Situations = {
  healthy: showing,
  refusing: async () => ({ typed: `127.0.0.1:${await closedPort()}`, ...down('port-closed') }),
  silent: () => served(silentServer(), 'tls', down('timeout')),
  lying: () => served(speakingPlainly(), 'tls', down('tls-handshake')),
};
