import { type Behaviour, nameServer } from '../../net/support/dns-server.ts';
import { down, type Situation, type Situations, up } from '../support/situation.ts';

async function answered(behaviour: Behaviour, rest: Pick<Situation, 'status' | 'reason'>): Promise<Situation> {
  const server = await nameServer({ 'www.example': behaviour });
  return { typed: `dns://${server.servers[0]}/www.example`, ...rest, end: async () => server[Symbol.asyncDispose]() };
}

export const situations: Situations = {
  healthy: () => answered({ a: ['192.0.2.1'] }, up),
  refusing: () => answered('refused', down('dns-failure')),
  silent: () => answered('silent', down('timeout')),
  lying: () => answered('garbage', down('protocol-error')),
};
