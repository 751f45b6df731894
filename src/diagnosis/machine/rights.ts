/** Whether this user would be allowed to do something as an administrator, found out without doing it. */
import { type ChildResult, runBounded } from '../../net/child.ts';
import { oneLine } from '../../texts/clean.ts';

export type Right = {
  /** `no-program`: what would say so is not installed. */
  readonly saw: 'allowed' | 'not-allowed' | 'no-program' | 'unclear';
  readonly detail: string;
};

/** The action of polkit that starting, stopping and restarting of units needs (org.freedesktop.systemd1). */
export const manageUnits = 'org.freedesktop.systemd1.manage-units';

/**
 * Asks polkit whether this process may manage all units. `not-allowed` leaves a rule for single units open: only root may
 * ask about one of them (pkcheck(1): details need a trusted caller).
 */
export async function mayManageUnits(signal: AbortSignal): Promise<Right> {
  const process_ = String(process.pid);
  const result = await runBounded({ argv: ['pkcheck', '--action-id', manageUnits, '--process', process_], signal });
  return judge(result, 'polkit', [0], [1, 2, 3]);
}

/** Asks sudo for the right to run a command without a password, whatever password was typed before; sudo(8) `-l` runs nothing. */
export async function maySudo(words: readonly string[], signal: AbortSignal): Promise<Right> {
  const result = await runBounded({ argv: ['sudo', '-k', '-n', '-l', ...words], signal });
  return judge(result, 'sudo', [0], [1]);
}

/** Of a program that is searched for; forbidden folders of `$PATH` say EACCES where it is in none. */
const missing = ['ENOENT', 'EACCES'];

function judge({ end, stdout, stderr }: ChildResult, who: string, yes: readonly number[], no: readonly number[]): Right {
  const said = oneLine((stderr.trim() || stdout.trim()).split('\n')[0] ?? '', 200);
  if (end.how === 'not-started' && missing.includes(end.code)) return { saw: 'no-program', detail: `${who} is not installed` };
  if (end.how !== 'exited') return { saw: 'unclear', detail: `${who} gave no answer` };
  if (yes.includes(end.code)) return { saw: 'allowed', detail: `${who} allows it` };
  const detail = `${who} says ${said === '' ? `no (status ${end.code})` : `"${said}"`}`;
  return { saw: no.includes(end.code) ? 'not-allowed' : 'unclear', detail };
}
