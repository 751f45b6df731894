import { hooked } from '../support/hooked.ts';
import type { Situations } from '../support/situation.ts';

export const situations: Situations = {
  webhook: hooked((origin) => ({ url: `${origin}/incidents`, secret: 'hook-key' })),
  'webhook for slack': hooked((origin) => ({ url: `${origin}/services/T0/B0/xyz`, preset: 'slack' })),
  'webhook for teams': hooked((origin) => ({ url: `${origin}/workflows/1?sig=xyz`, preset: 'teams' })),
  'webhook for matrix': hooked((origin) => ({ url: `${origin}/webhook/xyz`, preset: 'matrix' })),
};
