/** Whether the clock of this machine follows the time of others. */
import { runBounded } from '../../net/child.ts';
import { oneLine } from '../../texts/clean.ts';

/** `by`: who said so. */
export type Synchrony =
  | { readonly saw: 'synchronized' | 'adrift'; readonly by: string; readonly detail: string }
  | { readonly saw: 'unknown'; readonly detail: string };

/** Asks systemd, which knows the kernel's own flag (adjtimex(2)), else chrony. */
export async function lookAtClock(signal: AbortSignal): Promise<Synchrony> {
  const [byKernel, byChrony] = await Promise.all([askSystemd(signal), askChrony(signal)]);
  return byKernel ?? byChrony ?? { saw: 'unknown', detail: 'neither timedatectl nor chronyc of this machine can say it' };
}

async function askSystemd(signal: AbortSignal): Promise<Synchrony | null> {
  const argv = ['timedatectl', 'show', '--property=NTPSynchronized', '--value'] as const;
  const { end, stdout } = await runBounded({ argv: [...argv], signal });
  const said = stdout.trim();
  if (end.how !== 'exited' || end.code !== 0 || !/^(yes|no)$/.test(said)) return null;
  return { saw: said === 'yes' ? 'synchronized' : 'adrift', by: 'timedatectl', detail: `NTPSynchronized=${said}` };
}

async function askChrony(signal: AbortSignal): Promise<Synchrony | null> {
  const { end, stdout } = await runBounded({ argv: ['chronyc', '-n', 'tracking'], signal });
  const leap = /^Leap status\s*:\s*(.+)$/m.exec(stdout)?.[1];
  if (end.how !== 'exited' || end.code !== 0 || leap === undefined) return null;
  const saw = /^not synchroni[sz]ed/i.test(leap) ? 'adrift' : 'synchronized';
  return { saw, by: 'chronyc', detail: oneLine(`leap status ${leap}`) };
}
