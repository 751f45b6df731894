import type { Circumstances } from '../support/look.ts';
import { down, type Situations, up } from '../support/situation.ts';

const hour = 3_600_000;
const beaten = (ageMs: number, ok: boolean): Circumstances => ({ now: 100 * hour, beat: { at: 100 * hour - ageMs, ok } });

export const situations: Situations = {
  healthy: () => ({ typed: '24h', circumstances: beaten(hour, true), ...up }),
  refusing: () => ({ typed: '24h', circumstances: beaten(hour, false), ...down('plugin') }),
  silent: () => ({ typed: '24h', circumstances: beaten(50 * hour, true), ...down('outdated') }),
  lying: 'a heartbeat is a yes or a no',
};
