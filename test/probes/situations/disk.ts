import { proof, type Situations, up } from '../support/situation.ts';

export const situations: Situations = {
  healthy: () => ({ typed: '/', ...up }),
  refusing: () => ({ typed: '/nowhere', ...proof }),
  silent: 'a mount that hangs cannot be made here; see the tests of disk checks',
  lying: () => ({ typed: '/proc', ...proof }),
};
