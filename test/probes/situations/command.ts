import { scriptFolder } from '../../net/support/scripts.ts';
import { down, proof, type Situation, type Situations, up } from '../support/situation.ts';

function scripted(lines: string, rest: Pick<Situation, 'status' | 'reason'>): Situation {
  const scripts = scriptFolder();
  return { typed: [scripts.add('check_x', lines)], ...rest, end: () => scripts[Symbol.dispose]() };
}

export const situations: Situations = {
  healthy: () => scripted('echo "OK - fine | time=1ms"', up),
  refusing: () => ({ typed: ['/nowhere/check_x'], ...proof }),
  silent: () => scripted('trap "" TERM; (sleep 30) & sleep 30', down('timeout')),
  lying: () => scripted("printf '\\377|=;=;\\000'; exit 77", proof),
};
