/** What systemd says of a unit (systemctl(1) show, org.freedesktop.systemd1(5)), and what that means for who depends on it. */
import type { Observation } from '../../../core/observation.ts';
import { degraded, down, unknown, up } from '../../contract.ts';

/** What is asked for. Units have those of their type. */
export const unitProperties = [
  'Id',
  'LoadState',
  'ActiveState',
  'SubState',
  'Result',
  'Type',
  'RemainAfterExit',
  'NRestarts',
  'ExecMainStatus',
  'ExecMainStartTimestampMonotonic',
  'Triggers',
] as const;
type Property = (typeof unitProperties)[number];

export type Unit = Partial<Readonly<Record<Property, string>>>;

/** Units of the output of `systemctl show`: `Name=value` lines, with an empty line between two units. */
export function parseUnits(text: string): readonly Unit[] {
  return text
    .split(/\n\s*\n/)
    .map((block) => Object.fromEntries(unitProperties.flatMap((name) => propertyOf(block, name))) as Unit)
    .filter((unit) => unit.ActiveState !== undefined);
}

function propertyOf(block: string, name: Property): readonly (readonly [Property, string])[] {
  const line = new RegExp(`^${name}=(.*)$`, 'm').exec(block);
  return line ? [[name, line[1]?.trim() ?? '']] : [];
}

/** What a unit's state means; `name` is what was typed, `triggered` are the units that a timer starts. */
export function judgeUnit(name: string, unit: Unit, triggered: readonly Unit[]): Observation {
  const measures = /^\d+$/.test(unit.NRestarts ?? '')
    ? [{ name: 'restarts', value: Number(unit.NRestarts), unit: 'count' as const }]
    : [];
  const state = `${unit.ActiveState} (${unit.SubState ?? 'no further state'})`;
  switch (unit.ActiveState) {
    case 'active':
    case 'reloading':
    case 'refreshing':
      return judgeTriggered(name, triggered) ?? up(`${name} is ${state}`, measures);
    case 'activating':
      if (unit.SubState?.startsWith('auto-restart'))
        return down('content', `${name} has failed and waits for its next start: ${failureOf(unit)}`, measures);
      if (isOneShot(unit)) return up(`${name} is at work: ${state}`, measures);
      return degraded('content', `${name} is still starting: ${state}`, measures);
    case 'deactivating':
    case 'maintenance':
      return degraded('content', `${name} is ${state}`, measures);
    case 'failed':
      return down('content', `${name} has failed: ${failureOf(unit)}`, measures);
    case 'inactive':
      return judgeInactive(name, unit);
    default:
      return unknown(`${name} is in a state that is not known: ${state}`);
  }
}

function judgeInactive(name: string, unit: Unit): Observation {
  switch (unit.LoadState) {
    case 'not-found':
      return unknown(`there is no unit ${name} on this machine; look for its name with: systemctl list-units --all`);
    case 'masked':
      return down('content', `${name} is masked and cannot be started; if that is not meant: systemctl unmask ${name}`);
    case 'error':
    case 'bad-setting':
      return down('content', `${name} cannot be started, its unit file has a mistake (${unit.LoadState})`);
  }
  if (!isOneShot(unit) || unit.RemainAfterExit === 'yes') return down('content', `${name} is not running: inactive`);
  const hasRun = unit.ExecMainStartTimestampMonotonic !== '0';
  return up(
    `${name} is waiting for its next turn; ${hasRun ? 'its last run went well' : 'it has not run since this machine started'}`,
  );
}

/** A timer is as well as what it has started. */
function judgeTriggered(name: string, triggered: readonly Unit[]): Observation | null {
  const failed = triggered.find((unit) => unit.ActiveState === 'failed');
  if (failed === undefined) return null;
  return down('content', `${name} is active, but the last run of ${failed.Id ?? 'its unit'} has failed: ${failureOf(failed)}`);
}

/** Runs and ends, where it is not said to remain. */
function isOneShot(unit: Unit): boolean {
  return unit.Type === 'oneshot' && (unit.Id ?? '').endsWith('.service');
}

/** The `Result` of systemd.exec(5) in words. */
function failureOf(unit: Unit): string {
  const { Result: result = 'unknown', ExecMainStatus: status = '?' } = unit;
  const words: Readonly<Record<string, string>> = {
    'exit-code': `its process ended with status ${status}`,
    signal: `its process was ended by signal ${status}`,
    'core-dump': `its process crashed (signal ${status}, core dumped)`,
    'oom-kill': 'the machine ran out of memory, and the kernel ended it',
    timeout: 'it took too long to start or to stop',
    watchdog: 'it no longer gave its watchdog a sign of life',
    'start-limit-hit': 'it ended too often in a short time, and systemd starts it no more',
    protocol: 'it ended without saying that it is ready',
    resources: 'something that it needs could not be had (memory, a folder, a right)',
  };
  return words[result] ?? `result ${result}`;
}
