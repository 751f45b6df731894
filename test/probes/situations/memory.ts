import { local, type Situations, up } from '../support/situation.ts';

export const situations: Situations = { healthy: () => ({ typed: null, ...up }), refusing: local, silent: local, lying: local };
