import { hooked } from '../support/hooked.ts';
import type { Situations } from '../support/situation.ts';

export const situations: Situations = {
  ntfy: hooked((origin) => `${origin}/office`),
};
