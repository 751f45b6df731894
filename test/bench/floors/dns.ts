/** A loop over the resolver of node:dns alone; a target is `name@address:port`. */
import { promises } from 'node:dns';
import { keepPace } from './pace.ts';

const resolver = new promises.Resolver({ timeout: 2000, tries: 2 });

keepPace(async (target) => {
  const [name = '', server = ''] = target.split('@');
  if (resolver.getServers()[0] !== server) resolver.setServers([server]);
  await resolver.resolve4(name);
});
