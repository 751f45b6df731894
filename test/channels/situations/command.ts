import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scriptFolder } from '../../net/support/scripts.ts';
import type { Situation, Situations } from '../support/situation.ts';

/** A program that notes that it was handed the message, and then does this. */
function scripted(lines: string): Situation {
  const scripts = scriptFolder();
  const noted = join(scripts.folder, 'taken');
  return {
    written: [scripts.add('send-sms', `cat > /dev/null; echo x >> ${noted}; ${lines}`), '+491700000000'],
    taken: () => (existsSync(noted) ? readFileSync(noted, 'utf8').length / 2 : 0),
    end: () => scripts[Symbol.dispose](),
  };
}

export const situations: Situations = {
  command: {
    accepting: () => scripted('echo "queued as 42"'),
    absent: () => ({ written: ['/nowhere/send-sms'], taken: () => 0 }),
    busy: () => scripted('echo "modem is busy" >&2; exit 75'),
    refusing: () => scripted('echo "no such number"; exit 67'),
    hanging: () => scripted('trap "" TERM; (sleep 30) & sleep 30'),
    vanishing: () => scripted('kill -KILL $$'),
  },
};
