/** Whether sudo would run a command without a password. */
import { maySudo } from '../../diagnosis/machine/rights.ts';
import { type Finding, unclear, well, wrong } from './finding.ts';
import type { Patient } from './patient.ts';
import { type SudoAct, sudoersLine } from './privileged.ts';
import { lookForProgram } from './programs.ts';

/** Where sudo looks for programs unless told otherwise (sudoers(5), secure_path). */
const securePath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Asks sudo; nothing is run. */
export async function trySudo(about: string, act: SudoAct, { user }: Patient, signal: AbortSignal): Promise<Finding> {
  const [named] = act.command;
  const program = await lookForProgram(named, securePath);
  if (program.saw === 'missing')
    return wrong(about, `there is no program ${named} for sudo to run`, 'write the full path of the program behind sudo');
  const right = await maySudo(act.words, signal);
  const path = 'path' in program ? program.path : named;
  const permit = [
    `echo '${sudoersLine(user.name, act, path).replaceAll("'", `'\\''`)}' >> /etc/sudoers.d/incidentd   # as root`,
    'chmod 440 /etc/sudoers.d/incidentd && visudo -c',
  ].join('\n');
  switch (right.saw) {
    case 'allowed':
      return well(about, `sudo lets ${user.name} run it without a password`);
    case 'not-allowed':
      return wrong(about, `sudo does not let ${user.name} run it without a password (${right.detail})`, permit);
    case 'no-program':
      return wrong(
        about,
        'sudo is not installed',
        user.uid === 0
          ? 'apt install sudo   # or leave out sudo: this is root'
          : `apt install sudo   # as root, then:\n${permit}`,
      );
    case 'unclear':
      return unclear(about, right.detail, permit);
    default:
      return right.saw satisfies never;
  }
}
