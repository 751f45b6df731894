import { hooked } from '../support/hooked.ts';
import type { Situations } from '../support/situation.ts';

export const situations: Situations = {
  matrix: hooked((url) => ({ url, room: '!office:matrix.example', token: 'syt_token' })),
};
