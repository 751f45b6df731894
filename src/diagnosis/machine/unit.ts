/** What systemd of this machine says of a unit, for those who want to know whether it can be acted on. */
import { type ChildResult, runBounded } from '../../net/child.ts';
import { oneLine } from '../../texts/clean.ts';

export type UnitSight =
  | { readonly saw: 'unit'; readonly load: string; readonly active: string; readonly file: string }
  /** There is no systemctl, systemd does not run, or cannot be asked. */
  | { readonly saw: 'no-systemctl' | 'no-systemd' | 'unclear'; readonly detail: string };

/** Asks for a unit; changes nothing. `load` is `not-found` where there is none (systemctl(1) show). */
export async function lookAtUnit(unit: string, signal: AbortSignal): Promise<UnitSight> {
  const properties = '--property=LoadState,ActiveState,UnitFileState';
  const result = await runBounded({ argv: ['systemctl', 'show', '--no-pager', properties, '--', unit], signal });
  const { end, stdout } = result;
  if (end.how !== 'exited' || end.code !== 0) return whyNot(result);
  const value = (name: string) => new RegExp(`^${name}=(.*)$`, 'm').exec(stdout)?.[1]?.trim() ?? '';
  const load = value('LoadState');
  if (load === '') return { saw: 'unclear', detail: 'systemctl said nothing that can be understood' };
  return { saw: 'unit', load, active: value('ActiveState'), file: value('UnitFileState') };
}

function whyNot({ end, stderr }: ChildResult): UnitSight {
  const said = oneLine(stderr.trim().split('\n')[0] ?? '', 200);
  switch (end.how) {
    case 'not-started':
      if (end.code === 'ENOENT' || end.code === 'EACCES')
        return { saw: 'no-systemctl', detail: 'there is no systemctl on this machine' };
      return { saw: 'unclear', detail: `systemctl could not be started (${end.code})` };
    case 'exited':
      if (said.includes('not been booted with systemd'))
        return { saw: 'no-systemd', detail: 'systemd does not run on this machine' };
      return { saw: 'unclear', detail: `systemctl ended with status ${end.code}${said === '' ? '' : `: ${said}`}` };
    case 'aborted':
      return { saw: 'unclear', detail: 'systemctl gave no answer in time' };
    case 'signalled':
    case 'flooded':
      return { saw: 'unclear', detail: 'systemctl came to no proper end' };
    default:
      return end satisfies never;
  }
}
