import { down, proof, type Situation, type Situations, up } from '../support/situation.ts';
import { showing, systemctl } from '../support/systemctl.ts';

function saying(lines: string, rest: Pick<Situation, 'status' | 'reason'>): Situation {
  const fake = systemctl(lines);
  return { typed: 'nginx', ...rest, end: () => fake[Symbol.dispose]() };
}

export const situations: Situations = {
  healthy: () => saying(showing({ ActiveState: 'active', SubState: 'running' }), up),
  refusing: () => saying(showing({ ActiveState: 'failed', SubState: 'failed', Result: 'exit-code' }), down('content')),
  silent: () => saying('trap "" TERM; sleep 30', proof),
  lying: () => saying("printf 'ActiveState\\377=active\\n\\000'", proof),
};
