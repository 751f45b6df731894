import { down, local, type Situations, up } from '../support/situation.ts';
import { sleeper } from '../support/sleeper.ts';

export const situations: Situations = {
  healthy: async () => {
    const running = await sleeper('contract-daemon');
    return { typed: 'contract-daemon', ...up, end: () => running[Symbol.dispose]() };
  },
  refusing: () => ({ typed: 'no-such-program', ...down('content') }),
  silent: local,
  lying: local,
};
