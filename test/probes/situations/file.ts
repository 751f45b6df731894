import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { peerFolder } from '../../net/support/peers.ts';
import { down, proof, type Situation, type Situations, up } from '../support/situation.ts';

/** A folder with one file in it, written so long ago. */
function written(ageMs: number, rest: Pick<Situation, 'status' | 'reason'>): Situation {
  const folder = peerFolder();
  const path = join(folder.path, 'last.ok');
  writeFileSync(path, 'done\n');
  const at = (Date.now() - ageMs) / 1000;
  utimesSync(path, at, at);
  return { typed: path, ...rest, end: () => folder[Symbol.dispose]() };
}

export const situations: Situations = {
  healthy: () => written(60_000, up),
  refusing: () => ({ typed: '/nowhere/last.ok', ...down('outdated') }),
  silent: 'a mount that hangs cannot be made here; see the tests of file checks',
  lying: () => written(-86_400_000, proof),
};
