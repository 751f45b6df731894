import { delimiter } from 'node:path';
import { vi } from 'vitest';
import { scriptFolder } from '../../net/support/scripts.ts';
import { down, proof, type Situation, type Situations, up } from '../support/situation.ts';

/** A `ping` of our own in front of the system's. */
function pinging(lines: string, rest: Pick<Situation, 'status' | 'reason'>): Situation {
  const scripts = scriptFolder();
  scripts.add('ping', lines);
  vi.stubEnv('PATH', `${scripts.folder}${delimiter}${process.env.PATH}`);
  return {
    typed: '127.0.0.1',
    ...rest,
    end: () => {
      vi.unstubAllEnvs();
      scripts[Symbol.dispose]();
    },
  };
}

export const situations: Situations = {
  healthy: () => ({ typed: '127.0.0.1', ...up }),
  refusing: () => pinging('echo "ping: connect: No route to host" >&2; exit 2', down('host-unreachable')),
  silent: () => pinging('trap "" TERM; sleep 30', down('timeout')),
  lying: () => pinging('echo Killed; exit 0', proof),
};
